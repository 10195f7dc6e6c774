"""What requests share until something changes is true for each of them, at its time.

Nobody stores anything during the generation that the fixture opens.
"""

import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from articles.models import ArticlePage
from articles.querysets import newest_cards, picked_cards
from core.models.images import SiteImage
from core.models.shown_people import Shows
from core.models.site_settings import FooterSettings, NavigationSettings
from core.prefetch.sources import fetch
from delivery import once
from delivery.once import scope
from people.models import PersonPage
from testimonials.models import Appearance
from testimonials.models.consent import Consent
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
    SubjectFactory,
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pictures")]


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


@pytest.fixture
def later(monkeypatch):
    """``later(days=1)`` lets that much time go by for the site."""

    def go(**passed):
        now = timezone.now() + timedelta(**passed)
        monkeypatch.setattr(timezone, "now", lambda: now)

    return go


@pytest.fixture
def generation(monkeypatch):
    """Return what opens a generation, as if everything were committed."""
    monkeypatch.setattr(once, "_shared", ("gen-0", {}))

    def opened():
        monkeypatch.setattr(connection, "has_visible_changes", False)
        return scope(f"gen-{int(time.time())}")

    return opened


def html(client, page):
    return client.get(page.url).content.decode()


def menu(page):
    link = {"label": "", "page": page, "url": "", "children": []}
    NavigationSettings.objects.create(site=Site.objects.get(), menu=[("item", link)])


def small_print(page):
    text = f'<p><a linktype="page" id="{page.pk}">Prices</a></p>'
    FooterSettings.objects.create(site=Site.objects.get(), small_print=text)


def in_menu(client, home, page):
    entries = client.get(home.url).context["chrome"].navigation
    return page.url in [entry["url"] for entry in entries]


def test_a_page_whose_time_ends_leaves_the_menu(client, home, later, generation):
    page = ContentPageFactory(
        parent=home, expire_at=timezone.now() + timedelta(minutes=5)
    )
    menu(page)

    with generation():
        before = in_menu(client, home, page)
        later(minutes=6)

        assert before
        assert not in_menu(client, home, page)


def test_a_page_whose_time_ends_is_no_link_in_the_small_print(
    client, home, later, generation
):
    page = ContentPageFactory(
        parent=home, expire_at=timezone.now() + timedelta(minutes=5)
    )
    small_print(page)

    with generation():
        before = html(client, home)
        later(minutes=6)

        assert page.url in before
        assert page.url not in html(client, home)


def test_what_the_small_print_links_to_is_found_once_for_all(client, home):
    def later_queries():
        with scope(None):
            client.get(home.url)
            with CaptureQueriesContext(connection) as captured:
                client.get(home.url)
        return len(captured)

    without = later_queries()
    small_print(ContentPageFactory(parent=home))

    assert later_queries() == without


def test_a_story_leaves_the_menu_after_the_last_day_of_its_consent(
    client, home, later, generation
):
    story = TestimonialPageFactory(parent=TestimonialIndexPageFactory(parent=home))
    Consent.objects.update(valid_until=timezone.localdate())
    menu(story)

    with generation():
        before = in_menu(client, home, story)
        later(days=1)

        assert before
        assert not in_menu(client, home, story)


def test_an_article_whose_time_ends_follows_no_other(client, index, later, generation):
    topic = TopicFactory()
    ends = timezone.now() + timedelta(minutes=5)
    passing = ArticlePageFactory(parent=index, topic=topic, expire_at=ends)
    article = ArticlePageFactory(parent=index, topic=topic)

    with generation():
        before = html(client, article)
        later(minutes=6)

        assert passing.url in before
        assert passing.url not in html(client, article)


def test_a_topic_is_no_link_once_its_page_is_past(
    client, home, index, later, generation
):
    topic = TopicFactory()
    topic.hub = TopicPageFactory(
        parent=TopicIndexPageFactory(parent=home),
        topic=topic,
        expire_at=timezone.now() + timedelta(minutes=5),
    )
    topic.save()
    article = ArticlePageFactory(parent=index, topic=topic)

    with generation():
        before = html(client, article)
        later(minutes=6)

        assert topic.hub.url in before
        assert topic.hub.url not in html(client, article)
        assert topic.name in html(client, article)


def picture_of_people(subject):
    picture = SiteImageFactory(shows=Shows.PEOPLE)
    Appearance.objects.create(subject=subject, image=picture)
    return picture


def test_a_picture_of_people_is_left_out_after_the_last_day(
    client, index, later, generation
):
    subject = SubjectFactory(consented__scope_photograph=True)
    Consent.objects.update(valid_until=timezone.localdate())
    picture = picture_of_people(subject)
    article = ArticlePageFactory(parent=index, lead_image=picture)
    people = PeopleIndexPageFactory(parent=index.get_parent())
    author = PersonPageFactory(parent=people, portrait=picture)
    other = ArticlePageFactory(parent=index, contributors=[author])

    with generation():
        before = [html(client, page) for page in (article, other, index)]
        later(days=1)
        after = [html(client, page) for page in (article, other, index)]

    address = f"/pictures/{picture.pk}/"
    assert [address in page for page in before] == [True] * 3
    assert [address in page for page in after] == [False] * 3


def test_two_requests_print_the_same(client, home, index, generation):
    topic = TopicFactory()
    people = PeopleIndexPageFactory(parent=home)
    author = PersonPageFactory(parent=people, portrait=SiteImageFactory())
    pages = [
        ArticlePageFactory(
            parent=index,
            topic=topic,
            lead_image=SiteImageFactory(),
            contributors=[author],
        )
        for _ in range(5)
    ]
    home.body = [("latest_articles", {"heading": "New", "count": 3})]
    home.save()

    with generation():
        first = {page: html(client, page) for page in (*pages, home, index)}
        again = {page: html(client, page) for page in first}

    alone = {page: html(client, page) for page in first}
    assert first == again == alone


def test_a_new_restriction_holds_at_once(client, home, generation):
    page = ContentPageFactory(parent=home)

    with generation():
        before = client.get(page.url).status_code
        PageViewRestriction.objects.create(page=page, restriction_type="login")

        assert before == 200
        assert client.get(page.url).status_code == 302


def test_pictures_are_asked_about_once_for_all(django_assert_num_queries):
    for _ in range(3):
        SiteImageFactory()

    with django_assert_num_queries(2):  # pictures and renditions
        assert len(list(SiteImage.objects.for_readers())) == 3


def test_what_one_page_fills_in_on_a_card_no_other_page_prints(home, generation):
    ArticlePageFactory(
        parent=ArticleIndexPageFactory(parent=home), lead_image=SiteImageFactory()
    )
    with generation():
        (card,) = newest_cards(ArticlePage, 3)
        card.lead_image = None

        (other,) = newest_cards(ArticlePage, 3)
        assert other.lead_image is not None


def test_an_article_that_several_lead_to_is_fetched_once_until_it_ends(
    index, generation, later, django_assert_num_queries
):
    ends_at = timezone.now() + timedelta(hours=1)
    picked = ArticlePageFactory(
        parent=index, lead_image=SiteImageFactory(), expire_at=ends_at
    )
    draft = ArticlePageFactory(parent=index, live=False)
    pks = [draft.pk, picked.pk]

    with generation():
        first = picked_cards(ArticlePage, pks)
        first[picked.pk].lead_image = None
        with django_assert_num_queries(0):
            again = picked_cards(ArticlePage, pks)
        later(hours=2)
        ended = picked_cards(ArticlePage, pks)

    assert list(first) == list(again) == [picked.pk]
    assert again[picked.pk].lead_image is not None
    assert ended == {}


def test_what_one_page_fills_in_on_a_profile_no_other_page_prints(home, generation):
    person = PersonPageFactory(
        parent=PeopleIndexPageFactory(parent=home), portrait=SiteImageFactory()
    )
    with generation():
        fetch(PersonPage, [person.pk], None)[person.pk].portrait = None

        other = fetch(PersonPage, [person.pk], None)[person.pk]
        assert other.portrait is not None
