"""The views for signing in and for second factors."""

from typing import Any

from allauth.account.views import LoginView
from allauth.mfa.base.views import IndexView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext, gettext_lazy
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import PasswordResetView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from users import limits, second_factor
from users.address import client_address
from users.forms import ResetPasswordForm


class SignInView(LoginView):
    """The sign-in page; the code follows at `mfa_authenticate`."""

    template_name = "users/sign_in.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # Others, who were sent here from the admin, would be sent back and forth.
        if request.user.has_perm("wagtailadmin.access_admin"):
            return redirect(self.get_success_url() or "wagtailadmin_home")
        return super().get(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        if self.request.user.is_authenticated:
            # The code is asked of those who are not signed in yet.
            logout(self.request)
        return super().form_valid(form)


class ResetPasswordView(PasswordResetView):
    """Sends a link for a new password."""

    def get_form_class(self) -> type[ResetPasswordForm]:
        return ResetPasswordForm

    def form_valid(self, form: Any) -> HttpResponse:
        address = client_address(self.request)
        limits.count(self.request, [(limits.RESETS_FROM_ADDRESS, (address,))])
        return super().form_valid(form)


@method_decorator(require_admin_access, name="dispatch")
class SecondFactorView(WagtailAdminTemplateMixin, IndexView):
    """Shows the state of a user's second factor."""

    template_name = "users/second_factor.html"
    page_title = gettext_lazy("Two-step sign-in")
    header_icon = "lock"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        account = {
            "url": reverse("wagtailadmin_account"),
            "label": gettext("Account"),
        }
        here = {"url": "", "label": self.page_title}
        return [*super().get_breadcrumbs_items(), account, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        required = second_factor.is_required_of(self.request.user)
        return super().get_context_data(required=required, **kwargs)


class SetUpView(ActivateTOTPView):
    """Shows a new secret as a picture, and asks for its first code."""

    template_name = "users/set_up.html"

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        user = request.user
        if user.is_authenticated and second_factor.is_set_up(user):
            given = second_factor.was_given(request)
            return redirect("mfa_index" if given else "mfa_reauthenticate")
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        second_factor.note_set_up(self.request, form.user)
        return response


class RemoveView(DeactivateTOTPView):
    """Removes a second factor, for instance before changing the phone."""

    template_name = "users/remove.html"

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        second_factor.note_removal(self.request, form.authenticator.user)
        return response
