"""The list of applications: how they stand, who has them, and how many there are."""

from typing import Any

from django import forms
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.generic import View
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import Button

from applications.admissions.marks import marks_of
from applications.admissions.recording import RecordedMixin
from applications.admissions.rights import Right, allowed, forms_where
from applications.inbox.counting import UNFINISHED, counts, definitions_of, seen_by
from applications.inbox.filters import ApplicationFilterSet
from applications.inbox.searching import Search
from applications.inbox.states import rows_by_form, state_of
from applications.models.applications import Application
from applications.models.withdrawals import ConsentRevocation

# The parameter that holds what is looked for, encrypted.
FOUND = "found"
# As long as an e-mail address may be.
_MOST_LETTERS = 254


class FoundForm(forms.Form):
    """Keeps what was looked for while filters change."""

    found = forms.CharField(required=False, widget=forms.HiddenInput, label="")


class ApplicationIndexView(IndexView):
    """The list: numbers, dates, states and marks, no answers."""

    any_permission_required = ["view"]
    permission_required = "view"
    filterset_class = ApplicationFilterSet
    template_name = "applications/admin/index.html"
    results_template_name = "applications/admin/index_results.html"
    FORMATS: tuple[str, ...] = ()  # an address with ?export= shows the list

    def get_base_queryset(self) -> Any:
        # By queries of their own: definitions are large, and many rows share one.
        return seen_by(self.request.user).prefetch_related(
            "definition__page", "assignee"
        )

    def order_queryset(self, queryset: Any) -> Any:
        ordered = super().order_queryset(queryset)
        # Two that came at one moment stand on one page, and not on two or none.
        return ordered.order_by(*ordered.query.order_by, "pk")

    # Typed words would be in the address: these are posted to `SearchView`.
    def get_search_form(self) -> Any:
        return FoundForm(self.request.GET)

    @cached_property
    def search(self) -> Search | None:
        return Search.from_token(self.request.GET.get(FOUND, ""))

    @cached_property
    def is_searching(self) -> bool:
        return bool(self.request.GET.get(FOUND))

    @cached_property
    def search_query(self) -> str:
        return ""

    def search_queryset(self, queryset: Any) -> Any:
        if not self.is_searching:
            return queryset
        if self.search is None:
            return []
        if self.search.hashes:
            # Who applied where is no number or date: it takes the right to read.
            forms = forms_where(self.request.user, Right.READ).values("pk")
            queryset = queryset.filter(
                definition__in=definitions_of(forms).values("pk")
            )
        return queryset.filter(self.search.condition)

    def get_table(self, object_list: Any) -> Any:
        applications = list(object_list)
        marks = marks_of(applications, self.request.user)
        rows = rows_by_form({each.definition.page_id for each in applications})
        revoked = _revoked(applications)
        for each in applications:
            each.marks = " · ".join(marks.get(each.pk, []))
            each.state_name = state_of(each, rows).name
            each.age = (timezone.now() - each.submitted_at).days
            each.revoked = revoked.get(each.pk, "")
            each.has_it = get_user_display_name(each.assignee) if each.assignee else ""
        return super().get_table(applications)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        by_form = counts(self.request.user)
        total = sum(form["total"] for form in by_form)
        context["counts"] = by_form
        context["total"] = total
        context["left_out"] = total - context["paginator"].count
        context["search"] = self.search
        context["today"] = timezone.localdate()
        return context

    def get_delete_url(self, instance: Any) -> str | None:
        if not self.user_has_permission_for_instance("delete", instance):
            return None
        url: str | None = super().get_delete_url(instance)
        return url

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Lead to what applicants deleted, too."""
        button = Button(
            gettext("Deleted by applicants"),
            url=reverse("application:deleted"),
            icon_name="bin",
        )
        return [
            *super().header_more_buttons,
            button,
            *self._enter_button(),
            *self._export_button(),
            *self._states_button(),
        ]

    def _enter_button(self) -> list[Button]:
        if not self.user_has_permission("change"):
            return []
        url = reverse("application:enter")
        return [Button(gettext("Enter an application"), url=url, icon_name="edit")]

    def _states_button(self) -> list[Button]:
        if not self.request.user.has_perm("applications.change_applicationstate"):
            return []
        url = reverse("application:state_forms")
        return [Button(gettext("States"), url=url, icon_name="tasks")]

    def _export_button(self) -> list[Button]:
        if not self.user_has_permission("export"):
            return []
        url = reverse("export_applications")
        return [Button(gettext("Export"), url=url, icon_name="download")]


class SearchView(RecordedMixin, View):
    """Takes what was typed, and leads to the list of what it finds."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        allowed(request.user, Right.SEE)
        words = request.POST.get("words", "").strip()[:_MOST_LETTERS]
        address = reverse("application:index")
        if not words:
            return redirect(address)
        search = Search.typed(words)
        return redirect(f"{address}?{urlencode({FOUND: search.token})}")


def due_text(application: Application) -> Any:
    """Return the day, and whether it is over, for the column."""
    if application.due_on is None:
        return ""
    is_late = (
        application.due_on < timezone.localdate() and application.status in UNFINISHED
    )
    day = date_format(application.due_on, "SHORT_DATE_FORMAT")
    if not is_late:
        return day
    return gettext("{date}, overdue").format(date=day)


def _revoked(applications: list[Application]) -> dict[Any, int]:
    """Return how many consents were taken back, by application."""
    revoked = ConsentRevocation.objects.filter(application__in=applications)
    counted = revoked.order_by().values("application").annotate(number=Count("pk"))
    return {row["application"]: row["number"] for row in counted}
