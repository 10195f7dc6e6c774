"""How stories are collected, as a page of the site tells it from the register."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.db import connection

from testimonials.consent import changing
from testimonials.models import Subject
from testimonials.models.subject_link import SubjectLink
from testimonials.models.wording import ConsentWording
from testimonials.stories.collecting import in_tens
from tests.helpers.factories_testimonials import (
    ConsentFactory,
    ConsentWordingFactory,
    SubjectFactory,
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
    embed,
)


@pytest.fixture
def page(home):
    return embed(home, ("story_collection", {"heading": "How we collect stories"}))


def told(client, page):
    html = BeautifulSoup(client.get(page.url).content, "html.parser")
    facts = html.select_one(".story-collection").select("dl")
    return [
        {" ".join(each.dt.text.split()): each.dd.text for each in table.select("div")}
        for table in facts
    ]


def test_an_alias_is_no_story_more(client, home, page):
    stories = TestimonialIndexPageFactory(parent=home)
    story = TestimonialPageFactory(parent=stories)
    TestimonialPageFactory(parent=stories)
    before = told(client, page)

    story.create_alias(update_slug="again")

    assert told(client, page) == before
    assert stories.listed().count() == 2


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "fewer than ten"),
        (1, "fewer than ten"),
        (9, "fewer than ten"),
        (10, "at least 10"),
        (19, "at least 10"),
        (20, "at least 20"),
    ],
)
def test_numbers_of_people_are_told_by_tens(number, said):
    assert in_tens(number) == said


def test_a_stored_page_counts_who_was_mailed_a_link_just_now(page):
    subjects = [SubjectFactory(consented=False) for _each in range(10)]
    for subject in subjects[:9]:
        SubjectLink.objects.issue(subject, "ada@example.org", None)
    before = connection.visible_changes

    SubjectLink.objects.issue(subjects[9], "ada@example.org", None)
    counted = connection.visible_changes
    SubjectLink.objects.end(subjects[9])

    # As each starts a generation.
    assert counted > before
    assert connection.visible_changes == counted


def test_counts_who_was_asked_and_what_they_allow_today(client, page):
    for _each in range(12):
        SubjectFactory(consented__channel_social=True)
    SubjectFactory(consented=False)
    SubjectFactory(consented__valid_until=date(2026, 1, 2))

    assert told(client, page)[0] == {
        "People whom we have asked, and recorded": "at least 10",
        "who allow their story on this website today": "at least 10",
        "who allow it on social media": "at least 10",
        "who allow it in print": "fewer than ten",
    }

    for subject in Subject.objects.order_by("pk")[:3]:
        changing.take_back(subject)
    numbers = told(client, page)[0]
    assert numbers["who allow their story on this website today"] == "fewer than ten"


def test_counts_nobody_who_was_not_asked_and_no_consent_to_come(client, page):
    for _each in range(10):
        SubjectFactory(consented=False)
        SubjectFactory(
            consented__channel_social=True, consented__valid_from=date(2999, 1, 1)
        )
    numbers = told(client, page)[0]
    assert numbers["People whom we have asked, and recorded"] == "at least 10"
    assert numbers["who allow it on social media"] == "fewer than ten"


def test_says_that_nobody_is_paid_only_while_nobody_is(client, home, page):
    index = TestimonialIndexPageFactory(parent=home)
    subject = SubjectFactory(relation="paid")
    TestimonialPageFactory(parent=index, subject=subject)
    assert "We pay nobody" not in client.get(page.url).text

    changing.take_back(subject)
    assert "We pay nobody" in client.get(page.url).text


def test_two_consents_of_one_person_count_once(client, page):
    for _each in range(6):
        ConsentFactory(subject=SubjectFactory())

    assert set(told(client, page)[0].values()) == {"fewer than ten"}


def test_says_of_the_stories_shown_how_their_people_are_related(client, home, page):
    index = TestimonialIndexPageFactory(parent=home)
    for relation in ("paid", "paid", "patient"):
        TestimonialPageFactory(parent=index, subject=SubjectFactory(relation=relation))
    hidden = SubjectFactory(relation="owner")
    TestimonialPageFactory(parent=index, subject=hidden)
    changing.take_back(hidden)

    assert told(client, page)[1] == {
        "none but as a patient": "1",
        "paid for telling the story": "2",
    }


def test_shows_the_wording_in_force_and_a_new_one_with_the_next_request(client, page):
    ConsentWordingFactory(version="1", text="We show it until you take it back.")
    assert "We show it until you take it back." in client.get(page.url).text

    ConsentWordingFactory(version="2", text="We show it for a year.", months=12)
    html = client.get(page.url).text
    assert "We show it for a year." in html
    assert "We show it until you take it back." not in html
    assert "The consent ends after 12 months" in html

    ConsentWording.objects.update(is_asked=False)
    assert "We show it for a year." not in client.get(page.url).text


def test_names_nobody(client, home, page):
    subject = SubjectFactory(consented__scope_name=True)
    TestimonialPageFactory(
        parent=TestimonialIndexPageFactory(parent=home), subject=subject
    )

    html = client.get(page.url).text
    assert subject.name not in html
    assert subject.reference_code not in html
