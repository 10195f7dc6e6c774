"""The pages on which rights to applications are granted and taken, form by form."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.contrib.auth.models import Group, Permission
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button

from applications.admissions.recording import tell_of_keys
from applications.granting.changing import change, granted
from applications.models.pages import ApplicationFormPage
from applications.models.rights import CONTAINED, Right
from core.encryption import KeysUnusableError

PERMISSION = "applications.manage_rights"
_MEANING = {
    Right.SEE: _(
        "See in the list that an application has arrived, its number, its dates and "
        "its state. No answer, and nothing that comes out of one."
    ),
    Right.READ: _(
        "Read the answers that are not about health, name and address among them."
    ),
    Right.REVEAL: _(
        "Read answers about health and save files, one application at a time and with "
        "a reason. It is recorded."
    ),
    Right.DECIDE: _("Move an application to another state, and answer for it."),
    Right.EXPORT: _(
        "Take applications out of the site as a table. Answers about health are in it "
        "for those alone who may reveal them, too."
    ),
    Right.DELETE: _("Delete an application for good, without having to read it."),
}


class _RightsMixin(PermissionRequiredMixin, WagtailAdminTemplateMixin):
    permission_required = PERMISSION
    raise_exception = True
    page_title = _("Rights to applications")
    header_icon = "lock"
    _show_breadcrumbs = True


class FormsView(_RightsMixin, TemplateView):
    """Lists the forms, and which groups read each."""

    template_name = "applications/admin/rights_forms.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        forms = ApplicationFormPage.objects.order_by("title").prefetch_related(
            "rights__group"
        )
        listed = [
            {
                "form": form,
                "groups": sorted({right.group.name for right in form.rights.all()}),
            }
            for form in forms
        ]
        return {**super().get_context_data(**kwargs), "forms": listed}


class FormRightsView(_RightsMixin, TemplateView):
    """Shows a form's table of groups by rights, and changes what was ticked in it."""

    template_name = "applications/admin/rights.html"

    @cached_property
    def form_page(self) -> ApplicationFormPage:
        return get_object_or_404(ApplicationFormPage, pk=self.kwargs["pk"])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reverse("application_rights"), "label": self.page_title}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.subtitle}]

    def get_page_subtitle(self) -> str:
        return self.subtitle

    @property
    def subtitle(self) -> str:
        return str(self.form_page.title)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = self.form_page
        rights = granted(form)
        return {
            **super().get_context_data(**kwargs),
            "form_page": form,
            "rights": [
                {
                    "right": right,
                    "meaning": _MEANING[right],
                    "contained": [each.label for each in Right if each in held],
                }
                for right, held in CONTAINED.items()
            ],
            "groups": [
                {
                    "group": group,
                    "ticks": [
                        (
                            right,
                            f"{group.pk}:{right}",
                            right in rights.get(group.pk, ()),
                        )
                        for right in Right
                    ],
                }
                for group in _groups()
            ],
        }

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        shown = _by_group(request.POST.getlist("shown"))
        ticked = _by_group(request.POST.getlist("right"))
        try:
            changed = change(self.form_page, shown, ticked, request.user)
        except KeysUnusableError as error:
            tell_of_keys(request, error)
            return self.render_to_response(self.get_context_data())
        if changed:
            sentence = ngettext(
                "The rights of %(count)d group were changed, which is recorded.",
                "The rights of %(count)d groups were changed, which is recorded.",
                changed,
            )
            messages.success(request, sentence % {"count": changed})
        else:
            messages.success(request, gettext("Nothing was changed."))
        return redirect("application_rights_of_form", pk)


class RightsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)


menu_item = RightsMenuItem(
    FormsView.page_title,
    reverse_lazy("application_rights"),
    icon_name=FormsView.header_icon,
    order=950,
)


def buttons(page: Any, user: Any) -> Iterator[Button]:
    """Lead from a form's page to who may do what with its applications."""
    if page.specific_class is ApplicationFormPage and user.has_perm(PERMISSION):
        yield Button(
            FormsView.page_title,
            url=reverse("application_rights_of_form", args=[page.pk]),
            icon_name=FormsView.header_icon,
            priority=70,
        )


def urlpatterns() -> list[URLPattern]:
    return [
        path("applications/rights/", FormsView.as_view(), name="application_rights"),
        path(
            "applications/rights/<int:pk>/",
            FormRightsView.as_view(),
            name="application_rights_of_form",
        ),
    ]


def _groups() -> Any:
    """Return all groups, each with ``opens``: whether it may open applications."""
    opening = Permission.objects.filter(
        group=OuterRef("pk"),
        codename="view_application",
        content_type__app_label="applications",
    )
    return Group.objects.annotate(opens=Exists(opening)).order_by("name")


def _by_group(posted: list[str]) -> dict[int, set[Right]]:
    """Return rights by the group's number, without what no page of ours has sent."""
    rights: dict[int, set[Right]] = {}
    for group, right in _pairs(posted):
        rights.setdefault(group, set()).add(right)
    return rights


def _pairs(posted: list[str]) -> Iterator[tuple[int, Right]]:
    for each in posted:
        group, _colon, right = each.partition(":")
        if group.isdecimal() and right in Right.values:
            yield int(group), Right(right)
