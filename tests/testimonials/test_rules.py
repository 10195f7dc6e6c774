"""What the gate asks of stories and of the pages that show them."""

import pytest
from django.utils import timezone

from core.publishing import gate
from testimonials.models.consent import Consent
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    SiteImageFactory,
)
from tests.helpers.factories_testimonials import (
    SubjectFactory,
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
)


@pytest.fixture
def stories(home):
    return TestimonialIndexPageFactory(parent=home)


@pytest.fixture
def articles(home):
    return ArticleIndexPageFactory(parent=home)


def codes(page):
    return [problem.code for problem in gate.publishing_problems(page)]


class TestStoryBeyondConsent:
    def test_a_story_without_consent_cannot_be_published(self, stories):
        subject = SubjectFactory(consented=False)
        story = TestimonialPageFactory(parent=stories, subject=subject, live=False)

        with pytest.raises(gate.PublishBlocked, match="No consent covers this story"):
            story.save_revision().publish()

    def test_its_draft_is_saved_all_the_same(self, stories):
        subject = SubjectFactory(consented=False)
        story = TestimonialPageFactory(parent=stories, subject=subject, live=False)

        assert story.save_revision()

    def test_a_consent_recorded_later_opens_the_gate(self, stories):
        subject = SubjectFactory(consented=False)
        story = TestimonialPageFactory(parent=stories, subject=subject, live=False)
        Consent.objects.create(
            subject=subject, scope_medical_detail=True, wording_version="1"
        )

        assert codes(story) == []

    def test_a_page_that_shows_a_withdrawn_story_is_told_at_its_block(
        self, stories, articles
    ):
        story = TestimonialPageFactory(parent=stories)
        page = ArticlePageFactory(
            parent=articles,
            body=[
                ("paragraph", "<p>Text.</p>"),
                ("testimonial_carousel", {"heading": "Row", "stories": [story]}),
            ],
        )
        Consent.objects.update(withdrawn_at=timezone.now())

        (problem,) = gate.publishing_problems(page)

        assert (problem.code, problem.level) == ("story-beyond-consent", "block")
        assert (problem.field, problem.position) == ("body", 1)

    def test_a_page_that_shows_an_unpublished_story_cannot_be_published(
        self, stories, articles
    ):
        story = TestimonialPageFactory(parent=stories)
        page = ArticlePageFactory(
            parent=articles, body=[("testimonial_timeline", {"story": story})]
        )
        story.unpublish()

        with pytest.raises(gate.PublishBlocked, match="is not published"):
            page.save_revision().publish()

    def test_costs_a_page_without_stories_nothing(
        self, articles, django_assert_num_queries
    ):
        page = ArticlePageFactory(parent=articles, body=[("paragraph", "<p>Text.</p>")])

        # Its contributors and related articles: are they complete? What did the import
        # that it came from name?
        with django_assert_num_queries(3):
            codes(page)


class TestSubjectNamed:
    @pytest.mark.parametrize(
        ("field", "text"),
        [
            ("title", "The year of rosalind quill"),
            ("slug", "a-year-of-quill"),
            ("seo_title", "Rosalind's year"),
            ("search_description", "How Quill climbed."),
            ("standfirst", "By Rosalind Quill."),
            ("change_note", "A year of Rosalind's was added."),
            ("updated_note", "A year of Rosalind's was added."),
        ],
    )
    def test_warns_of_a_name_in_a_field(self, stories, field, text):
        story = TestimonialPageFactory(parent=stories)
        setattr(story, field, text)

        (problem,) = gate.publishing_problems(story)

        assert (problem.code, problem.level) == ("subject-named", "warn")
        assert problem.field == field
        assert "Quill" not in problem.sentence

    def test_leaves_a_note_in_peace_that_is_about_to_be_replaced(self, stories):
        story = TestimonialPageFactory(parent=stories)
        story.updated_note, story.change_note = "Rosalind's year.", "The text."

        assert codes(story) == []

    def test_warns_of_a_name_in_body_timeline_and_alternative_text(self, stories):
        story = TestimonialPageFactory(parent=stories)
        image = SiteImageFactory()
        image.contextual_alt_text = "Rosalind on the stairs"
        story.body = [("paragraph", "<p>Ms <b>Quill</b> walked.</p>")]
        story.timeline = [
            ("entry", {"number": 2, "own_words": "<p>Nothing here.</p>"}),
            ("entry", {"number": 3, "heading": "Rosalind walks"}),
            ("entry", {"number": 4, "image": image}),
        ]

        problems = gate.publishing_problems(story)

        assert [
            (p.field, p.position) for p in problems if p.code == "subject-named"
        ] == [
            ("body", 0),
            ("timeline", 1),
            ("timeline", 2),
        ]

    def test_refuses_a_name_in_a_correction_which_stays_for_good(self, stories):
        story = TestimonialPageFactory(parent=stories)
        text = {"date": "2026-11-03", "text": "<p>It was <b>Quill</b>'s knee.</p>"}
        story.body = [("correction", text)]

        (problem,) = gate.publishing_problems(story)

        assert (problem.code, problem.level) == ("subject-named", "block")
        assert problem.position == 0

    def test_warns_of_a_name_on_a_page_that_shows_the_story(self, stories, articles):
        story = TestimonialPageFactory(parent=stories)
        page = ArticlePageFactory(
            parent=articles, live=False, title="Rosalind Quill", slug="a-story"
        )
        page.body = [("testimonial_quote", {"story": story, "text": "<p>Kind.</p>"})]

        assert codes(page) == ["subject-named"]

    @pytest.mark.parametrize(
        "text", ["A quill pen", "Quills and ink", "Rosalinda", "It went by."]
    )
    def test_leaves_other_words_alone(self, stories, text):
        story = TestimonialPageFactory(parent=stories)
        story.standfirst = text

        assert codes(story) == []

    def test_a_page_that_shows_another_story_may_name_whom_it_likes(
        self, stories, articles
    ):
        story = TestimonialPageFactory(
            parent=stories, subject=SubjectFactory(name="Ida Vane")
        )
        TestimonialPageFactory(parent=stories)
        page = ArticlePageFactory(
            parent=articles, live=False, title="Rosalind Quill", slug="a-story"
        )
        page.body = [("testimonial", {"story": story})]

        assert codes(page) == []


@pytest.mark.parametrize(
    ("name", "code", "is_told"),
    [
        ("Rosalind Quill", "S-3F2A", False),
        ("Rosalind Quill", "QUILL-3", True),
        ("Rosalind Quill", "RQUILL", True),
        ("Gina Ray", "original", False),
        ("Gina Ray", "gina_2", True),
        ("Jo van Eck", "S-JO", False),
    ],
)
def test_a_code_that_gives_the_name_away_is_recognised(name, code, is_told):
    from testimonials.models.subject import Subject

    assert Subject(name=name).is_told_by(code) == is_told
