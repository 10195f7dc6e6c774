"""Tasks that look after stored files. Queued rows name them by path."""

from contextlib import suppress
from typing import Any

from django.apps import apps
from django_tasks import task
from wagtail.images.models import SourceImageIOError
from wagtail.models import Page

from core.media.private_files import discard, out_of_place, put_in_place
from core.models.images import SiteImage
from core.querysets import all_pages
from delivery.purging import queue_purge

# After the withdrawal of a picture, before e-mails.
_LATER = -10
# An attribute of requests that are made to have every rendition made.
PATIENT = "waits_for_pictures"


@task()
def discard_files(model_name: str, pk: int) -> None:
    """Delete what lies in the folders of a deleted picture or film."""
    discard(apps.get_model("core", model_name), pk)
    queue_purge()


@task()
def put_files_in_place() -> None:
    """Move the files that are in the wrong store, after a migration marked records."""
    for model, pk in out_of_place():
        put_in_place(model, pk)


@task(priority=_LATER)
def make_missing(image_pk: int, specs: list[str]) -> None:
    """Make renditions of a picture that a page has asked for."""
    image = SiteImage.objects.filter(pk=image_pk).first()
    if image:
        with suppress(SourceImageIOError):  # deleted or damaged meanwhile
            image.get_renditions(*specs)


@task(priority=_LATER)
def make_renditions(page_pk: int) -> None:
    """Make the renditions that a page asks for, as a draft and as it is published.

    Lists on the published pages above it show its picture, too.
    """
    page = Page.objects.filter(pk=page_pk).specific().first()
    if page is None:
        return
    if page.has_unpublished_changes:
        render(page.get_latest_revision_as_object())
    if page.live:
        render(page)
        above = all_pages().ancestor_of(page).published().filter(depth__gt=1)
        for each in above.specific():
            render(each)


def render(page: Any) -> Any:
    """Return the answer that nobody in particular gets, with every rendition made."""
    return page.make_preview_request(extra_request_attrs={PATIENT: True})
