"""The admin views of subscribers."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.models import IndexView
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.permissions import ModelPermissionPolicy

from newsletter.forms import FindSubscriberForm
from newsletter.models import Subscriber


class SubscriberPermissionPolicy(ModelPermissionPolicy):
    """Lets staff view, export and delete subscribers, but not add or change them."""

    actions = frozenset({"view", "delete", "export"})

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in self.actions and bool(
            super().user_has_permission(user, action)
        )

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class SubscriberIndexView(IndexView):
    """The list of subscribers, with an export for users who may."""

    any_permission_required = ["view", "delete"]

    @cached_property
    def may_export(self) -> bool:
        return bool(
            self.permission_policy.user_has_permission(self.request.user, "export")
        )

    @cached_property
    def show_export_buttons(self) -> bool:
        return self.may_export

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        find = Button(
            gettext("Find an address"),
            url=reverse("subscribers:find"),
            icon_name="search",
            priority=10,
        )
        return [*super().header_more_buttons, find]

    def dispatch(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.is_export and not self.may_export:
            raise PermissionDenied
        response: HttpResponse = super().dispatch(*args, **kwargs)
        return response


class FindSubscriberView(
    PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView
):
    """Finds one subscriber, without an e-mail address in any URL."""

    template_name = "newsletter/admin/find.html"
    page_title = _("Find a subscriber")
    header_icon = "search"
    breadcrumbs_items: list[dict[str, Any]] = []
    permission_policy = SubscriberPermissionPolicy(Subscriber)
    any_permission_required = ["view", "delete"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"form": FindSubscriberForm(), **kwargs})

    def post(self, request: HttpRequest) -> HttpResponse:
        form = FindSubscriberForm(request.POST)
        if form.is_valid():
            email = form.cleaned_data["email"]
            found = Subscriber.objects.filter(email__iexact=email).first()
            if found:
                return redirect("subscribers:inspect", found.pk)
            form.add_error("email", gettext("Nobody has signed up with this address."))
        return self.render_to_response(self.get_context_data(form=form))


class SubscriberViewSet(ModelViewSet):
    """Subscribers to the newsletter."""

    model = Subscriber
    name = "subscribers"
    icon = "mail"
    menu_label = _("Newsletter")
    menu_order = 260
    add_to_admin_menu = True
    index_view_class = SubscriberIndexView
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = [
        "email",
        "status",
        "signed_up_at",
        "confirmed_at",
        "unsubscribed_at",
        "wording_version",
    ]
    exclude_form_fields: list[str] = []
    list_display = ["email", "get_status_display", "signed_up_at", "confirmed_at"]
    list_filter = {"status": ["exact"], "signed_up_at": ["date__gte", "date__lte"]}
    list_export = [
        "email",
        "get_status_display",
        "signed_up_at",
        "confirmed_at",
        "unsubscribed_at",
        "wording_version",
    ]
    export_headings = {"get_status_display": _("Status")}
    export_filename = "newsletter-subscribers"

    @property
    def permission_policy(self) -> SubscriberPermissionPolicy:
        return SubscriberPermissionPolicy(self.model)

    def get_urlpatterns(self) -> list[Any]:
        find = path("find/", FindSubscriberView.as_view(), name="find")
        return [find, *super().get_urlpatterns()]


subscriber_viewset = SubscriberViewSet()
