"""Stories and those who tell them: valid, minimal, and covered by a consent."""

from datetime import date

import factory

from testimonials.models.consent import Consent
from testimonials.models.index_page import TestimonialIndexPage
from testimonials.models.pages import TestimonialPage
from testimonials.models.subject import Subject
from testimonials.models.wording import ConsentWording
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    PageFactory,
)


class ConsentWordingFactory(factory.django.DjangoModelFactory):
    """The text of a request for consent."""

    version = factory.Sequence(lambda n: f"2026-{n}")
    purpose = "Your story on our website"
    text = "We show your story until you take it back."
    is_asked = True

    class Meta:
        model = ConsentWording


class ConsentFactory(factory.django.DjangoModelFactory):
    """A consent to the story alone, without an end; one to photographs covers films."""

    subject = factory.SubFactory(
        "tests.helpers.factories_testimonials.SubjectFactory", consented=False
    )
    scope_medical_detail = True
    scope_photograph = False
    scope_video = factory.SelfAttribute("scope_photograph")
    scope_voice = factory.SelfAttribute("scope_photograph")
    valid_from = date(2026, 1, 1)
    wording_version = "2026-01"

    class Meta:
        model = Consent


class SubjectFactory(factory.django.DjangoModelFactory):
    """``SubjectFactory(consented=False)`` for somebody who has signed nothing."""

    name = "Rosalind Quill"

    class Meta:
        model = Subject
        skip_postgeneration_save = True

    @factory.post_generation
    def consented(subject, create, extracted, **scopes):
        if extracted is not False:
            ConsentFactory(subject=subject, **scopes)


class TestimonialIndexPageFactory(PageFactory):
    __test__ = False

    title = "Stories"

    class Meta:
        model = TestimonialIndexPage


class TestimonialPageFactory(PageFactory):
    __test__ = False

    title = factory.Sequence(lambda n: f"Story no. {n:05}")
    standfirst = "How it went, month by month."
    subject = factory.SubFactory(SubjectFactory)

    class Meta:
        model = TestimonialPage


def embed(home, *blocks):
    """Return an article of these blocks."""
    index = ArticleIndexPageFactory(parent=home)
    return ArticlePageFactory(parent=index, body=list(blocks))


def every_block(story):
    return [
        ("testimonial", {"story": story, "text": "<p>In short.</p>"}),
        ("testimonial_quote", {"story": story, "text": "<p>Quoted.</p>"}),
        ("testimonial_carousel", {"heading": "In a row", "stories": [story]}),
        ("testimonial_timeline", {"story": story}),
    ]


def subject_form(subject, **changes):
    """Return what the admin's form posts for a subject with one consent."""
    consent = subject.consents.first()
    return {
        "reference_code": subject.reference_code,
        "name": subject.name,
        "portrait": subject.portrait_id or "",
        "person": "",
        "relation": subject.relation,
        "disclosure": "",
        "consents-TOTAL_FORMS": 1,
        "consents-INITIAL_FORMS": 1,
        "consents-MIN_NUM_FORMS": 0,
        "consents-MAX_NUM_FORMS": 1000,
        "consents-0-id": consent.pk,
        "consents-0-scope_medical_detail": "on",
        "consents-0-valid_from": consent.valid_from.isoformat(),
        "consents-0-wording_version": consent.wording_version,
        **changes,
    }
