"""Files of pictures and films that show people are reached while those consent."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Site
from wagtailseo.models import SeoSettings

from core.media.coverage import Purpose, covered
from core.models.images import SiteImage
from core.models.organisation import Organisation
from core.models.videos import Video
from core.publishing import gate
from testimonials.models import Appearance, Consent
from tests.helpers.addresses import public_files, reached
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
    SiteImageFactory,
)
from tests.helpers.factories_testimonials import (
    ConsentFactory,
    SubjectFactory,
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
)

pytestmark = pytest.mark.usefixtures("moves_at_once")

SCOPES = {"scope_medical_detail": True, "scope_photograph": True}


@pytest.fixture
def subject(home):
    return SubjectFactory(portrait=SiteImageFactory(), consented__scope_photograph=True)


@pytest.fixture
def story(home, subject):
    poster, picture = SiteImageFactory(), SiteImageFactory()
    picture.contextual_alt_text = "A boat"
    video = Video.objects.create(
        title="Walking",
        poster=poster,
        file=ContentFile(b"0000ftyp a film", "walk.mp4"),
        captions=ContentFile(b"WEBVTT", "walk.vtt"),
    )
    return TestimonialPageFactory(
        parent=TestimonialIndexPageFactory(parent=home),
        subject=subject,
        timeline=[("entry", {"number": 2, "image": picture, "video": video})],
    )


def addresses():
    """Every file of every picture and film, by its address now; renditions too."""
    films = [file for v in Video.objects.all() for file in (v.file, v.captions)]
    pictures = list(SiteImage.objects.all())
    files = [*films, *(image.file for image in pictures)]
    files += [image.get_rendition("width-100").file for image in pictures]
    return [file.url for file in files]


def withdraw():
    consent = Consent.objects.get(withdrawn_at=None)
    consent.withdrawn_at = timezone.now()
    consent.save()


def let_lapse():
    Consent.objects.update(valid_until=timezone.localdate() - timedelta(days=1))


@pytest.fixture(params=[withdraw, let_lapse])
def end(request):
    """Each way in which a consent ends; nothing else runs, no timer and no task."""
    return request.param


def test_no_file_of_a_story_is_reached_when_consent_has_ended(client, story, end):
    before = addresses()
    assert len(before) == 8
    assert all(reached(client, address) for address in before)

    end()

    assert [address for address in before if reached(client, address)] == []
    assert public_files() == []


def test_they_are_reached_again_at_the_same_address_when_it_is_given(
    client, subject, story, end
):
    before = addresses()
    end()

    ConsentFactory(subject=subject, **SCOPES)

    assert all(reached(client, address) for address in before)
    html = client.get(story.url).content.decode()
    assert html.count("<picture") == 3  # portrait, picture, still picture of the film
    assert "not-found" not in html


@pytest.mark.parametrize("scope", ["scope_photograph", "scope_medical_detail"])
def test_a_portrait_needs_both_scopes(client, subject, scope):
    subject.portrait.refresh_from_db()
    address = subject.portrait.file.url
    assert reached(client, address)

    Consent.objects.update(**{scope: False})

    assert not reached(client, address)


def test_a_group_s_picture_needs_the_consent_of_everybody(client, home):
    group, other = SiteImageFactory(), SubjectFactory(consented__scope_photograph=True)
    SubjectFactory(portrait=group, consented__scope_photograph=True)
    Appearance.objects.create(subject=other, image=group)
    group.refresh_from_db()
    assert reached(client, group.file.url)

    other.consents.update(withdrawn_at=timezone.now())

    assert not reached(client, group.file.url)


def test_a_story_leaves_out_a_portrait_that_another_person_does_not_allow(
    client, subject, story
):
    other = SubjectFactory(consented=False)
    Appearance.objects.create(subject=other, image=subject.portrait)

    for page in (story.url, story.get_parent().url):
        html = client.get(page).content.decode()
        assert f"/pictures/{subject.portrait.pk}/" not in html
        assert "not-found" not in html


def test_a_picture_of_people_whom_nobody_has_named_is_for_nobody(client, db):
    image = SiteImageFactory(shows="people")

    assert image.file.url.startswith(f"/pictures/{image.pk}/")
    assert not reached(client, image.file.url)
    assert public_files() == []


def test_without_photograph_the_timeline_has_no_pictures(client, story):
    assert "<video" in client.get(story.url).content.decode()
    before = addresses()

    Consent.objects.update(scope_photograph=False)

    html = client.get(story.url).content.decode()
    assert "<picture" not in html
    assert "<video" in html, "that is allowed by itself"
    Consent.objects.update(scope_voice=False)
    assert "<video" not in client.get(story.url).content.decode()
    assert [address for address in before if reached(client, address)] == []
    problems = gate.publishing_problems(type(story).objects.get())
    assert [p.code for p in problems] == ["story-picture-beyond-consent"]


def test_what_a_picture_shows_counts_wherever_it_is_used(client, home, story):
    picture = story.timeline[0].value["image"]
    article = ArticlePageFactory(
        parent=ArticleIndexPageFactory(parent=home), lead_image=picture
    )
    pages = (article.url, article.get_parent().url)
    assert all("<picture" in client.get(page).content.decode() for page in pages)

    withdraw()

    for page in pages:
        html = client.get(page).content.decode()
        assert "<picture" not in html
        assert "not-found" not in html
        assert "/pictures/" not in html


@pytest.mark.parametrize(
    ("model", "name"), [(SeoSettings, "og_image_default"), (Organisation, "premises")]
)
def test_the_site_s_own_pictures_are_left_out_as_well(
    client, home, subject, model, name
):
    settings = model.for_site(Site.objects.get())
    setattr(settings, name, subject.portrait)
    settings.save()
    assert "/pictures/" in client.get("/").content.decode()

    withdraw()

    assert "/pictures/" not in client.get("/").content.decode()


def test_what_somebody_said_to_show_nobody_stays(client, home, subject):
    boat = SiteImageFactory(shows="nobody")
    boat.contextual_alt_text = "A boat"
    TestimonialPageFactory(
        parent=TestimonialIndexPageFactory(parent=home),
        subject=subject,
        timeline=[("entry", {"number": 2, "image": boat})],
    )

    withdraw()

    assert reached(client, SiteImage.objects.get(pk=boat.pk).file.url)


def test_a_portrait_stays_on_the_persons_own_profile(client, home, subject):
    person = PersonPageFactory(
        parent=PeopleIndexPageFactory(parent=home), portrait=subject.portrait
    )
    subject.person = person
    subject.save()
    subject.portrait.refresh_from_db()
    withdraw()

    assert covered(subject.portrait, Purpose.PROFILE)
    assert not covered(subject.portrait, Purpose.PAGE)
    assert reached(client, subject.portrait.file.url)
    for url in (person.url, person.get_parent().url):
        assert "<picture" in client.get(url).content.decode()

    person.unpublish()

    assert not reached(client, subject.portrait.file.url)
