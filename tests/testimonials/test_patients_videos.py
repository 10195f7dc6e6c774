"""Videos at other hosts in any page, bound to what the patients in them allow."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.test.utils.form_data import rich_text, streamfield

from core.models import LiveProblem
from core.models.images import SiteImage
from core.models.videos import Video
from core.persons.person import CODE, Person, name
from core.persons.registry import widened
from core.publishing import gate
from testimonials.appearances import mark
from testimonials.consent import changing
from testimonials.consent.mending import find_places_to_mend
from testimonials.models import Consent
from testimonials.quoting.personal_data import Quotations
from testimonials.quoting.versions import QuotingVersions
from tests.helpers.addresses import reached
from tests.helpers.appearances import picture
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
)
from tests.helpers.factories_applications import ApplicationFormPageFactory
from tests.helpers.factories_evidence import ReferenceFactory, citation
from tests.helpers.factories_testimonials import (
    SubjectFactory,
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
    embed,
)
from tests.helpers.page_form import edit_url, posted

ADDRESS = "https://vimeo.com/123456789"


@pytest.fixture(autouse=True)
def allowed(settings):
    settings.VIDEO_PROVIDERS = ["vimeo"]


@pytest.fixture
def subject(db):
    return SubjectFactory(consented__scope_photograph=True)


def video(*people, poster=None, **parts):
    value = {"address": ADDRESS, "title": "First steps", "people": list(people)}
    return ("outside_video", {**value, "poster": poster or picture(), **parts})


def draft(home, *body):
    index = ArticleIndexPageFactory(parent=home)
    return ArticlePageFactory(parent=index, body=list(body), live=False)


def codes(page):
    return [
        (each.code, each.level, each.position)
        for each in gate.publishing_problems(page)
        if each.code == "video-beyond-consent"
    ]


ENDS = {
    "taken back": changing.take_back,
    "no voice": lambda who: changing.narrow(who, ["scope_voice"]),
    "no video": lambda who: changing.narrow(who, ["scope_video"]),
    "no detail": lambda who: changing.narrow(who, ["scope_medical_detail"]),
    "not here": lambda who: changing.narrow(who, ["channel_website"]),
    "in bulk": lambda who: who.consents.update(withdrawn_at=timezone.now()),
    "lapsed": lambda who: who.consents.update(valid_until="2026-01-02"),
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_is_gone_with_the_next_request_once_one_of_them_does_not_allow_it(
    client, home, subject, end
):
    other = SubjectFactory(consented__scope_photograph=True)
    parts = {"caption": "<p>In the park.</p>", "transcript": "<p>Look at me.</p>"}
    page = embed(home, video(other, subject, **parts))
    before = client.get(page.url).text
    told = [ADDRESS, "First steps", "In the park.", "Look at me."]
    assert all(each in before for each in told)

    end(subject)

    after = client.get(page.url).text
    assert not any(each in after for each in told)


def test_of_nobody_stays_whoever_takes_something_back(client, home, subject):
    page = embed(home, video())
    changing.take_back(subject)

    assert ADDRESS in client.get(page.url).text
    assert codes(page) == []


def test_is_gone_once_a_person_in_it_is_forgotten(client, home, subject):
    page = embed(home, video(subject))
    Consent.objects.all().delete()
    subject.delete()

    assert ADDRESS not in client.get(page.url).text
    page = type(page).objects.get(pk=page.pk)
    assert codes(page) == [("video-beyond-consent", "block", 0)]


@pytest.mark.usefixtures("moves_at_once")
@pytest.mark.parametrize("is_draft", [False, True], ids=["published", "draft"])
def test_its_still_picture_is_bound_to_them_too(client, home, subject, is_draft):
    poster = picture(shows="")
    if is_draft:
        page = draft(home)
        page.body = [video(subject, poster=poster)]
        page.save_revision()
    else:
        embed(home, video(subject, poster=poster))
    stored = SiteImage.objects.get(pk=poster.pk)
    addresses = [stored.file.url, stored.get_rendition("width-100").url]
    assert all(reached(client, each) for each in addresses)

    changing.take_back(subject)

    assert not any(reached(client, each) for each in addresses)


def test_a_still_picture_of_nobody_is_left_as_it_is(home, subject):
    poster = picture(shows="nobody")

    embed(home, video(subject, poster=poster))

    assert SiteImage.objects.get(pk=poster.pk).shows == "nobody"


def test_is_found_by_no_search_even_after_the_index_is_made_anew(client, home, subject):
    index = ArticleIndexPageFactory(parent=home)
    said = {"title": "Zwieback", "transcript": "<p>Zwieback.</p>"}
    of_patient, of_nobody = (
        ArticlePageFactory(parent=index, body=[block])
        for block in (video(subject, **said), video(**said))
    )

    call_command("update_index", verbosity=0)

    found = client.get("/search/", {"query": "Zwieback"}).text
    assert of_nobody.url in found
    assert of_patient.url not in found


def test_works_that_its_transcript_cites_are_told_to_nobody(client, home, subject):
    work = ReferenceFactory(title="Walking after treatment")
    page = embed(home, video(subject, transcript=f"<p>I walk {citation(work)}.</p>"))
    assert "Walking after treatment" in client.get(page.url).text

    changing.take_back(subject)

    assert "Walking after treatment" not in client.get(page.url).text


def test_is_not_published_beyond_consent_and_says_whose_it_is(home, subject):
    page = draft(home, video(subject))
    assert codes(page) == []

    changing.narrow(subject, ["scope_voice"])

    assert codes(page) == [("video-beyond-consent", "block", 0)]
    sentences = [each.sentence for each in gate.publishing_problems(page)]
    assert any(subject.reference_code in each for each in sentences)


def test_pages_with_it_are_listed_to_be_mended(home, subject):
    page = embed(home, video(subject))
    find_places_to_mend.func()
    assert not LiveProblem.objects.filter(code="video-beyond-consent").exists()

    changing.narrow(subject, ["scope_video"])
    find_places_to_mend.func()

    listed = LiveProblem.objects.filter(code="video-beyond-consent")
    assert list(listed.values_list("page", flat=True)) == [page.pk]


def test_costs_no_query_more_however_many_it_shows(client, home):
    people = [SubjectFactory(consented__scope_photograph=True) for _ in range(3)]
    index = ArticleIndexPageFactory(parent=home)

    def asked(number):
        body = [video(*people[:number]) for _each in range(number)]
        page = ArticlePageFactory(parent=index, body=body)
        client.get(page.url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page.url).text.count(ADDRESS) >= number
        return len(queries)

    assert asked(1) == asked(3)


def test_whoever_is_to_be_forgotten_is_found_in_it(home, subject):
    page = embed(home, video(subject))
    old = page.save_revision()
    page.save_revision()
    who = widened(Person(frozenset({name(CODE, subject.reference_code)})))

    assert [item.key for item in QuotingVersions().find(who)] == [str(old.pk)]
    assert [item.key for item in Quotations().find(who)] == [str(page.pk)]


@pytest.mark.usefixtures("moves_at_once")
def test_a_film_of_the_sites_own_is_gone_from_text_top_graph_and_address(
    client, home, subject
):
    film = Video.objects.create(
        title="First steps",
        poster=picture(shows=""),
        transcript="<p>Look at me.</p>",
        file=ContentFile(b"0000ftyp", "walk.mp4"),
        captions=ContentFile(b"WEBVTT", "walk.vtt"),
    )
    mark([film], subject.pk)
    film.refresh_from_db()
    index = ArticleIndexPageFactory(parent=home)
    pages = [
        ArticlePageFactory(parent=index, body=[("video", {"video": film})]),
        ArticlePageFactory(parent=index, lead_video=film),
    ]
    poster = SiteImage.objects.get()
    addresses = [film.file.url, film.captions.url, poster.file.url]
    assert all(reached(client, each) for each in addresses)
    for page in pages:
        html = client.get(page.url).text
        assert '"VideoObject"' in html
        assert "Look at me." in html

    changing.narrow(subject, ["scope_voice"])

    assert not any(reached(client, each) for each in addresses[:2])
    for page in pages:
        html = client.get(page.url).text
        assert "VideoObject" not in html
        assert "First steps" not in html
        assert "Look at me." not in html
        assert not any(each in html for each in addresses[:2])

    changing.take_back(subject)

    assert not reached(client, addresses[2])


def profile(home, *body):
    index = PeopleIndexPageFactory(parent=home)
    return PersonPageFactory(parent=index, body=list(body))


def story(home, *body):
    index = TestimonialIndexPageFactory(parent=home)
    teller = SubjectFactory(consented__scope_photograph=True)
    return TestimonialPageFactory(parent=index, subject=teller, body=list(body))


def form(home, *body):
    return ApplicationFormPageFactory(parent=home, body=list(body))


@pytest.mark.parametrize("page_of", [profile, story, form])
def test_goes_with_their_consent_on_pages_of_every_kind(client, home, subject, page_of):
    poster = picture(shows="")
    page = page_of(home, video(subject, poster=poster))
    page.save_revision()
    image = SiteImage.objects.get(pk=poster.pk)
    assert image.shows_people
    assert ADDRESS in client.get(page.url).text

    changing.take_back(subject)

    assert ADDRESS not in client.get(page.url).text
    assert codes(page) == [("video-beyond-consent", "block", 0)]


def test_a_store_that_fails_costs_nothing_that_was_typed(
    home, log_in, subject, monkeypatch
):
    page = embed(home, video())
    poster = picture(shows="")
    value = {
        "address": ADDRESS,
        "title": "Typed with care",
        "poster": {"image": poster.pk, "alt_text": "Somebody walks"},
        "caption": rich_text(""),
        "transcript": rich_text(""),
        "people": streamfield([("item", subject.pk)]),
    }
    form = posted(body=streamfield([("outside_video", value)]))

    def fail(*args, **kwargs):
        raise PermissionError("read-only")

    monkeypatch.setattr(storages["private"], "_save", fail)

    answer = log_in("Editors").post(edit_url(page), form)

    assert answer.status_code == 200
    assert "could not be moved to the private store" in answer.text
    assert "Typed with care" in answer.text
    assert SiteImage.objects.get(pk=poster.pk).shows == ""
