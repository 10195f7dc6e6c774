"""Loads the demonstration content into an empty database, in one transaction."""

from collections.abc import Callable

from django.db import transaction
from wagtail.models import Page, Site

from demonstration.seeding.load_due import load_due
from demonstration.seeding.load_feedback import load_feedback
from demonstration.seeding.load_library import load_library
from demonstration.seeding.load_pages import PageLoader
from demonstration.seeding.load_settings import load_settings
from demonstration.seeding.resolve import Resolver


def load(report: Callable[[str], object]) -> None:
    """Create the demonstration site.

    Args:
        report: Called with a line of progress.
    """
    with transaction.atomic():
        known = Resolver()
        report("  pictures, references, topics")
        load_library(known)
        # What Wagtail's own migrations put there: a page that says welcome.
        Site.objects.all().delete()
        for page in Page.objects.filter(depth=2):
            page.delete()
        pages = PageLoader(known, Page.objects.get(depth=1))
        report("  pages")
        pages.make_drafts()
        site = Site.objects.create(
            hostname="localhost",
            port=8000,
            site_name="Marram Quay Clinic",
            root_page=known.pages["home"],
            is_default_site=True,
        )
        pages.publish()
        report("  menus, footer, organisation")
        load_settings(known, site)
        load_due(known)
        load_feedback(known)
