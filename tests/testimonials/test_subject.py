"""Whose story it is: named, pictured and disclosed as the consent allows."""

import pytest
from bs4 import BeautifulSoup
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Revision
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry

from testimonials.models.consent import Consent
from testimonials.models.pages import TestimonialPage
from testimonials.models.subject import Relation, Subject
from tests.helpers.factories import (
    PeopleIndexPageFactory,
    PersonPageFactory,
    SiteImageFactory,
)
from tests.helpers.factories_testimonials import (
    SubjectFactory,
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
    embed,
    every_block,
    subject_form,
)

NAME = "Rosalind Quill"


@pytest.fixture
def stories(home):
    return TestimonialIndexPageFactory(parent=home)


@pytest.fixture
def subject(db):
    return SubjectFactory(portrait=SiteImageFactory(title="A drawing"))


@pytest.fixture
def story(stories, subject):
    return TestimonialPageFactory(
        parent=stories, subject=subject, title="Up the stairs"
    )


def soup(client, page):
    return BeautifulSoup(client.get(page.url).content, "html.parser")


def test_whoever_records_somebody_says_how_they_are_related(log_in):
    client, url = log_in("Moderators"), "/admin/story_subjects/new/"
    form = BeautifulSoup(client.get(url).content, "html.parser")
    labels = [each.text for each in form.select("#id_relation option")]
    assert form.select_one("#id_relation option[selected]")["value"] == ""
    assert labels[1] == "patient only, and not paid for the story"

    known = SubjectFactory()
    new = {"reference_code": "S-NEW", "consents-INITIAL_FORMS": 0, "consents-0-id": ""}
    client.post(url, subject_form(known, relation="", **new))
    assert not Subject.objects.filter(reference_code="S-NEW").exists()

    client.post(url, subject_form(known, relation="paid", **new))
    assert Subject.objects.get(reference_code="S-NEW").relation == "paid"


class TestName:
    def test_is_printed_only_with_consent_to_it(self, client, home, story):
        page = embed(home, *every_block(story))

        for each in (page, story, story.get_parent()):
            html = client.get(each.url).content.decode()
            assert NAME not in html
            assert "A patient" in html

        Consent.objects.update(scope_name=True)
        for each in (page, story, story.get_parent()):
            assert NAME in client.get(each.url).content.decode()

    def test_the_portrait_is_printed_only_with_consent_to_it(self, client, home, story):
        page = embed(home, *every_block(story))
        places = [
            (page, ".testimonial__portrait img, .testimonial-carousel__item img"),
            (story, ".story-header__portrait img"),
            (story.get_parent(), ".card__picture img"),
        ]

        assert not any(soup(client, each).select(where) for each, where in places)

        Consent.objects.update(scope_photograph=True)
        assert all(soup(client, each).select(where) for each, where in places)

    def test_the_profile_is_linked_only_with_consent_to_the_name(
        self, client, home, story, subject
    ):
        person = PersonPageFactory(
            parent=PeopleIndexPageFactory(parent=home), title=NAME
        )
        subject.person = person
        subject.save()

        assert person.url not in str(soup(client, story).select_one(".facts"))
        assert story.title not in client.get(person.url).content.decode()

        Consent.objects.update(scope_name=True)
        assert person.url in str(soup(client, story).select_one(".facts"))
        assert story.title in client.get(person.url).content.decode()

    def test_is_nowhere_but_in_the_subjects_row(self, log_in, story, subject):
        Consent.objects.update(scope_name=True)
        client = log_in(None)
        edit = f"/admin/story_subjects/edit/{subject.pk}/"
        client.post(edit, subject_form(subject, relation="paid"))
        story.save_revision(log_action=True).publish()

        assert ModelLogEntry.objects.filter(object_id=subject.pk).exists()
        for model in (ModelLogEntry, PageLogEntry, Revision, IndexEntry, Page):
            for row in model.objects.values_list():
                assert "Rosalind" not in str(row)
                assert "Quill" not in str(row)

    def test_finds_nothing_in_the_search(self, story):
        found = get_search_backend().search("Rosalind", Page.objects.all())

        assert not list(found)

    def test_is_in_structured_data_only_with_consent_to_it(self, story):
        def names():
            return str(TestimonialPage.objects.get(pk=story.pk).structured_data())

        assert NAME not in names()
        Consent.objects.update(scope_name=True)
        assert NAME in names()
        assert "Review" not in names()
        assert "Rating" not in names()


class TestDisclosure:
    @pytest.mark.parametrize("relation", [r for r in Relation if r != Relation.PATIENT])
    def test_a_relation_is_told_wherever_the_story_shows(
        self, client, home, story, subject, relation
    ):
        subject.relation = relation
        subject.save()
        page = embed(home, *every_block(story))

        article = soup(client, page).select_one(".body")

        assert len(article.find_all(string=lambda s: "Disclosure:" in s)) == 4
        for each in (story, story.get_parent()):
            assert "Disclosure:" in client.get(each.url).content.decode()

    def test_a_patient_only_has_nothing_to_tell(self, client, story):
        assert "Disclosure:" not in client.get(story.url).content.decode()

    def test_what_is_typical_stands_once_in_a_text_with_stories(
        self, client, home, story
    ):
        from core.models.site_settings import DisclaimerSettings

        site = home.get_site()
        DisclaimerSettings.objects.create(
            site=site, testimonials="<p>Results vary.</p>"
        )
        page = embed(home, *every_block(story))

        assert client.get(page.url).content.decode().count("Results vary.") == 1
        for each in (story, story.get_parent()):
            assert "Results vary." in client.get(each.url).content.decode()
