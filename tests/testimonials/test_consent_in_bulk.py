"""Consents and subjects changed by a queryset take effect as when they are saved."""

import pytest
from django.core.files.storage import storages
from django.utils import timezone

from core.media.private_files import NotMoved
from core.models.images import SiteImage
from people.models import PersonPage
from testimonials.models.consent import Consent
from testimonials.models.subject import Subject
from tests.helpers.addresses import public_files, reached
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
    SiteImageFactory,
)
from tests.helpers.factories_testimonials import (
    SubjectFactory,
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
)

pytestmark = pytest.mark.usefixtures("moves_at_once")


@pytest.fixture
def subject(home):
    return SubjectFactory(portrait=SiteImageFactory(), consented__scope_photograph=True)


@pytest.fixture
def story(home, subject):
    return TestimonialPageFactory(
        parent=TestimonialIndexPageFactory(parent=home), subject=subject
    )


def address(image):
    return SiteImage.objects.get(pk=image.pk).file.url


def withdrawn():
    """Return the consent, withdrawn and not stored."""
    consent = Consent.objects.get()
    consent.withdrawn_at = timezone.now()
    return consent


ENDS = {
    "update": lambda subject: Consent.objects.update(withdrawn_at=timezone.now()),
    "update of some": lambda subject: Consent.objects.filter(subject=subject).update(
        scope_photograph=False, scope_medical_detail=False
    ),
    "bulk_update": lambda subject: Consent.objects.bulk_update(
        [withdrawn()], ["withdrawn_at"]
    ),
    "bulk_create over it": lambda subject: Consent.objects.bulk_create(
        [withdrawn()],
        update_conflicts=True,
        update_fields=["withdrawn_at"],
        unique_fields=["id"],
    ),
    "the subject's own": lambda subject: subject.consents.update(
        withdrawn_at=timezone.now()
    ),
    "base manager": lambda subject: Consent._base_manager.update(
        withdrawn_at=timezone.now()
    ),
    "save": lambda subject: withdrawn().save(),
    "delete": lambda subject: Consent.objects.get().delete(),
    "delete of all": lambda subject: Consent.objects.all().delete(),
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_a_consent_ends_in_whatever_way(client, subject, story, end):
    assert client.get(story.url).status_code == 200
    assert reached(client, address(subject.portrait))

    end(subject)

    assert client.get(story.url).status_code in {404, 410}
    assert not reached(client, address(subject.portrait))


def test_one_given_in_bulk_counts(client, subject):
    Consent.objects.all().delete()
    assert not reached(client, address(subject.portrait))

    Consent.objects.bulk_create(
        [
            Consent(
                subject=subject,
                scope_medical_detail=True,
                scope_photograph=True,
                wording_version="2026-01",
            )
        ]
    )

    assert reached(client, address(subject.portrait))


PORTRAITS = {
    "update": lambda portrait: Subject.objects.update(portrait=portrait),
    "base manager": lambda portrait: Subject._base_manager.update(portrait=portrait),
    "bulk_create": lambda portrait: Subject.objects.bulk_create(
        [Subject(name="Mira Holt", portrait=portrait)]
    ),
    "save": lambda portrait: Subject(name="Mira Holt", portrait=portrait).save(),
}


@pytest.mark.parametrize("give", PORTRAITS.values(), ids=PORTRAITS)
def test_a_portrait_given_in_whatever_way_needs_consent(client, home, give):
    SubjectFactory(consented=False)
    portrait = SiteImageFactory(shows="nobody")

    give(portrait)

    assert not reached(client, address(portrait))
    assert public_files() == []


@pytest.mark.parametrize("give", PORTRAITS.values(), ids=PORTRAITS)
def test_without_the_private_store_no_portrait_is_given(home, monkeypatch, give):
    def fail(*args, **kwargs):
        raise PermissionError("read-only")

    SubjectFactory(consented=False)
    portrait = SiteImageFactory()
    monkeypatch.setattr(storages["private"], "_save", fail)

    with pytest.raises(NotMoved):
        give(portrait)

    assert not Subject.objects.exclude(portrait=None).exists()
    assert SiteImage.objects.get().shows == ""


@pytest.mark.parametrize(
    "delete", [Subject.delete, lambda s: type(s).objects.all().delete()]
)
def test_a_deleted_subject_s_portrait_stays_private(client, home, delete):
    portrait = SiteImageFactory()
    index = ArticleIndexPageFactory(parent=home)
    ArticlePageFactory(parent=index, lead_image=portrait)
    subject = SubjectFactory(consented=False, portrait=portrait)

    delete(subject)

    assert not reached(client, address(portrait))


def test_a_deleted_profile_no_longer_shows_the_portrait(client, home):
    """Django takes the profile out of the subject by an update of its own."""
    portrait = SiteImageFactory()
    people = PeopleIndexPageFactory(parent=home)
    person = PersonPageFactory(parent=people, portrait=portrait)
    SubjectFactory(consented=False, portrait=portrait, person=person)
    assert reached(client, address(portrait))

    PersonPage.objects.get().delete()

    assert Subject.objects.get().person is None
    assert not reached(client, address(portrait))
