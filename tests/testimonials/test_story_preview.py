"""What an editor sees of a story before readers do."""

from datetime import UTC, date, datetime

import pytest
from bs4 import BeautifulSoup

from tests.helpers.appearances import picture
from tests.helpers.factories import PeopleIndexPageFactory, PersonPageFactory
from tests.helpers.factories_testimonials import (
    ConsentFactory,
    SubjectFactory,
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
)

TODAY = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def stories(home):
    return TestimonialIndexPageFactory(parent=home)


@pytest.fixture
def today(at):
    at(TODAY)


def entry(heading, **time):
    return ("entry", {"heading": heading, **time})


class TestPreview:
    @pytest.mark.parametrize(
        ("mode", "name", "pictured"),
        [
            ("", "A patient", False),
            ("all", "Rosalind Quill", True),
            ("initials", "R. Q.", True),
            ("nameless", "A patient", True),
            ("unpictured", "Rosalind Quill", False),
        ],
    )
    def test_shows_what_readers_would_see_at_each_scope(
        self, rf, log_in, stories, today, mode, name, pictured
    ):
        subject = SubjectFactory()
        story = TestimonialPageFactory(
            parent=stories,
            subject=subject,
            live=False,
            timeline=[
                entry("To come", date=date(2026, 6, 2)),
                entry("Known", number=1, unit="weeks", image=picture(shows="nobody")),
            ],
        )
        client = log_in("Moderators")
        answer = client.get(f"/admin/pages/{story.pk}/view_draft/", {"mode": mode})
        html = BeautifulSoup(answer.content, "html.parser")

        assert html.select_one(".facts dd").text == name
        assert bool(html.select(".timeline__media")) is pictured
        told = [each.text for each in html.select(".timeline__heading")]
        assert told == (["Known", "To come"] if mode else ["Known"])
        assert ("Readers see this from 2 June 2026 on." in html.text) is bool(mode)

    @pytest.mark.parametrize(
        ("mode", "name"), [("all", "First Last"), ("initials", "F. L.")]
    )
    def test_keeps_who_it_is_from_those_without_a_right_to_people(
        self, log_in, home, stories, mode, name
    ):
        person = PersonPageFactory(parent=PeopleIndexPageFactory(parent=home))
        portrait = picture(shows="nobody")
        subject = SubjectFactory(person=person, portrait=portrait)
        story = TestimonialPageFactory(parent=stories, subject=subject)
        client = log_in("Editors")
        answer = client.get(f"/admin/pages/{story.pk}/view_draft/", {"mode": mode})
        html = BeautifulSoup(answer.content, "html.parser")

        assert html.select_one(".facts dd").text == name
        assert not html.select(".facts dd a, .story-header__portrait")
        assert "Quill" not in answer.text

    def test_names_whom_readers_see_named(self, log_in, stories):
        subject = SubjectFactory()
        story = TestimonialPageFactory(parent=stories, subject=subject)
        ConsentFactory(subject=subject, scope_name=True)
        client = log_in("Editors")
        answer = client.get(f"/admin/pages/{story.pk}/view_draft/", {"mode": "all"})

        assert "Rosalind Quill" in answer.text

    def test_changes_nothing_for_readers(self, client, log_in, stories):
        story = TestimonialPageFactory(parent=stories)
        log_in("Moderators").get(
            f"/admin/pages/{story.pk}/view_draft/", {"mode": "all"}
        )

        assert "Rosalind" not in client.get(story.url).text

    def test_of_search_results_is_still_there(self, stories):
        story = TestimonialPageFactory(parent=stories)

        assert [mode for mode, _name in story.preview_modes][-1] == "wagtail-seo"
