"""Sections of many pages, renamed and moved as editors do it."""

import pytest
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page

from tests.helpers.factories import ContentPageFactory


@pytest.fixture
def section(home):
    """``section(count)`` makes /section/ with ``count`` pages beneath."""

    def make(count, slug="section"):
        top = ContentPageFactory(parent=home, slug=slug)
        fill(top, count)
        return top

    return make


def fill(top, count):
    kind = ContentType.objects.get_for_model(type(top))
    pages = [
        Page(
            title=f"Page {number}",
            draft_title=f"Page {number}",
            slug=f"page-{number}",
            url_path=f"{top.url_path}page-{number}/",
            path=Page._get_path(top.path, top.depth + 1, number + 1),
            depth=top.depth + 1,
            content_type=kind,
            locale_id=top.locale_id,
            live=True,
            first_published_at=top.first_published_at or top.latest_revision_created_at,
        )
        for number in range(count)
    ]
    Page.objects.bulk_create(pages, batch_size=500)
    Page.objects.filter(pk=top.pk).update(numchild=count)


@pytest.fixture
def rename():
    def rename(page, slug, **how):
        page = Page.objects.get(pk=page.pk).specific
        page.slug = slug
        page.save(**how)
        return page

    return rename


@pytest.fixture
def move():
    def move(page, target):
        page = Page.objects.get(pk=page.pk).specific
        page.move(Page.objects.get(pk=target.pk), pos="last-child")
        return Page.objects.get(pk=page.pk).specific

    return move
