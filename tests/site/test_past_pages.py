"""A page whose time is over is gone by the clock, whether or not a timer runs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.models.site_settings import DisclaimerSettings, FooterSettings
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
    TopicFactory,
    TopicIndexPageFactory,
    TopicPageFactory,
)
from tests.helpers.factories_applications import ApplicationFormPageFactory
from tests.helpers.factories_testimonials import (
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
)

pytestmark = pytest.mark.django_db

TITLE = "Sleep in summer"


@pytest.fixture
def topic():
    return TopicFactory()


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


@pytest.fixture
def hub(home, topic):
    hub = TopicPageFactory(parent=TopicIndexPageFactory(parent=home), topic=topic)
    topic.hub = hub
    topic.save()
    return hub


@pytest.fixture
def article(index, topic):
    return ArticlePageFactory(
        parent=index, title=TITLE, topic=topic, search_description="About sleep."
    )


def expire(page, **ago):
    type(page).objects.filter(pk=page.pk).update(
        expire_at=timezone.now() - timedelta(**ago)
    )


def places(client, article, hub, index):
    urls = ["/sitemap.xml", "/feeds/articles.atom", "/feeds/articles.rss"]
    urls += ["/search/?query=sleep", hub.url, index.url]
    read = {url: client.get(url).content.decode() for url in urls}
    return {url: article.url in html or TITLE in html for url, html in read.items()}


def test_it_is_named_nowhere(client, article, hub, index):
    assert set(places(client, article, hub, index).values()) == {True}

    expire(article, hours=2)

    assert set(places(client, article, hub, index).values()) == {False}
    assert client.get(article.url).status_code == 404


def test_one_whose_time_is_to_come_is_there(client, article, hub, index):
    expire(article, hours=-2)

    assert set(places(client, article, hub, index).values()) == {True}
    assert client.get(article.url).status_code == 200


def test_links_and_buttons_to_it_are_gone(client, index, article):
    link = f'<p><a linktype="page" id="{article.pk}">see</a></p>'
    button = {"heading": "Go", "label": "On", "page": article}
    other = ArticlePageFactory(
        parent=index, body=[("paragraph", link), ("call_to_action", button)]
    )
    expire(article, seconds=1)

    assert article.url not in client.get(other.url).content.decode()


LINKED = '<p>See <a linktype="page" id="{}">this</a>.</p>'


@pytest.mark.parametrize("hide", ["expire", "unpublish", "delete", "withdraw"])
@pytest.mark.parametrize(
    ("model", "field"),
    [(FooterSettings, "small_print"), (DisclaimerSettings, "general")],
)
def test_so_are_those_in_what_stands_on_every_page(
    client, home, index, model, field, hide
):
    stories = TestimonialIndexPageFactory(parent=home)
    page = TestimonialPageFactory(parent=stories)
    model.objects.create(site=home.get_site(), **{field: LINKED.format(page.pk)})
    assert f'<a href="{page.url}">this</a>' in client.get(index.url).content.decode()

    match hide:
        case "expire":
            expire(page, seconds=1)
        case "withdraw":
            page.subject.consents.all().delete()
        case _:
            getattr(page, hide)()

    html = client.get(index.url).content.decode()
    assert page.url not in html
    assert f'<a data-page="{page.pk}">this</a>' in html


def test_so_is_that_in_what_a_form_says_of_its_answers(client, home, article):
    text = LINKED.format(article.pk)
    form = ApplicationFormPageFactory(parent=home, answers_text=text)
    form.save_revision().publish()
    assert article.url in client.get(form.url).content.decode()

    expire(article, seconds=1)

    assert article.url not in client.get(form.url).content.decode()


def test_so_is_the_link_to_a_topics_page(client, article, hub):
    expire(hub, seconds=1)

    assert f'href="{hub.url}"' not in client.get(article.url).content.decode()


def test_so_are_people(client, home):
    people = PeopleIndexPageFactory(parent=home)
    person = PersonPageFactory(parent=people, title="Ada")
    expire(person, seconds=1)

    assert "Ada" not in client.get(people.url).content.decode()


def test_editors_still_preview_it(log_in, article):
    article.save_revision()
    expire(article, hours=2)

    client = log_in("Editors")

    assert client.get(f"/admin/pages/{article.pk}/view_draft/").status_code == 200
