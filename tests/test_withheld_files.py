"""Pictures and videos leave the public store when consent ends, and come back."""

import contextlib
import itertools
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from core import gate, withheld_files
from core.models.images import SiteImage
from core.models.videos import Video
from testimonials.models.consent import Consent

from .factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
    SiteImageFactory,
)
from .factories_testimonials import (
    ConsentFactory,
    SubjectFactory,
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
)

pytestmark = pytest.mark.usefixtures("commits")
SCOPES = {"scope_medical_detail": True, "scope_photograph": True}


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    """What a test withholds goes to its own folder."""
    options = {"location": tmp_path / "withheld"}
    settings.STORAGES = {
        **settings.STORAGES,
        "withheld": {**settings.STORAGES["withheld"], "OPTIONS": options},
    }


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


def reached(client, path):
    response = client.get(path)
    if response.streaming:
        b"".join(response)  # closes the file, as nothing else does here
    return response.status_code == 200


def addresses(subject, story):
    """Every file that the story shows, by its address now; renditions too."""
    entry = story.timeline[0].value
    portrait, picture, video = subject.portrait, entry["image"], entry["video"]
    files = [portrait.file, picture.file, video.file, video.captions, video.poster.file]
    for image in (portrait, picture, video.poster):
        files.append(image.get_rendition("width-100").file)
    return [file.url for file in files]


def withdraw():
    consent = Consent.objects.get(withdrawn_at=None)
    consent.withdrawn_at = timezone.now()
    consent.save()


def let_lapse():
    Consent.objects.update(valid_until=timezone.localdate() - timedelta(days=1))
    call_command("withhold_files")


@pytest.mark.parametrize("end", [withdraw, let_lapse])
def test_no_file_of_a_story_is_reached_when_consent_has_ended(
    client, subject, story, end
):
    before = addresses(subject, story)
    assert all(reached(client, address) for address in before)

    end()

    assert [address for address in before if reached(client, address)] == []
    for image in SiteImage.objects.all():
        assert not reached(client, image.file.url)


@pytest.mark.parametrize("end", [withdraw, let_lapse])
def test_they_come_back_as_they_were_when_consent_is_given_again(
    client, subject, story, end
):
    with subject.portrait.file.open() as file:
        before = file.read()
    end()

    ConsentFactory(subject=subject, **SCOPES)

    fresh, again = type(story).objects.get(), type(subject).objects.get()
    assert all(reached(client, address) for address in addresses(again, fresh))
    with again.portrait.file.open() as file:
        assert file.read() == before
    html = client.get(story.url).content.decode()
    assert html.count("<picture") == 3  # portrait, picture, still picture of the film
    assert "not-found" not in html
    assert withheld_files.away() == set()


@pytest.mark.parametrize("scope", ["scope_photograph", "scope_medical_detail"])
def test_a_portrait_needs_both_scopes(client, subject, scope):
    address = subject.portrait.file.url
    Consent.objects.update(**{scope: False})

    call_command("withhold_files")

    assert not reached(client, address)


def test_without_photograph_the_timeline_has_no_pictures(client, subject, story):
    assert "<video" in client.get(story.url).content.decode()
    before = addresses(subject, story)

    Consent.objects.update(scope_photograph=False)
    html = client.get(story.url).content.decode()
    call_command("withhold_files")

    assert "<picture" not in html
    assert "<video" not in html
    assert [address for address in before if reached(client, address)] == []
    problems = gate.publishing_problems(type(story).objects.get())
    assert [p.code for p in problems] == ["story-picture-beyond-consent"]


def test_what_another_page_shows_stays(client, home, subject, story):
    picture = story.timeline[0].value["image"]
    ArticlePageFactory(
        parent=ArticleIndexPageFactory(parent=home), lead_image=picture
    ).save()

    withdraw()

    assert reached(client, picture.file.url)
    assert not reached(client, subject.portrait.file.url)


def test_a_portrait_stays_on_the_persons_own_profile(client, home, subject):
    person = PersonPageFactory(
        parent=PeopleIndexPageFactory(parent=home), portrait=subject.portrait
    )
    subject.person = person
    subject.save()

    withdraw()
    assert reached(client, subject.portrait.file.url)

    person.unpublish()
    call_command("withhold_files")
    assert not reached(client, subject.portrait.file.url)


def test_a_page_that_shows_a_portrait_by_itself_leaves_it_out(client, home, subject):
    article = ArticlePageFactory(
        parent=ArticleIndexPageFactory(parent=home), lead_image=subject.portrait
    )
    assert "<picture" in client.get(article.url).content.decode()

    withdraw()

    html = client.get(article.url).content.decode()
    assert "<picture" not in html
    assert "not-found" not in html


def test_a_deleted_story_does_not_bring_its_pictures_back(client, subject, story):
    withdraw()
    pictures = set(withheld_files.away())

    story.delete()
    subject.portrait = None
    subject.save()
    call_command("withhold_files")

    assert pictures
    assert withheld_files.away() == pictures


def test_nothing_is_kept_of_a_picture_that_is_deleted(subject, story):
    withdraw()

    SiteImage.objects.all().delete()
    Video.objects.all().delete()

    store = storages["withheld"]
    assert [store.listdir(name) for name in store.listdir("")[0]] == []


@pytest.mark.parametrize("query", [{}, {"q": "A"}, {"q": "drawing"}])
def test_nobody_chooses_what_is_withheld(log_in, subject, query):
    SiteImageFactory(title="A harbour")
    subject.portrait.title = "A drawing of somebody"
    subject.portrait.save()
    withdraw()

    chooser = reverse("wagtailimages_chooser:choose")
    html = log_in(None).get(chooser, query).content

    assert (b"A harbour" in html) == (query.get("q") != "drawing")
    assert b"A drawing of somebody" not in html


class TestInterruption:
    """Wherever it breaks off: nothing is lost, and the next run ends it."""

    @pytest.fixture
    def content(self, subject):
        with subject.portrait.file.open() as file:
            return file.read()

    def run_that_breaks_off_at(self, step):
        """Withhold what is due; the change of a store at ``step`` fails."""
        steps = itertools.count()

        def counted(function):
            def run(*args, **kwargs):
                if next(steps) == step:
                    raise OSError("the power is gone")
                return function(*args, **kwargs)

            return run

        with pytest.MonkeyPatch.context() as patch:
            for store in (default_storage, storages["withheld"]):
                for name in ("save", "delete"):
                    patch.setattr(store, name, counted(getattr(store, name)))
            with contextlib.suppress(OSError):
                call_command("withhold_files")

    @pytest.mark.parametrize("step", range(5))
    def test_while_it_is_put_away(self, client, subject, content, step):
        address = subject.portrait.file.url
        Consent.objects.update(withdrawn_at=timezone.now())
        self.run_that_breaks_off_at(step)

        call_command("withhold_files")
        assert not reached(client, address)

        Consent.objects.update(withdrawn_at=None)
        call_command("withhold_files")
        subject.portrait.refresh_from_db()
        with subject.portrait.file.open() as file:
            assert file.read() == content

    @pytest.mark.parametrize("step", range(4))
    def test_while_it_is_brought_back(self, subject, content, step):
        Consent.objects.update(withdrawn_at=timezone.now())
        call_command("withhold_files")
        Consent.objects.update(withdrawn_at=None)
        self.run_that_breaks_off_at(step)

        call_command("withhold_files")

        subject.portrait.refresh_from_db()
        with subject.portrait.file.open() as file:
            assert file.read() == content
        assert withheld_files.away() == set()

    def test_before_the_row_is_stored(self, client, subject):
        address = subject.portrait.file.url
        Consent.objects.update(withdrawn_at=timezone.now())
        call_command("withhold_files")
        # As if the commit had failed after the file was taken out.
        name = address.removeprefix("/media/")
        SiteImage.objects.filter(pk=subject.portrait.pk).update(file=name)

        call_command("withhold_files")
        assert SiteImage.objects.get().file.name.startswith(withheld_files.PREFIX)

        SiteImage.objects.filter(pk=subject.portrait.pk).update(file=name)
        Consent.objects.update(withdrawn_at=None)
        call_command("withhold_files")
        assert reached(client, address)
