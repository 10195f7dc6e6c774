"""The content delivery networks that a change has forget everything."""

from importlib.util import find_spec
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from .environment import env


def _cdn(place: str) -> dict[str, Any]:
    """Return a backend of Wagtail's frontend cache for one address."""
    match urlsplit(place):
        case parts if parts.scheme in ("http", "https") and parts.hostname:
            return {
                "BACKEND": "delivery.cdn.Http",
                "LOCATION": f"{parts.scheme}://{parts.netloc}",
            }
        case parts if parts.scheme == "cloudflare" and parts.username:
            token, _, zone = parts.netloc.partition("@")
            return {
                "BACKEND": "delivery.cdn.Cloudflare",
                "BEARER_TOKEN": unquote(token),
                "ZONEID": zone,
            }
        case parts if parts.scheme == "cloudfront" and parts.netloc:
            if find_spec("boto3") is None:
                raise ImproperlyConfigured(
                    "CDN_PURGE names CloudFront, which needs requirements-s3.txt "
                    "installed."
                )
            return {
                "BACKEND": "delivery.cdn.CloudFront",
                "DISTRIBUTION_ID": parts.netloc,
            }
    raise ImproperlyConfigured(
        "CDN_PURGE holds something that is neither like http://cache.internal nor "
        "cloudflare://token@zone nor cloudfront://distribution."
    )


WAGTAILFRONTENDCACHE: dict[str, Any] = {
    f"cdn-{number}": _cdn(place)
    for number, place in enumerate(env.list("CDN_PURGE", default=[]), start=1)
}
