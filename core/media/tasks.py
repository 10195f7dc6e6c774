"""Tasks that look after stored files. Queued rows name them by path."""

import logging
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Max, Model
from django.db.models.functions import Cast
from django.template.loader import render_to_string
from django_tasks import task
from wagtail.images.models import SourceImageIOError
from wagtail.models import Page, ReferenceIndex

from core.media.private_files import discard, out_of_place, put_in_place
from core.media.renditions import NotNow
from core.models.images import SiteImage
from core.querysets import all_pages
from delivery.purging import queue_purge

logger = logging.getLogger(__name__)

# After the withdrawal of a picture, before e-mails.
_LATER = -10
# More than templates have places for a picture.
_MOST_KINDS = 24
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
    if image is None:
        return
    try:
        image.get_renditions(*specs)
    except NotNow:
        if SiteImage.objects.filter(pk=image_pk).exists():
            raise  # to be tried again
    except SourceImageIOError as error:  # deleted or damaged meanwhile
        logger.warning("Picture %s cannot be made: %r", image_pk, error)


@task(priority=_LATER)
def make_renditions(page_pk: int) -> None:
    """Make the renditions of a page's pictures, as a draft and as it is published.

    Those that the page asks for, and those of its main picture on other pages.
    """
    page = Page.objects.filter(pk=page_pk).specific().first()
    if page is None:
        return
    if page.has_unpublished_changes:
        draft = page.get_latest_revision_as_object()
        render(draft)
        _print_in_a_list(draft)
    if page.live:
        render(page)
        _print_in_a_list(page)
        above = all_pages().ancestor_of(page).published().filter(depth__gt=1)
        for each in above.specific():
            render(each)
        if getattr(page, "lead_picture", None):
            _render_one_of_each_kind_that_refers_to(page)


@task(priority=_LATER)
def make_renditions_of_record(model: str, pk: int) -> None:
    """Make the renditions that pages ask for of a record's picture.

    Args:
        model: Such as ``core.Video``.
        pk: The primary key of the record.
    """
    record = apps.get_model(model)._base_manager.filter(pk=pk).first()
    if record:
        _render_one_of_each_kind_that_refers_to(record)


def render(page: Any) -> Any:
    """Return the answer that nobody in particular gets, with every rendition made."""
    return page.make_preview_request(extra_request_attrs={PATIENT: True})


def _print_in_a_list(page: Any) -> None:
    template, name = getattr(page, "card", None) or ("", "")
    if template:
        render_to_string(template, {name: page})


def _render_one_of_each_kind_that_refers_to(record: Model) -> None:
    """Render one published page of each kind, however many refer to a record.

    Where pages of one type have it in the same field or block, all draw its picture
    at the same sizes. A link draws none, and costs a rendering for nothing.
    """
    shown = all_pages().reachable().values_list(Cast("pk", CharField()))
    references = ReferenceIndex.get_references_to(record).filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=shown,
    )
    kinds = references.order_by().values("content_type", "model_path")
    one_each = kinds.annotate(page=Max("object_id")).values_list("page", flat=True)
    for page in Page.objects.filter(pk__in=set(one_each[:_MOST_KINDS])).specific():
        render(page)
