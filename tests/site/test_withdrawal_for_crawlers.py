"""Whoever noted every address before a consent ended finds nothing there afterwards.

A crawler without an account reads the whole site through the store of pages, notes
each address with what it answered, and asks again: anew, in part, and for what changed.
"""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Site

from articles.models.article_page import ArticlePage
from core.models.videos import Video
from delivery.calendar import beginning_after
from testimonials.appearances import mark
from testimonials.consent import changing
from testimonials.models import Consent
from tests.helpers.crawling import again, crawl, said_of
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    ContentPageFactory,
    SiteImageFactory,
    TopicFactory,
    TopicIndexPageFactory,
    TopicPageFactory,
)
from tests.helpers.factories_evidence import ReferenceFactory, citation
from tests.helpers.factories_testimonials import (
    SubjectFactory,
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
    every_block,
)
from tests.helpers.page_store import Visitor

# Pages are kept until something is committed, as it is here.
pytestmark = pytest.mark.django_db(transaction=True)

# Words that stand nowhere else, each for what the person allows or does not.
STORY, NAME, PICTURE, FILM = "zwqstory", "zwqname", "zwqpicture", "zwqfilm"
EVERYTHING = [STORY, NAME, PICTURE, FILM]
STARTS = [
    *("/", "/robots.txt", "/sitemap.xml", "/nowhere/", "/feeds/articles.rss"),
    *("/feeds/articles.atom", "/search/", f"/search/?query={STORY}"),
    *("/search/?query=recovery", f"/search/?query={NAME}", "/report/"),
]


@pytest.fixture
def visitor(settings, tmp_path):
    settings.PAGE_STORE = str(tmp_path / "pages")
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    settings.WAGTAILADMIN_BASE_URL = "http://localhost:8000"
    settings.VIDEO_PROVIDERS = ["vimeo"]
    return Visitor()


def picture(name):
    image = SiteImageFactory(
        title=f"{PICTURE} {name}",
        description=f"{PICTURE} on a sea wall",
        file__filename=f"{PICTURE}-{name}.png",
        file__width=420,
        file__height=220,
    )
    image.contextual_alt_text = f"{PICTURE} {name}"
    return image


def film(name):
    return Video.objects.create(
        title=f"{FILM} {name}",
        summary=f"{FILM} in a sentence.",
        transcript=f"<p>{FILM} says so.</p>",
        duration_seconds=9,
        poster=picture(f"poster-{name}"),
        file=ContentFile(b"0000ftyp" + FILM.encode(), f"{FILM}-{name}.mp4"),
        captions=ContentFile(
            f"WEBVTT\n\n00:00.000 --> 00:01.000\n{FILM}".encode(), f"{FILM}-{name}.vtt"
        ),
    )


@pytest.fixture
def subject(home):
    return SubjectFactory(
        name="Zwqname Quill",
        portrait=picture("portrait"),
        consented__scope_photograph=True,
        consented__scope_name=True,
        consented__scope_initials=True,
    )


@pytest.fixture
def world(home, subject):
    """A story and everything of its person in every place that there is."""
    Site.objects.update(hostname="localhost", port=8000)
    topic = TopicFactory(name="Walking", slug="walking")
    stories = TestimonialIndexPageFactory(parent=home)
    blog = ArticleIndexPageFactory(parent=home)
    cited = ReferenceFactory(title="A trial")
    story = TestimonialPageFactory(
        parent=stories,
        subject=subject,
        topic=topic,
        title=f"Recovery {STORY}",
        slug=STORY,
        standfirst=f"A recovery {STORY}.",
        quote=f"Short {STORY}.",
        condition=f"Weakness {STORY}",
        og_image=picture("card"),
        body=[
            ("paragraph", f"<p>Recovery {STORY} {citation(cited)}.</p>"),
            outside_video(),
        ],
        timeline=[
            (
                "entry",
                {
                    "number": 2,
                    "heading": f"Recovery {STORY}",
                    "text": f"<p>Recovery {STORY}.</p>",
                    "own_words": f"<p>I said {STORY}.</p>",
                    "image": picture("entry"),
                    "video": film("entry"),
                },
            )
        ],
    )
    quoted = {"subject": subject, "text": f"<p>Recovery, I said {STORY}.</p>"}
    shown, in_text, on_top = picture("figure"), film("text"), film("top")
    for each in (shown, in_text, on_top):
        mark([each], subject.pk)
        each.refresh_from_db()
    body = [
        ("paragraph", "<p>About recovery.</p>"),
        *every_block(story),
        ("patient_quote", quoted),
        ("figure", {"image": shown, "caption": "", "credit": ""}),
        ("video", {"video": in_text, "caption": ""}),
        outside_video(subject),
        ("page_cards", {"heading": "", "pages": [story]}),
        (
            "call_to_action",
            {"heading": "Read", "text": "", "label": "On", "page": story},
        ),
        ("paragraph", f'<p>Read <a linktype="page" id="{story.pk}">it</a>.</p>'),
    ]
    article = ArticlePageFactory(
        parent=blog,
        title="An article",
        slug="article",
        topic=topic,
        lead_image=shown,
        og_image=shown,
        body=body,
        live=False,
    )
    article.save_revision().publish()
    corrected = ArticlePage.objects.get(pk=article.pk)
    blocks = corrected.body.get_prep_value()
    blocks[0]["value"] = "<p>48 people took part.</p>"
    said = {"date": "2026-11-03", "text": "<p>It said something else.</p>"}
    blocks.insert(1, {"type": "correction", "value": said, "id": "c1"})
    corrected.body = json.dumps(blocks)
    corrected.save_revision().publish()
    filmed = ArticlePageFactory(
        parent=blog, title="A film", topic=topic, lead_video=on_top
    )
    TestimonialPageFactory(parent=stories, subject=subject, slug="plain", title=STORY)
    hub = TopicPageFactory(parent=TopicIndexPageFactory(parent=home), topic=topic)
    ContentPageFactory(parent=home, title="A page", body=body)
    home.lead_image = shown
    home.save()
    return {"story": story, "article": article, "filmed": filmed, "hub": hub}


def outside_video(*people):
    value = {
        "address": "https://vimeo.com/123456789",
        "title": f"{FILM} elsewhere",
        "poster": picture("elsewhere"),
        "transcript": f"<p>{FILM} says so.</p>",
    }
    return ("outside_video", {**value, **({"people": list(people)} if people else {})})


def traces(noted, words):
    """Return the addresses of which the answer, or the address, has one of ``words``.

    Files are known by their names, which their addresses have.
    """
    found = set()
    for address, answer in noted.items():
        says = f"{address.partition('?')[0]} {said_of(address, answer)}"
        if answer.status == 200 and any(word in says for word in words):
            found.add(address)
    return found


def left(visitor, noted, words):
    """Return what still says one of ``words``, with how it was asked for."""
    found = []
    for address in sorted(traces(noted, words)):
        for how, answer in again(visitor, address, noted[address]):
            is_its_own = any(word in address.partition("?")[0] for word in words)
            said = said_of(address, answer)
            is_said = any(word in said for word in words)
            if answer.status == 304 or is_said or (is_its_own and answer.status < 400):
                found.append((address, how, answer.status))
    return found


KINDS = {
    "the story": lambda a: a.endswith(f"/{STORY}/"),
    "an article": lambda a: a.endswith("/article/"),
    "an earlier version": lambda a: "/versions/" in a,
    "a list": lambda a: a.count("/") == 2 and "stories" in a,
    "a topic": lambda a: "topic" in a,
    "a search": lambda a: a.startswith("/search/?query=recovery"),
    "the sitemap": lambda a: a.startswith("/sitemap"),
    "a rendition": lambda a: "/pictures/" in a and ".width-" in a,
    "a film": lambda a: a.endswith(".mp4"),
    "captions": lambda a: a.endswith(".vtt"),
    "a still picture": lambda a: f"{PICTURE}-poster" in a,
    "a still picture of a video elsewhere": lambda a: f"{PICTURE}-elsewhere" in a,
    "a social picture": lambda a: "fill-1200x630" in a,
    "a portrait": lambda a: f"{PICTURE}-portrait" in a,
}


def noted_by(visitor, words):
    """Read the whole site, and make sure that there was something to note."""
    noted = crawl(visitor, STARTS)
    noted |= crawl(visitor, STARTS)  # what is made by the first visit
    told = traces(noted, words)
    for kind, is_one in KINDS.items():
        if words == EVERYTHING:
            assert any(map(is_one, told)), f"{kind} told nothing before"
    return noted


def assert_nothing_is_left(visitor, noted, words):
    found = left(visitor, noted, words)
    assert not found, found[:5]
    anew = crawl(visitor, [*STARTS, *noted])
    assert not traces(anew, words), sorted(traces(anew, words))[:5]


# What databases may answer differently, the two beneath ask.
@pytest.mark.one_database
def test_after_a_withdrawal_nothing_is_left_at_any_address(visitor, world, subject):
    noted = noted_by(visitor, EVERYTHING)

    changing.take_back(subject)

    assert_nothing_is_left(visitor, noted, EVERYTHING)
    story = visitor.get(f"/stories/{STORY}/")
    assert story.status == 410
    assert "consent" not in story.text.casefold()


def test_after_a_consent_has_lapsed_nothing_is_left_though_nothing_was_stored(
    visitor, world, subject, at, monkeypatch
):
    """Nobody does anything between the requests: a day ends, and that is all."""
    Consent.objects.update(valid_until=timezone.localdate())
    noted = noted_by(visitor, EVERYTHING)
    midnight = beginning_after(timezone.localdate())

    moment = midnight + timedelta(seconds=1)
    at(moment)
    for module in ("linked", "store", "pages"):
        monkeypatch.setattr(f"delivery.{module}.time.time", moment.timestamp)

    assert_nothing_is_left(visitor, noted, EVERYTHING)
    assert visitor.get(f"/stories/{STORY}/").status == 410


@pytest.mark.parametrize(
    ("scopes", "gone", "stays"),
    [
        (["scope_name"], [NAME], [STORY, PICTURE, FILM]),
        (["scope_photograph"], [PICTURE], [STORY, NAME, FILM]),
        (["scope_voice"], [FILM], [STORY, NAME, PICTURE]),
        (["channel_website"], EVERYTHING, []),
    ],
    ids=["name", "photograph", "voice", "website"],
)
def test_after_narrowing_only_what_is_still_allowed_is_left(
    visitor, world, subject, scopes, gone, stays
):
    noted = noted_by(visitor, EVERYTHING)

    changing.narrow(subject, scopes)

    assert_nothing_is_left(visitor, noted, gone)
    story = visitor.get(f"/stories/{STORY}/")
    for word in stays:
        assert word in story.text.casefold(), f"{word} is allowed"


def test_until_then_whoever_has_a_film_is_told_so_and_gets_no_content(visitor, world):
    film = Video.objects.first().file.url
    known = visitor.get(film).headers["ETag"]

    answer = visitor.get(film, If_None_Match=known)

    assert (answer.status, answer.content) == (304, b"")
    assert "Content-Type" not in answer.headers


def test_the_drawn_picture_of_a_story_is_gone_with_it(visitor, world, subject):
    call_command("make_social_pictures", stdout=StringIO())
    noted = crawl(visitor, ["/stories/plain/"], most=2_000)
    drawn = {a: each for a, each in noted.items() if a.startswith("/social-pictures/")}
    [address] = [a for a in drawn if a in noted["/stories/plain/"].text]
    assert drawn[address].status == 200

    changing.take_back(subject)

    for how, answer in again(visitor, address, drawn[address]):
        assert answer.status >= 400, how
