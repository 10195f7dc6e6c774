"""A published correction stays in its page, whoever stores what by which door."""

import json

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Page, Revision

from articles.models.article_page import ArticlePage
from review.models import PublishedCorrection
from tests.helpers.page_form import edit_url, posted
from tests.review.history.conftest import (
    RIGHT,
    correction,
    ids,
    latest,
    paragraph,
)

pytestmark = pytest.mark.django_db
WITHOUT = [paragraph("First.", "p1"), paragraph(RIGHT, "p2")]


def said(page):
    (note,) = (b.value for b in page.body if b.block_type == "correction")
    return str(note["date"]), note["text"].source


def stored(page):
    return ArticlePage.objects.get(pk=page.pk)


def test_it_is_recorded_with_its_place_and_the_version_before_it(
    corrected, wrong_version
):
    (record,) = PublishedCorrection.objects.all()

    assert record.page_id == corrected.pk
    assert (record.field, record.block_id, record.beside) == ("body", "c1", "p2")
    assert record.version == wrong_version


def test_one_that_is_only_a_draft_can_be_taken_out(published):
    draft = latest(published)
    draft.body = json.dumps([*WITHOUT, correction()])
    draft.save_revision()

    draft.body = json.dumps(WITHOUT)
    draft.save_revision()

    assert ids(latest(published)) == ["p1", "p2"]
    assert not PublishedCorrection.objects.exists()


@pytest.mark.parametrize("words", [{"text": "Nothing."}, {"day": "2020-01-01"}])
def test_one_that_was_reworded_says_again_what_it_said(corrected, publish, words):
    page = publish(corrected, *WITHOUT, correction(**words))

    assert said(page) == ("2026-11-03", "<p>It said 84.</p>")


def test_one_that_was_taken_out_is_put_back_in_the_draft(corrected):
    draft = latest(corrected)
    draft.body = json.dumps(WITHOUT)
    draft.save_revision()

    assert ids(latest(corrected)) == ["p1", "p2", "c1"]


def test_it_follows_the_block_that_was_corrected(corrected, publish):
    moved = publish(corrected, WITHOUT[1], WITHOUT[0], correction())

    assert ids(moved) == ["p2", "c1", "p1"]


def test_it_stands_at_the_top_once_that_block_is_gone(corrected, publish):
    page = publish(corrected, WITHOUT[0])

    assert ids(page) == ["c1", "p1"]


def test_it_cannot_be_moved_into_another_stream(corrected, publish):
    page = publish(corrected, *WITHOUT, after_body=json.dumps([correction()]))

    assert ids(page) == ["p1", "p2", "c1"]
    assert not page.after_body.get_prep_value()


def test_going_back_to_an_earlier_version_brings_it_along(
    corrected, wrong_version, admin_client
):
    url = reverse(
        "wagtailadmin_pages:revisions_revert", args=[corrected.pk, wrong_version.pk]
    )
    data = posted("2", "Typed", slug="trial", **{"action-publish": "1"})

    response = admin_client.post(url, data, follow=True)

    page = stored(corrected)
    assert said(page) == ("2026-11-03", "<p>It said 84.</p>")
    assert ids(page)[0] == "c1"
    assert "add another correction after it" in response.content.decode()


def test_an_old_version_that_code_publishes_brings_it_along(corrected, wrong_version):
    wrong_version.publish()

    assert ids(stored(corrected)) == ["p1", "p2", "c1"]


def test_the_editor_is_told_that_it_was_put_back(corrected, admin_client):
    data = posted("2", "Typed", slug="trial")

    response = admin_client.post(edit_url(corrected), data, follow=True)

    assert "add another correction after it" in response.content.decode()


def test_storing_the_page_without_it_brings_it_along(corrected):
    page = stored(corrected)
    page.body = json.dumps(WITHOUT)
    page.save()
    assert ids(stored(corrected)) == ["p1", "p2", "c1"]

    page.body = json.dumps(WITHOUT)
    page.save(update_fields=["body"])
    assert ids(stored(corrected)) == ["p1", "p2", "c1"]


def test_what_is_written_past_the_models_stays_in_the_list(corrected, client):
    ArticlePage.objects.filter(pk=corrected.pk).update(body=json.dumps(WITHOUT))

    assert "It said 84." in client.get(corrected.url).content.decode()


def test_one_from_before_there_were_records_stays_too(corrected):
    PublishedCorrection.objects.all().delete()
    draft = latest(corrected)
    draft.body = json.dumps(WITHOUT)

    draft.save_revision()

    assert ids(latest(corrected)) == ["p1", "p2", "c1"]
    assert PublishedCorrection.objects.get().version is None


def test_a_copy_has_a_record_of_its_own_and_no_earlier_version(corrected):
    copy = corrected.copy(update_attrs={"slug": "copy"}, keep_live=True)

    record = PublishedCorrection.objects.get(page=copy.pk)
    assert record.version is None
    copy.body = json.dumps(WITHOUT)
    copy.save()
    assert ids(stored(copy)) == ["p1", "p2", "c1"]


def test_an_alias_says_what_its_source_says(corrected, index, publish):
    alias = corrected.create_alias(update_slug="alias", parent=index)

    publish(corrected, *WITHOUT, correction("It said 74.", "c2"))

    assert ids(stored(alias)) == ["p1", "p2", "c1", "c2"]


def test_purging_keeps_the_version_and_takes_the_others(
    corrected, wrong_version, publish
):
    publish(corrected, *WITHOUT, correction())
    publish(corrected, *WITHOUT, correction(), title="Later")

    call_command("purge_revisions")

    left = set(Revision.objects.page_revisions().values_list("pk", flat=True))
    assert left == {wrong_version.pk, stored(corrected).latest_revision_id}


def test_deleting_the_page_takes_all_of_it(corrected):
    Page.objects.get(pk=corrected.pk).delete()

    assert not PublishedCorrection.objects.exists()
    assert not Revision.objects.page_revisions().exists()
