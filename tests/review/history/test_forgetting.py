"""Whoever is forgotten is in no published correction, and corrections stop nobody."""

import json

import pytest
from wagtail.models import Revision

from core.persons.person import Person
from core.persons.registry import registered
from core.persons.scrubbing import delete_page
from review.models import PublishedCorrection
from tests.helpers.factories import (
    ArticlePageFactory,
    PeopleIndexPageFactory,
    UserFactory,
)
from tests.helpers.factories_review import approve, clinician, review_workflow
from tests.helpers.factories_testimonials import (
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
)
from tests.review.history.conftest import RIGHT, WRONG, correction, latest, paragraph

pytestmark = pytest.mark.django_db
NAME = "Grete Halvorsen"


def forget(name):
    person = Person(frozenset(), words=frozenset({name}))
    for kind in registered():
        for item in list(kind.find(person)):
            if not item.by_hand:
                kind.erase(item)


def test_a_story_that_was_corrected_goes_as_a_whole(home):
    story = TestimonialPageFactory(parent=TestimonialIndexPageFactory(parent=home))
    for blocks in ([paragraph(WRONG, "p2")], [paragraph(RIGHT, "p2"), correction()]):
        draft = latest(story)
        draft.body = json.dumps(blocks)
        draft.save_revision().publish()
    version = Revision.objects.for_instance(story).earliest("pk")
    PublishedCorrection.objects.filter(page=story.pk).update(version=version)

    delete_page(story)

    assert not PublishedCorrection.objects.exists()
    assert not type(story).objects.filter(pk=story.pk).exists()
    assert not Revision.objects.filter(pk=version.pk).exists()


@pytest.mark.parametrize(
    "written",
    ["Grete <b>Halvorsen</b>", "Grete Hal<i>vorsen</i>", "Grete<br/>Halvorsen"],
)
def test_a_name_that_markup_splits_is_found(published, publish, written):
    publish(published, paragraph(RIGHT, "p2"), correction(f"It named {written}."))

    forget(NAME)

    assert PublishedCorrection.objects.get().text == "<p>…</p>"


@pytest.mark.parametrize("written", [NAME, "Grete <b>Halvorsen</b>"])
def test_a_reviewed_page_is_published_without_the_name_and_its_review_stands(
    home, index, client, roles, written
):
    reviewer = clinician(PeopleIndexPageFactory(parent=home), title="Ada Quay")
    page = ArticlePageFactory(parent=index, slug="m", live=False)
    draft = latest(page)
    note = correction(f"It named {written}.")
    draft.body = json.dumps([paragraph(RIGHT, "p2"), note])
    draft.save_revision()
    review_workflow(index).start(type(page).objects.get(pk=page.pk), UserFactory())
    approve(type(page).objects.get(pk=page.pk), reviewer)
    forget(NAME)

    draft = latest(page)
    revision = draft.save_revision()
    assert not draft.put_back
    revision.publish()

    page = type(page).objects.get(pk=page.pk)
    assert (page.review is not None, page.changed_since_review) == (True, None)
    assert "Halvorsen" not in client.get(page.url).content.decode()
