"""Content delivery networks that are told to forget everything.

Wagtail's backends log what fails and wait for ever: what they log here would be a purge
that nobody repeats. These raise, and give up a server that says nothing.
"""

from collections.abc import Sequence
from typing import Any
from urllib.request import Request, urlopen
from uuid import uuid4

from wagtail.contrib.frontend_cache.backends import (
    CloudflareBackend,
    CloudfrontBackend,
    HTTPBackend,
)
from wagtail.contrib.frontend_cache.backends.http import PurgeRequest

PATIENCE = 10  # seconds for each step of an answer


class Http(HTTPBackend):
    """A cache that takes ``PURGE /*`` for a host, such as Varnish when told so."""

    def purge_batch(self, urls: Sequence[str]) -> None:
        for url in urls:
            _scheme, _, host = url.removesuffix("/*").partition("://")
            place = f"{self.cache_scheme}://{self.cache_netloc}/*"
            request = PurgeRequest(place, headers={"Host": host})
            # The scheme is http or https: settings take no other.
            urlopen(request, timeout=PATIENCE).close()  # noqa: S310


class Cloudflare(CloudflareBackend):
    """Cloudflare, which forgets a zone as a whole."""

    def purge_batch(self, urls: Sequence[str]) -> None:
        request = Request(  # noqa: S310
            self.cloudflare_purge_endpoint_url,
            data=b'{"purge_everything": true}',
            headers={
                "Authorization": f"Bearer {self.cloudflare_token}",
                "Content-Type": "application/json",
            },
        )
        urlopen(request, timeout=PATIENCE).close()  # noqa: S310


class CloudFront(CloudfrontBackend):
    """Amazon CloudFront, whose keys boto3 finds where it always looks for them."""

    def _create_invalidation(self, distribution_id: str, paths: list[str]) -> None:
        batch: dict[str, Any] = {
            "Paths": {"Quantity": len(paths), "Items": paths},
            "CallerReference": uuid4().hex,
        }
        self.client.create_invalidation(
            DistributionId=distribution_id, InvalidationBatch=batch
        )
