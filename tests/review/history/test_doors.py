"""No door by which a page is stored, shown or taken off loses a published correction.

Each is tried with a version that lacks it, as one from before there were records does.
"""

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Locale, Workflow, WorkflowTask

from articles.models.article_page import ArticlePage
from review.models import PublishedCorrection
from tests.helpers.factories import UserFactory
from tests.helpers.page_form import edit_url, posted
from tests.helpers.publishing_doors import APPROVE, LATER
from tests.review.history.conftest import RIGHT, WRONG, ids, latest, paragraph

pytestmark = pytest.mark.django_db
WITHOUT = [paragraph("First.", "p1"), paragraph(RIGHT, "p2")]
TOLD = "add another correction after it"


def stored(page):
    return ArticlePage.objects.get(pk=page.pk)


def stays(client, page):
    """Whether readers are told of it, in the margin and in the list, once each."""
    html = client.get(stored(page).url).content.decode()
    return ids(stored(page)).count("c1") == 1 and html.count("It said 84.") >= 2


@pytest.fixture
def without(corrected):
    """A draft that lacks it, stored past everything that would put it back."""
    draft = latest(corrected)
    draft.title = "Without"
    revision = draft.save_revision()
    revision.content["body"] = json.dumps(WITHOUT)
    revision.save(update_fields=["content"])
    assert ids(latest(corrected)) == ["p1", "p2"]
    return revision


def bulk(client, page, action, **data):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    address = f"{url}?id={page.pk}&next=/admin/"
    return client.post(address, data, follow=True).content.decode()


def api(client, page, action, **data):
    url = reverse("wagtailadmin_api:pages:action", args=[page.pk, action])
    return client.post(url, data, content_type="application/json")


def test_the_button_in_the_page_form(corrected, without, admin_client, client):
    data = posted("2", "Typed", slug="trial", **{"action-publish": "1"})
    answer = admin_client.post(edit_url(corrected), data, follow=True)

    assert TOLD in answer.content.decode()
    assert stays(client, corrected)


def test_a_schedule_in_the_page_form(corrected, admin_client, client):
    data = posted("2", "Typed", slug="trial", **LATER)
    admin_client.post(edit_url(corrected), data, follow=True)
    waiting = stored(corrected).scheduled_revision
    assert "c1" in waiting.content["body"]
    waiting.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    waiting.save(update_fields=["approved_go_live_at"])

    call_command("publish_scheduled")

    assert stays(client, corrected)


def test_a_schedule_that_is_due(corrected, without, client):
    without.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    without.save(update_fields=["approved_go_live_at"])

    call_command("publish_scheduled")

    assert stored(corrected).title == "Without"
    assert stays(client, corrected)


def test_an_end_and_a_publication_afterwards(corrected, without, client):
    ArticlePage.objects.filter(pk=corrected.pk).update(
        expire_at=timezone.now() - timedelta(minutes=1)
    )
    call_command("publish_scheduled")
    assert not stored(corrected).live

    without.publish()

    assert stays(client, corrected)


def test_bulk_publishing(corrected, without, admin_client, client):
    bulk(admin_client, corrected, "publish")

    assert stored(corrected).title == "Without"
    assert stays(client, corrected)


def test_bulk_unpublishing_and_publishing(corrected, without, admin_client, client):
    bulk(admin_client, corrected, "unpublish")
    assert not stored(corrected).live
    bulk(admin_client, corrected, "publish")

    assert stays(client, corrected)


def test_bulk_deletion_takes_the_page_as_a_whole(corrected, admin_client, client):
    bulk(admin_client, corrected, "delete")

    assert not ArticlePage.objects.filter(pk=corrected.pk).exists()
    assert client.get(corrected.url).status_code in {404, 410}


def test_moving_the_page(corrected, without, home, client):
    corrected.move(home, pos="last-child")
    without.publish()

    assert stays(client, corrected)


@pytest.mark.parametrize("door", ["editor", "window"])
def test_an_approval(corrected, without, log_in, client, roles, door):
    workflow = Workflow.objects.create(name="Approval")
    task = GroupApprovalTask.objects.create(name="Moderators approve")
    task.groups.add(Group.objects.get(name="Moderators"))
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    workflow.start(stored(corrected), UserFactory())
    moderator = log_in("Moderators")

    if door == "editor":
        data = posted("2", "Typed", slug="trial", **APPROVE)
        moderator.post(edit_url(corrected), data, follow=True)
    else:
        state = stored(corrected).current_workflow_task_state
        args = [corrected.pk, "approve", state.pk]
        url = reverse("wagtailadmin_pages:workflow_action", args=args)
        asked = {"x-requested-with": "XMLHttpRequest"}
        moderator.post(url, {"comment": ""}, headers=asked)

    assert stored(corrected).current_workflow_state is None
    assert stays(client, corrected)


def test_the_api_publishes(corrected, without, admin_client, client):
    assert api(admin_client, corrected, "publish").status_code == 200

    assert stored(corrected).title == "Without"
    assert stays(client, corrected)


def test_the_api_goes_back(corrected, wrong_version, admin_client, client):
    revert = "revert_to_page_revision"
    answer = api(admin_client, corrected, revert, revision_id=wrong_version.pk)
    assert answer.status_code == 200
    assert "c1" in ids(latest(corrected))
    api(admin_client, corrected, "publish")

    assert WRONG in client.get(corrected.url).content.decode()
    assert stays(client, corrected)


def test_the_api_copies(corrected, admin_client, client, index):
    api(admin_client, corrected, "copy", slug="copy", destination_page_id=index.pk)
    copy = ArticlePage.objects.get(slug="copy")
    copy.get_latest_revision().publish()
    draft = latest(copy)
    draft.body = json.dumps(WITHOUT)
    draft.save_revision().publish()

    assert "c1" in ids(stored(copy))


def test_a_translation_keeps_its_own_once_it_is_published(corrected, home):
    german = Locale.objects.create(language_code="de")
    copy = corrected.copy_for_translation(german, copy_parents=True)
    assert ids(latest(copy))[-1] == "c1"
    copy.get_latest_revision().publish()

    draft = latest(copy)
    draft.body = json.dumps(WITHOUT)
    draft.save_revision().publish()

    assert "c1" in ids(stored(copy))
    assert PublishedCorrection.objects.get(page=copy.pk).version is None
    assert stored(corrected).live


@pytest.mark.parametrize("door", ["code", "api"])
def test_an_alias_that_becomes_a_page(corrected, index, admin_client, client, door):
    alias = corrected.create_alias(update_slug="alias", parent=index)
    if door == "api":
        assert api(admin_client, alias, "convert_alias").status_code == 200
    else:
        url = reverse("wagtailadmin_pages:convert_alias", args=[alias.pk])
        admin_client.post(url)
    page = stored(alias)
    assert page.alias_of_id is None
    draft = latest(page)
    draft.body = json.dumps(WITHOUT)

    draft.save_revision().publish()

    assert stays(client, page)


def test_an_alias_translated(corrected, home):
    german = Locale.objects.create(language_code="de")
    alias = corrected.copy_for_translation(german, copy_parents=True, alias=True)

    draft = latest(corrected)
    draft.body = json.dumps(WITHOUT)
    draft.save_revision().publish()

    assert "c1" in ids(stored(alias))
