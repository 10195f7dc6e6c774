"""URLs under the admin's, taking precedence over Wagtail's.

`wagtailadmin_login` and `wagtailadmin_password_reset` are the same addresses as here,
so that whatever leads there comes in by the one door with limits and second factor. The
names that begin with ``account`` or ``mfa`` are those that allauth looks for.
"""

from allauth.account.views import ReauthenticateView as ConfirmByPasswordView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as ConfirmByCodeView
from allauth.mfa.recovery_codes.views import (
    GenerateRecoveryCodesView,
    ViewRecoveryCodesView,
)
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from wagtail.utils.urlpatterns import decorate_urlpatterns

from users.views import (
    RemoveView,
    ResetPasswordView,
    SecondFactorView,
    SetUpView,
    SignInView,
)

urlpatterns = decorate_urlpatterns(
    [
        path("login/", SignInView.as_view(), name="account_login"),
        path(
            "login/code/",
            AuthenticateView.as_view(
                template_name="users/code.html",
                extra_context={"title": _("Enter your code")},
            ),
            name="mfa_authenticate",
        ),
        path(
            "password_reset/",
            ResetPasswordView.as_view(),
            name="wagtailadmin_password_reset",
        ),
        path(
            "confirm-password/",
            ConfirmByPasswordView.as_view(
                template_name="users/confirm.html",
                extra_context={"title": _("Confirm that it is you")},
            ),
            name="account_reauthenticate",
        ),
        path(
            "second-factor/confirm/",
            ConfirmByCodeView.as_view(
                template_name="users/confirm.html",
                extra_context={"title": _("Confirm that it is you")},
            ),
            name="mfa_reauthenticate",
        ),
        path("second-factor/", SecondFactorView.as_view(), name="mfa_index"),
        path(
            "second-factor/set-up/",
            SetUpView.as_view(extra_context={"title": _("Set up two-step sign-in")}),
            name="mfa_activate_totp",
        ),
        path(
            "second-factor/remove/",
            RemoveView.as_view(extra_context={"title": _("Remove your second factor")}),
            name="mfa_deactivate_totp",
        ),
        path(
            "second-factor/recovery-codes/",
            ViewRecoveryCodesView.as_view(
                template_name="users/recovery_codes.html",
                extra_context={"title": _("Your recovery codes")},
            ),
            name="mfa_view_recovery_codes",
        ),
        path(
            "second-factor/recovery-codes/new/",
            GenerateRecoveryCodesView.as_view(
                template_name="users/new_recovery_codes.html",
                extra_context={"title": _("New recovery codes")},
            ),
            name="mfa_generate_recovery_codes",
        ),
    ],
    never_cache,
)
