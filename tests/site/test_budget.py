"""How many queries a reader costs: every cache empty but site roots and renditions."""

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from articles.models import ArticleIndexPage, ArticlePage
from core.models.videos import Video
from delivery.once import scope
from demonstration.seeding.load import load
from evidence.models import Reference
from home.models import HomePage, TopicPage
from people.models import PersonPage
from testimonials.models import TestimonialPage
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    ContentPageFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
    SiteImageFactory,
    TopicFactory,
    TopicIndexPageFactory,
    TopicPageFactory,
)
from tests.helpers.factories_testimonials import (
    ConsentFactory,
    SubjectFactory,
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
)

pytestmark = pytest.mark.usefixtures("quick_pictures")

# The first page of a generation asks for what the others then share.
MOST_FOR_THE_FULL_ARTICLE = 32
# Once what all pages share is known.
MOST_FOR_THE_FULL_ARTICLE_LATER = 13
MOST_LATER = 10
LARGEST_PLAIN_ARTICLE = 40 * 1024  # bytes, not compressed


def queries(client, url):
    """Return the queries of a visit, after one that made the renditions."""
    client.get(url)
    cache.clear()
    Site.get_site_root_paths()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200
    return list(captured)  # before the next visit empties the log


def later_queries(client, url):
    """Return the queries of a visit in a generation in which others came before."""
    with scope(None):
        for _ in range(2):  # the first makes renditions
            client.get(url)
        with CaptureQueriesContext(connection) as captured:
            response = client.get(url)
    assert response.status_code == 200
    return list(captured)


@pytest.mark.one_database
def test_pages_of_the_demonstration_cost_few_queries(client, root):
    load(lambda line: None)
    article = ArticlePage.objects.get(slug__startswith="can-mesenchymal").url
    others = [HomePage, ArticleIndexPage, TopicPage, TestimonialPage]
    urls = [model.objects.live().first().url for model in others]

    first = queries(client, article)
    later = {url: later_queries(client, url) for url in (article, *urls)}

    assert len(first) <= MOST_FOR_THE_FULL_ARTICLE, said(first)
    for url, captured in later.items():
        most = MOST_FOR_THE_FULL_ARTICLE_LATER if url == article else MOST_LATER
        assert len(captured) <= most, f"{url}\n{said(captured)}"


def said(captured):
    return "\n".join(query["sql"][:150] for query in captured)


def test_a_plain_article_is_at_most_forty_kilobytes(client, index):
    words = "People who rest before they tire walk further and fall less. "
    body = []
    for number in range(27):
        body.append(("heading", {"text": f"Part {number}", "level": "2"}))
        body.append(("paragraph", f"<p>{words * 10}</p>"))
    for _ in range(3):
        image = SiteImageFactory(file__width=1600, file__height=1000)
        image.contextual_alt_text = "A drawing"
        body.append(("figure", {"image": image, "caption": "<p>What it shows.</p>"}))
    article = ArticlePageFactory(parent=index, body=body)

    content = client.get(article.url).content

    assert len(article.body) == 57
    assert len(content) <= LARGEST_PLAIN_ARTICLE


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


def body(home, times):
    """Paragraphs with links and citations, pictures, and stories: ``times`` of each."""
    stories = TestimonialIndexPageFactory(parent=home, title=f"Stories {times}")
    blocks = []
    for number in range(times):
        target = ContentPageFactory(parent=home)
        reference = Reference.objects.create(title=f"Study {times}.{number}")
        story = TestimonialPageFactory(parent=stories)
        ConsentFactory(subject=story.subject)
        image = SiteImageFactory()
        image.contextual_alt_text = "A drawing"
        blocks += [
            (
                "paragraph",
                f'<p><a linktype="page" id="{target.pk}">Read</a> '
                f'<embed embedtype="citation" id="{reference.pk}"/></p>',
            ),
            ("figure", {"image": image, "caption": "<p>A caption.</p>"}),
            ("testimonial", {"story": story, "text": "<p>I walked.</p>"}),
            ("testimonial_quote", {"story": story, "text": "<p>Kind.</p>"}),
        ]
    return blocks


def test_forty_of_everything_cost_an_article_as_much_as_one(client, home, index):
    short = ArticlePageFactory(parent=index, body=body(home, 1))
    long = ArticlePageFactory(parent=index, body=body(home, 40))

    few, many = queries(client, short.url), queries(client, long.url)

    assert len(few) == len(many), "\n".join(query["sql"][:200] for query in many)


def other_blocks(home, times):
    """``times`` of each block that ``body`` leaves out, and who stands in them."""
    people = PeopleIndexPageFactory(parent=home, slug=f"people-{times}")
    stories = TestimonialIndexPageFactory(parent=home, slug=f"stories-{times}")
    blocks = []
    for number in range(times):
        image, page = SiteImageFactory(), ContentPageFactory(parent=home)
        image.contextual_alt_text = "A drawing"
        person = PersonPageFactory(parent=people, portrait=SiteImageFactory())
        video = Video.objects.create(
            title=f"A film {number}",
            poster=image,
            file=ContentFile(b"0000ftyp", "film.mp4"),
            captions=ContentFile(b"WEBVTT", "film.vtt"),
        )
        entry = {"number": 2, "unit": "days", "phase": "after", "heading": "Up"}
        story = TestimonialPageFactory(
            parent=stories,
            subject=SubjectFactory(
                portrait=SiteImageFactory(), consented__scope_photograph=True
            ),
            timeline=[
                (
                    "entry",
                    {**entry, "image": image, "video": video, "remark_by": person},
                )
            ],
        )
        cited = {"reference": Reference.objects.create(title=f"Work {times}.{number}")}
        blocks += [
            ("video", {"video": video}),
            ("spoken_quotation", {"text": "<p>So.</p>", "person": person}),
            ("block_quotation", {"text": "<p>So.</p>", **cited}),
            ("attributed_quotation", {"text": "<p>So.</p>", "author": "A", **cited}),
            ("key_fact", {"figure": "4", "text": "<p>So.</p>", **cited}),
            ("page_cards", {"pages": [page, person, story]}),
            ("call_to_action", {"heading": "Go", "label": "On", "page": page}),
            ("testimonial_carousel", {"heading": "Row", "stories": [story]}),
            ("testimonial_timeline", {"story": story}),
            ("sign_up", {"heading": "Letter", "page": page}),
        ]
    return blocks, list(PersonPage.objects.child_of(people))


@pytest.mark.one_database
def test_twenty_of_every_other_block_cost_an_article_as_much_as_one(
    client, home, index
):
    few, many = (
        queries(
            client, ArticlePageFactory(parent=index, body=body, contributors=people).url
        )
        for body, people in (other_blocks(home, 1), other_blocks(home, 20))
    )

    assert len(few) == len(many), "\n".join(query["sql"][:200] for query in many)


def test_fifty_in_a_list_cost_as_much_as_five(client, log_in, home, index):
    topic = TopicFactory()
    people = PeopleIndexPageFactory(parent=home)
    topics = TopicIndexPageFactory(parent=home)
    stories = TestimonialIndexPageFactory(parent=home)
    hub = TopicPageFactory(parent=topics, topic=topic)
    home.body = [
        ("latest_articles", {"heading": "New", "count": 12}),
        ("topics", {"heading": "Topics"}),
    ]
    home.save()

    def add(count):
        image = SiteImageFactory()
        for _ in range(count):
            person = PersonPageFactory(parent=people, portrait=image)
            ArticlePageFactory(
                parent=index, topic=topic, lead_image=image, contributors=[person]
            )
            other = TopicFactory()
            page = TopicPageFactory(parent=topics, topic=other, lead_image=image)
            other.hub = page
            other.save()
            story = TestimonialPageFactory(parent=stories, topic=topic)
            ConsentFactory(subject=story.subject)

    lists = {page.url: client for page in (index, topics, people, hub, home, stories)}
    lists["/search/?query=Article"] = client
    staff = log_in(None, Client())
    lists |= {f"/admin/pages/{page.pk}/": staff for page in (index, home)}
    add(5)
    for url, visitor in lists.items():
        visitor.get(url)  # which also looks up each type of content, once for all
    few = {url: queries(visitor, url) for url, visitor in lists.items()}
    add(45)
    many = {url: queries(visitor, url) for url, visitor in lists.items()}

    # Two pages of results instead of one ask nothing more.
    for url in lists:
        asked = "\n".join(query["sql"][:200] for query in many[url])
        assert len(many[url]) == len(few[url]), f"{url}\n{asked}"
