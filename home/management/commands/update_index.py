"""``manage.py update_index``: the indexes of the admin and of the site's search."""

from typing import Any

from wagtail.search.management.commands import update_index

from home.search.indexing import index_every_page


class Command(update_index.Command):
    help = "Read every page and record again for the searches of site and admin."

    def handle(self, **options: Any) -> None:
        super().handle(**options)
        if not options["schema_only"]:
            number = index_every_page()
            self.write(f"The site's search: read {number} pages")
