"""Every door through which a page can go live, for tests that try them all.

Each prepares something, stops, and then tries to let a page go live that is refused.
Topics and videos, the snippets, have no drafts and so no such door.
"""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from core.publishing.gate import PublishBlocked
from home.models import ContentPage
from tests.helpers.page_form import edit_url, formset, raw

TOMORROW = timezone.now() + timedelta(days=1)
PUBLISH = {"action-publish": "1"}
LATER = {**PUBLISH, "go_live_at": TOMORROW.strftime("%Y-%m-%d %H:%M")}
APPROVE = {"action-workflow-action": "1", "workflow-action-name": "approve"}
FIELDS = [
    "standfirst",
    "lead_image",
    "override_reason",
    "seo_title",
    "search_description",
    "canonical_url",
    "og_image",
    "go_live_at",
    "expire_at",
]


def heading(text, level="2"):
    """A body that is one heading."""
    return [("heading", {"text": text, "level": level, "anchor": ""})]


@dataclass
class Refused:
    """A live page whose latest version is refused.

    ``body`` is what is wrong with it, ``sentence`` what its editors are told, and
    ``ticked`` what their forms post besides.
    """

    page: ContentPage
    body: Any
    sentence: str
    log_in: Any
    ticked: dict[str, str] = field(default_factory=dict)

    @property
    def latest(self):
        return self.page.get_latest_revision()

    def spoil(self):
        """Give the live page a problem that it did not have when it was published."""
        body = json.dumps(raw(self.body))
        ContentPage.objects.filter(pk=self.page.pk).update(body=body)
        return ContentPage.objects.get(pk=self.page.pk)

    def above(self):
        """Return the page above it, when the live page itself has been spoilt."""
        self.spoil()
        return self.page.get_parent().specific

    def for_later(self):
        draft = self.latest.as_object()
        draft.go_live_at = TOMORROW
        return draft.save_revision(clean=False)

    def posted(self, **extra):
        """What the editor posts."""
        own = {"title": "Posted", "slug": "posted", "body": streamfield(self.body)}
        fields = {**dict.fromkeys(FIELDS, ""), **own, "comments": formset()}
        fields |= {**self.ticked, **extra}
        return nested_form_data(fields)


# --- Forms ----------------------------------------------------------------------------


def _form(refused, url, **action):
    refused.page.revisions.update(approved_go_live_at=None)  # closed to editors, else
    admin = refused.log_in(None)
    yield
    response = admin.post(url, refused.posted(**action))
    assert response.status_code == 200
    assert refused.sentence in response.content.decode()


def page_form(refused, action=PUBLISH):
    yield from _form(refused, edit_url(refused.page), **action)


def page_form_for_later(refused):
    yield from page_form(refused, LATER)


def form_of_an_earlier_version(refused):
    args = [refused.page.pk, refused.latest.pk]
    url = reverse("wagtailadmin_pages:revisions_revert", args=args)
    yield from _form(refused, url, **PUBLISH)


def create_form(refused, action=PUBLISH):
    args = ["home", "contentpage", refused.page.pk]
    yield from _form(refused, reverse("wagtailadmin_pages:add", args=args), **action)


def create_form_for_later(refused):
    yield from create_form(refused, LATER)


def copy_form(refused, how="publish_copies"):
    above = refused.above()
    into = above.get_parent().pk
    named = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": into}
    admin = refused.log_in(None)
    yield
    response = admin.post(
        reverse("wagtailadmin_pages:copy", args=[above.pk]),
        {**named, "copy_subpages": "on", how: "on"},
    )
    assert response.status_code == 200
    assert refused.sentence in response.content.decode()


def copy_form_for_an_alias(refused):
    yield from copy_form(refused, "alias")


# --- Other actions of the admin -------------------------------------------------------


def bulk_publishing(refused):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    admin = refused.log_in(None)
    yield
    response = admin.post(f"{url}?id={refused.page.pk}&next=/admin/", follow=True)
    assert refused.sentence in response.content.decode()


def approval_in_the_editor(refused):
    refused.page.revisions.update(approved_go_live_at=None)
    moderator = refused.log_in("Moderators")
    yield
    url = edit_url(refused.page)
    response = moderator.post(url, refused.posted(**APPROVE), follow=True)
    assert refused.sentence in response.content.decode()


def approval_in_the_window(refused):
    state = refused.page.current_workflow_task_state
    args = [refused.page.pk, "approve", state.pk]
    moderator = refused.log_in("Moderators")
    yield
    response = moderator.post(
        reverse("wagtailadmin_pages:workflow_action", args=args),
        {"comment": ""},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert response.json()["redirect"] == edit_url(refused.page)
    shown = moderator.get(edit_url(refused.page)).content.decode()
    assert refused.sentence in shown


def _api(refused, page, action, **data):
    url = reverse("wagtailadmin_api:pages:action", args=[page.pk, action])
    admin = refused.log_in(None)
    yield
    response = admin.post(url, data, content_type="application/json")
    assert response.status_code == 400
    assert refused.sentence in response.content.decode()


def api_publish(refused):
    yield from _api(refused, refused.page, "publish")


def api_publish_later(refused):
    refused.for_later()
    yield from _api(refused, refused.page, "publish")


def api_copy(refused):
    yield from _api(refused, refused.spoil(), "copy", slug="copy")


def api_copy_of_a_branch(refused):
    named = {"slug": "copy", "recursive": True}
    yield from _api(refused, refused.above(), "copy", **named)


def api_alias_of_a_branch(refused):
    named = {"update_slug": "alias", "recursive": True}
    yield from _api(refused, refused.above(), "create_alias", **named)


# --- Code -----------------------------------------------------------------------------


def _code(refused, attempt, *args, **options):
    yield
    with pytest.raises(PublishBlocked, match=refused.sentence):
        attempt(*args, **options)


def a_version_in_code(refused):
    yield from _code(refused, refused.latest.publish)


def a_version_for_later_in_code(refused):
    yield from _code(refused, refused.for_later().publish)


def an_earlier_version_in_code(refused):
    earlier = refused.latest
    refused.page.body = heading("Better")
    refused.page.save_revision()
    yield from _code(refused, earlier.publish)


def saving_in_code(refused):
    refused.page.body = refused.body
    yield from _code(refused, refused.page.save)


def saving_that_it_is_live(refused):
    refused.spoil().unpublish()
    back = ContentPage.objects.get(pk=refused.page.pk)
    back.live = True
    yield from _code(refused, back.save, update_fields=["live"])


def saving_as_a_plain_page(refused):
    refused.spoil().unpublish()
    back = Page.objects.get(pk=refused.page.pk)
    back.live = True
    yield from _code(refused, back.save)


def copy_in_code(refused):
    yield from _code(refused, refused.spoil().copy, update_attrs={"slug": "copy"})


def copy_of_a_branch_in_code(refused):
    named = {"update_attrs": {"slug": "copy"}, "recursive": True}
    yield from _code(refused, refused.above().copy, **named)


def alias_in_code(refused):
    yield from _code(refused, refused.spoil().create_alias, update_slug="alias")


def alias_of_a_branch_in_code(refused):
    named = {"update_slug": "alias", "recursive": True}
    yield from _code(refused, refused.above().create_alias, **named)


def when_it_is_due(refused):
    a_moment_ago = timezone.now() - timedelta(minutes=1)
    latest = refused.page.revisions.filter(pk=refused.latest.pk)
    latest.update(approved_go_live_at=a_moment_ago)
    yield
    call_command("publish_scheduled")
