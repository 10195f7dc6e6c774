"""Cookies and security headers."""

from typing import Any

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from .environment import env

# Whose videos pages may play, once somebody presses play: youtube, vimeo or both.
VIDEO_PROVIDERS = env.list("VIDEO_PROVIDERS", default=[])
_PLAYERS = {
    "youtube": "https://www.youtube-nocookie.com",
    "vimeo": "https://player.vimeo.com",
}


def _allowed_players() -> list[str]:
    if unknown := set(VIDEO_PROVIDERS) - _PLAYERS.keys():
        raise ImproperlyConfigured(
            f"VIDEO_PROVIDERS has {', '.join(sorted(unknown))}. It may have youtube, "
            "vimeo or both, with a comma between them."
        )
    return [_PLAYERS[name] for name in VIDEO_PROVIDERS]


# Browsers accept the prefix only with Secure, from this host and for all of it, so that
# no subdomain and no connection without TLS can plant such a cookie.
SESSION_COOKIE_NAME = "__Host-sessionid"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrftoken"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "core.views.csrf.csrf_failure"
SECURE_SSL_REDIRECT = True
# Asked on the machine itself, without TLS.
SECURE_REDIRECT_EXEMPT = ["^_health/"]
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
# Wagtail relaxes this to SAMEORIGIN for its own previews.
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        **({"frame-src": _allowed_players()} if VIDEO_PROVIDERS else {}),
        "form-action": [SELF],
        "base-uri": [NONE],
        # 'self' and not 'none': the editor's preview is a frame of this site.
        "frame-ancestors": [SELF],
    }
}
# What is allowed besides under /admin/: the editor of rich text prints a style that
# differs each time, pictures are shown before they are uploaded, and pages previewed.
ADMIN_CONTENT_SECURITY_POLICY: dict[str, list[str]] = {
    "style-src": ["'unsafe-inline'"],
    "img-src": ["blob:"],
    "frame-src": [SELF],
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: []
    for name in (
        "camera",
        "geolocation",
        "microphone",
        "payment",
        "usb",
        "browsing-topics",
    )
}
