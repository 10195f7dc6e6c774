"""The admin's pages on which work is handed to an editor, and closed."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from core.models.assignments import Assignment
from core.publishing import gate
from core.publishing.permissions import EDIT_CONTENT, may_change_content

_BACKEND = "django.contrib.auth.backends.ModelBackend"


def editors_of(page: Page) -> Any:
    """Return the users who may change what ``page`` says."""
    users: Any = get_user_model().objects
    on_page = page_permission_policy.users_with_permission_for_instance("change", page)
    may = users.with_perm(EDIT_CONTENT, backend=_BACKEND)
    return may.filter(pk__in=on_page.values("pk")).order_by("pk")


class HandOnForm(forms.ModelForm[Assignment]):
    """Who is asked, and what they are told."""

    class Meta:
        model = Assignment
        fields = ["assignee", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"note": _("Seen by staff alone. Name no patient.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        assignee: Any = self.fields["assignee"]
        assignee.queryset = editors_of(self.instance.page)
        assignee.empty_label = _("Whoever comes first")


class HandOnView(WagtailAdminTemplateMixin, FormView[HandOnForm]):
    """Hands a problem of a page to an editor."""

    template_name = "core/assignments/hand_on.html"
    form_class = HandOnForm
    page_title = _("Ask an editor")
    header_icon = "user"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not self.page.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        if self.rule is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def page(self) -> Any:
        found: Any = get_object_or_404(Page, pk=self.kwargs["page_id"])
        page = found.get_latest_revision_as_object()
        if not hasattr(page, "answered_problems"):
            raise Http404
        return page

    @cached_property
    def rule(self) -> gate.Rule | None:
        rules = (each for each in gate.rules() if each.code == self.kwargs["problem"])
        return next(rules, None)

    def get_page_subtitle(self) -> str:
        return str(self.page.get_admin_display_title())

    def get_form_kwargs(self) -> dict[str, Any]:
        found = Assignment(page_id=self.page.pk, problem=self.kwargs["problem"])
        return {**super().get_form_kwargs(), "instance": found}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        problems = gate.publishing_problems(self.page) + gate.suggestions(self.page)
        code = self.kwargs["problem"]
        return {
            **super().get_context_data(**kwargs),
            "page": self.page,
            "sentences": [each.sentence for each in problems if each.code == code],
            "rule": self.rule,
        }

    def form_valid(self, form: HandOnForm) -> HttpResponse:
        form.instance.asked_by_id = self.request.user.pk
        try:
            with transaction.atomic():
                form.save()
        except IntegrityError:
            messages.info(self.request, gettext("An editor has been asked already."))
        else:
            messages.success(self.request, gettext("It stands on their dashboard."))
        return redirect("wagtailadmin_pages:edit", self.page.pk)


class FinishView(WagtailAdminTemplateMixin, TemplateView):
    """Closes what was done, or is needed no more."""

    template_name = "core/assignments/finish.html"
    page_title = _("Done?")
    header_icon = "check"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        user = request.user
        tester = self.assignment.page.specific.permissions_for_user(user)
        is_theirs = may_change_content(user) or self.assignment.asked_by_id == user.pk
        if not (tester.can_edit() and is_theirs):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def assignment(self) -> Assignment:
        waiting = Assignment.objects.select_related("page", "asked_by")
        return get_object_or_404(waiting, pk=self.kwargs["assignment_id"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        titles = {rule.code: rule.title for rule in gate.rules()}
        return {
            **super().get_context_data(**kwargs),
            "assignment": self.assignment,
            "title": titles.get(self.assignment.problem, self.assignment.problem),
        }

    def post(self, request: HttpRequest, assignment_id: int) -> HttpResponse:
        self.assignment.finish(request.user)
        messages.success(request, gettext("It is closed."))
        return redirect("wagtailadmin_pages:edit", self.assignment.page_id)
