"""``manage.py render_pages``: create the renditions of every page."""

from typing import Any

from django.core.management.base import BaseCommand

from core.media.tasks import render
from core.querysets import all_pages


class Command(BaseCommand):
    help = (
        "Render every published page once, so that no visitor waits while pictures are "
        "made to measure. Safe to repeat and to interrupt; what is made stays."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        pages = all_pages().published().filter(depth__gt=1).order_by("depth", "path")
        total = pages.count()
        for number, page in enumerate(pages.specific().iterator(), start=1):
            # The same template and pictures as for a reader, with nobody's cookies.
            response = render(page)
            self.stdout.write(f"{number} of {total}: {page.url} {response.status_code}")
