"""``manage.py update_index``: the indexes of the admin and of the site's search."""

from typing import Any

from wagtail.search.management.commands import update_index

from home.search.indexing import index_every_page, index_new_entries


class Command(update_index.Command):
    help = "Read every page and record again for the searches of site and admin."

    def add_arguments(self, parser: Any) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--new-entries",
            action="store_true",
            help="Read only stories with entries whose day has come within 31 days.",
        )

    def handle(self, **options: Any) -> None:
        if options["new_entries"]:
            number = index_new_entries()
            self.stdout.write(f"The site's search: read {number} stories")
            return
        super().handle(**options)
        if not options["schema_only"]:
            number = index_every_page()
            self.write(f"The site's search: read {number} pages")
