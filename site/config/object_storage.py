"""Uploads in a bucket of an S3-compatible service, for sites on several machines.

Needs django-storages (requirements-s3.txt); imported only where settings name a bucket.
"""

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage


class ObjectStorage(S3Storage):
    """Gives files the URLs that they would have in a folder.

    The server in front fetches them from the bucket: pages ask no other host for
    anything, and no signed address leaves the site.
    """

    def get_default_settings(self) -> dict[str, Any]:
        return super().get_default_settings() | {
            # As in a folder, no upload takes the place of another.
            "file_overwrite": False,
            # A shared cache forgets within a minute what consent has taken away.
            "object_parameters": {
                "CacheControl": "public, max-age=31536000, s-maxage=60"
            },
        }

    def url(self, name: str, *args: Any, **kwargs: Any) -> str:
        return urljoin(settings.MEDIA_URL, filepath_to_uri(name))

    def replace(self, name: str, content: Any) -> None:
        """Put other content at a name; the service does so whole."""
        self._save(name, content)
