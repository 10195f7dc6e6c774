"""After a withdrawal nothing is public, wherever a picture was or is named."""

import threading

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.utils import timezone

from core.models.images import SiteImage
from core.models.live_problems import LiveProblem
from core.models.videos import Video
from testimonials.models import Consent, Subject, TestimonialPage
from tests.helpers.addresses import public_files, reached
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    SiteImageFactory,
)
from tests.helpers.factories_testimonials import (
    ConsentFactory,
    SubjectFactory,
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
    embed,
    every_block,
)
from tests.helpers.worker import queue, run_queued  # noqa: F401  (fixture)

pytestmark = pytest.mark.usefixtures("moves_at_once")


@pytest.fixture
def subject(home):
    return SubjectFactory(consented__scope_photograph=True)


@pytest.fixture
def index(home):
    return TestimonialIndexPageFactory(parent=home)


def entry(image):
    image.contextual_alt_text = "A boat"
    return [("entry", {"number": 2, "image": image})]


def replaced_portrait(subject, index):
    subject.portrait = SiteImageFactory()
    subject.save()
    subject.portrait = SiteImageFactory()
    subject.save()


def portrait_that_was_cleared(subject, index):
    subject.portrait = SiteImageFactory()
    subject.save()
    subject.portrait = None
    subject.save()


def taken_out_of_the_timeline(subject, index):
    story = TestimonialPageFactory(
        parent=index, subject=subject, timeline=entry(SiteImageFactory())
    )
    story.timeline = []
    story.save()
    story.save_revision().publish()


def named_by_an_unpublished_page(subject, index):
    image = SiteImageFactory()
    TestimonialPageFactory(parent=index, subject=subject, timeline=entry(image))
    articles = ArticleIndexPageFactory(parent=index.get_parent())
    ArticlePageFactory(parent=articles, lead_image=image).unpublish()


def only_in_a_draft(subject, index):
    story = TestimonialPageFactory(parent=index, subject=subject)
    story.timeline = entry(SiteImageFactory())
    story.save_revision()


def only_in_an_old_version(subject, index):
    only_in_a_draft(subject, index)
    TestimonialPage.objects.get().save_revision()


def of_a_story_that_was_never_published(subject, index):
    TestimonialPageFactory(
        parent=index, subject=subject, live=False, timeline=entry(SiteImageFactory())
    )


def of_a_deleted_story(subject, index):
    TestimonialPageFactory(
        parent=index, subject=subject, timeline=entry(SiteImageFactory())
    ).delete()


def film_of_a_deleted_story(subject, index):
    video = Video.objects.create(
        title="Walking",
        poster=SiteImageFactory(),
        file=ContentFile(b"0000ftyp", "walk.mp4"),
        captions=ContentFile(b"WEBVTT", "walk.vtt"),
    )
    TestimonialPageFactory(
        parent=index,
        subject=subject,
        timeline=[("entry", {"number": 2, "video": video})],
    ).delete()


STATES = [
    replaced_portrait,
    portrait_that_was_cleared,
    taken_out_of_the_timeline,
    named_by_an_unpublished_page,
    only_in_a_draft,
    only_in_an_old_version,
    of_a_story_that_was_never_published,
    of_a_deleted_story,
    film_of_a_deleted_story,
]


def addresses():
    files = [file for v in Video.objects.all() for file in (v.file, v.captions)]
    for image in SiteImage.objects.all():
        files += [image.file, image.get_rendition("width-100").file]
    return [file.url for file in files]


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_nothing_is_public_from_the_next_request_on(client, subject, index, state):
    state(subject, index)
    before = addresses()
    assert len(before) >= 2
    assert all(reached(client, address) for address in before)

    Consent.objects.update(withdrawn_at=timezone.now())

    assert [address for address in before if reached(client, address)] == []
    assert public_files() == []


def test_what_was_public_before_it_was_chosen_is_gone(client, subject, index):
    image = SiteImageFactory()
    before = [image.file.url, image.get_rendition("width-100").url]
    assert all(reached(client, address) for address in before)

    TestimonialPageFactory(parent=index, subject=subject, timeline=entry(image))

    assert [address for address in before if reached(client, address)] == []


def test_a_portrait_does_not_come_back_when_the_field_is_cleared(
    client, subject, index
):
    """A draft that names it made it public again before."""
    portrait = SiteImageFactory()
    subject.portrait = portrait
    subject.save()
    articles = ArticleIndexPageFactory(parent=index.get_parent())
    article = ArticlePageFactory(parent=articles, lead_image=portrait)
    article.save_revision()
    Consent.objects.update(withdrawn_at=timezone.now())

    subject.portrait = None
    subject.save()
    Subject.objects.update(portrait=None)
    article.save(update_fields=["lead_image"])

    portrait = SiteImage.objects.get()
    assert portrait.shows == "people"
    assert not reached(client, portrait.file.url)
    assert public_files() == []
    assert "<picture" not in client.get(article.url).content.decode()


@pytest.mark.django_db(transaction=True)
def test_what_is_rendered_at_the_moment_of_withdrawal_is_not_public(
    client, root, home, monkeypatch
):
    subject = SubjectFactory(
        portrait=SiteImageFactory(), consented__scope_photograph=True
    )
    story = TestimonialPageFactory(
        parent=TestimonialIndexPageFactory(parent=home), subject=subject
    )
    generate, rendering, withdrawn = (
        SiteImage.generate_rendition_file,
        threading.Event(),
        threading.Event(),
    )

    def generate_and_wait(*args, **kwargs):
        rendering.set()
        assert withdrawn.wait(30)
        return generate(*args, **kwargs)

    def read():
        pages.append(client.get(story.url).content.decode())
        connection.close()

    pages = []
    monkeypatch.setattr(SiteImage, "generate_rendition_file", generate_and_wait)
    reader = threading.Thread(target=read)
    reader.start()
    assert rendering.wait(30)
    Consent.objects.update(withdrawn_at=timezone.now())
    withdrawn.set()
    reader.join()

    found = addresses()
    assert f"/pictures/{subject.portrait.pk}/" in pages[0]
    assert len(found) == 2
    assert [address for address in found if reached(client, address)] == []
    assert public_files() == []


@pytest.mark.usefixtures("queue")
def test_what_pages_have_to_mend_is_listed_within_moments(home, subject, index):
    story = TestimonialPageFactory(parent=index, subject=subject)
    quoting = embed(home, *every_block(story))
    run_queued()
    assert not LiveProblem.objects.exists()

    Consent.objects.update(withdrawn_at=timezone.now())
    run_queued()

    listed = LiveProblem.objects.filter(code="story-beyond-consent")
    assert set(listed.values_list("page", flat=True)) == {story.pk, quoting.pk}

    ConsentFactory(subject=subject)
    run_queued()
    assert not LiveProblem.objects.exists(), "what is right again is forgotten"
