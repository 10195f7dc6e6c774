"""allauth's adapters: one sign-in page, limits by address, encrypted secrets."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from users import encryption, limits, second_factor
from users.address import client_address

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Signs people in."""

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def is_safe_url(self, url: str) -> bool:
        """Return whether ``url`` stays on the request's host."""
        return url_has_allowed_host_and_scheme(
            url,
            allowed_hosts={self.request.get_host()},
            require_https=self.request.is_secure(),
        )

    def is_ajax(self, request: HttpRequest) -> bool:
        """Never answer with JSON: no script of ours asks these views."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Check a password, within the limits."""
        address = client_address(request)
        name = credentials["username"].casefold()
        attempts: limits.Attempts = [
            (limits.FAILURES_FROM_ADDRESS, (address,)),
            (limits.FAILURES_FOR_NAME, ("password", name, address)),
        ]
        limits.count(request, attempts)
        user = super().authenticate(request, **credentials)
        if user is not None:
            limits.take_back(attempts)
        return user

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        second_factor.note_sign_in(request)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        return not second_factor.signed_in_recently(self.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Ask users with a second factor for a code, not a password."""
        methods = super().get_reauthentication_methods(user)
        by_code = [each for each in methods if each["id"] == "mfa_reauthenticate"]
        return by_code or methods


class MFAAdapter(DefaultMFAAdapter):
    """Stores the secrets of second factors."""

    def get_totp_label(self, user: Any) -> str:
        return str(user.get_username())

    def get_totp_issuer(self) -> str:
        return str(settings.WAGTAIL_SITE_NAME)

    def build_totp_svg(self, url: str) -> str:
        """Return a QR code that is readable on dark pages, too."""
        # Here, since few processes ever draw one.
        import qrcode
        from qrcode.image.svg import SvgPathFillImage

        image = qrcode.make(url, image_factory=SvgPathFillImage)
        return str(image.to_string(encoding="unicode"))

    def encrypt(self, text: str) -> str:
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret.

        Raises:
            ImmediateHttpResponse: Its key is gone; the page says what to do.
        """
        try:
            return encryption.decrypt(encrypted_text)
        except InvalidToken as error:
            logger.exception("A second factor cannot be decrypted with FIELD_KEYS.")
            context = {
                "title": _("Your code cannot be checked"),
                "advice": _(
                    "The key that protects your second factor is missing. Tell an "
                    "administrator, who can put it back or reset your second factor."
                ),
            }
            response = render(self.request, "users/refused.html", context, status=503)
            raise ImmediateHttpResponse(response) from error
