"""What readers see changes by itself at the instants that the calendar names."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail.contrib.redirects.models import Redirect

from core.models.site_settings import NavigationSettings
from core.querysets import next_end
from delivery.calendar import beginning_after, beginning_of, next_change
from people.models import next_year_of_practice
from testimonials.models.pages import TestimonialPage
from testimonials.stories.calendar import next_turn_of_consents as next_turn
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    ContentPageFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
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

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
TICK = timedelta(microseconds=1)
LONDON = ZoneInfo("Europe/London")


def expire(page, instant):
    type(page).objects.filter(pk=page.pk).update(expire_at=instant)


@pytest.mark.django_db
class TestPageWhoseTimeEnds:
    @pytest.fixture
    def article(self, home):
        article = ArticlePageFactory(
            parent=ArticleIndexPageFactory(parent=home),
            title="Sleep in summer",
            topic=TopicFactory(),
        )
        hub = TopicPageFactory(
            parent=TopicIndexPageFactory(parent=home), topic=article.topic
        )
        NavigationSettings.objects.create(
            site=home.get_site(),
            menu=[("item", {"page": article, "url": "", "label": "", "children": []})],
        )
        article.read_at = [hub.url, article.get_parent().url, "/sitemap.xml"]
        article.read_at += ["/feeds/articles.atom", "/feeds/articles.rss"]
        article.read_at += ["/search/?query=sleep", home.url]
        expire(article, NOON)
        return article

    def test_is_there_until_that_instant_and_nowhere_after_it(
        self, client, article, at
    ):
        def named():
            pages = [client.get(url).content.decode() for url in article.read_at]
            return {article.url in html or article.title in html for html in pages}

        at(NOON - TICK)
        assert next_change(timezone.now()) == NOON
        assert named() == {True}
        assert client.get(article.url).status_code == 200

        at(NOON)
        assert named() == {False}
        assert client.get(article.url).status_code == 404
        assert next_end(timezone.now()) is None

    def test_is_no_step_of_the_way_to_pages_beneath_it(self, client, home, at):
        above = ContentPageFactory(parent=home, title="Summer")
        beneath = ContentPageFactory(parent=above)
        expire(above, NOON)

        at(NOON - TICK)
        assert client.get(beneath.url).content.decode().count("Summer") > 1

        at(NOON)
        assert "Summer" not in client.get(beneath.url).content.decode()

    def test_is_no_profile_to_link_to(self, client, home, at):
        ada = PersonPageFactory(parent=PeopleIndexPageFactory(parent=home))
        index = ArticleIndexPageFactory(parent=home)
        article = ArticlePageFactory(parent=index, contributors=[ada])
        expire(ada, NOON)

        at(NOON - TICK)
        assert ada.url in client.get(article.url).content.decode()

        at(NOON)
        html = client.get(article.url).content.decode()
        assert ada.url not in html
        assert ada.title in html

    def test_leaves_an_alias_to_stand_for_itself(self, client, article, at):
        alias = article.create_alias(update_slug="alias")
        expire(alias, None)

        at(NOON - TICK)
        assert alias.full_url not in client.get("/sitemap.xml").content.decode()

        at(NOON)
        assert alias.full_url in client.get("/sitemap.xml").content.decode()
        head = client.get(alias.url).content.decode()
        assert f'<link rel="canonical" href="{alias.full_url}">' in head

    def test_redirects_lead_nowhere_then(self, client, article, at):
        Redirect.objects.create(old_path="/old", redirect_page=article)

        at(NOON - TICK)
        assert client.get("/old/").status_code == 301

        at(NOON)
        assert client.get("/old/").status_code == 404

    def test_each_end_is_named_in_turn(self, home, at):
        pages = [ContentPageFactory(parent=home) for _number in range(4)]
        ContentPageFactory(parent=home, live=False, expire_at=NOON - TICK)
        for hours, page in enumerate(pages, start=1):
            expire(page, NOON + timedelta(hours=hours % 3))

        at(NOON - TICK)
        now, ends = timezone.now(), []
        while now := next_end(now):
            ends.append(now - NOON)

        assert ends == [timedelta(hours=hours) for hours in range(3)]


@pytest.mark.django_db
class TestConsent:
    @pytest.fixture
    def subject(self, home):
        subject = SubjectFactory(consented=False)
        index = TestimonialIndexPageFactory(parent=home, slug="stories")
        story = TestimonialPageFactory(
            parent=index, slug="one", subject=subject, live=False
        )
        # Past the gate, which would not let it go live yet.
        TestimonialPage.objects.filter(pk=story.pk).update(live=True)
        return subject

    @pytest.mark.parametrize(
        ("days", "before", "after", "instant"),
        [
            ({"valid_from": date(2026, 7, 4)}, 404, 200, date(2026, 7, 4)),
            ({"valid_until": date(2026, 7, 4)}, 200, 404, date(2026, 7, 5)),
        ],
        ids=["begins", "ends"],
    )
    def test_counts_from_midnight_where_the_clinic_is(
        self, client, subject, at, days, before, after, instant
    ):
        ConsentFactory(subject=subject, **days)
        midnight = datetime(instant.year, instant.month, instant.day, tzinfo=LONDON)

        at(NOON)
        assert next_turn(NOON) == midnight

        for moment, status in {midnight - TICK: before, midnight: after}.items():
            at(moment.astimezone(UTC))
            assert client.get("/stories/one/").status_code == status
            listed = [client.get(url) for url in ("/stories/", "/sitemap.xml")]
            found = {b"/stories/one/" in answer.content for answer in listed}
            assert found == {status == 200}

    def test_that_is_withdrawn_or_has_no_end_changes_nothing_by_itself(self, subject):
        ConsentFactory(subject=subject)
        ConsentFactory(subject=subject, valid_until=date.max)
        ConsentFactory(subject=subject, valid_until=date(2026, 8, 1), withdrawn_at=NOON)

        assert next_turn(NOON) is None

    def test_that_ends_today_is_still_to_end(self, subject, at):
        ConsentFactory(subject=subject, valid_until=date(2026, 7, 1))
        late = datetime(2026, 7, 1, 22, 59, tzinfo=UTC)

        assert next_turn(late) == late + timedelta(minutes=1)


@pytest.mark.django_db
class TestYearsOfPractice:
    def test_grow_at_new_year(self, client, home, at):
        index = PeopleIndexPageFactory(parent=home)
        ada = PersonPageFactory(parent=index, practising_since=2004)
        new_year = datetime(2027, 1, 1, tzinfo=UTC)

        assert next_year_of_practice(NOON) == new_year
        at(new_year - TICK)
        assert "22 years" in client.get(ada.url).content.decode()
        at(new_year)
        assert "23 years" in client.get(ada.url).content.decode()

    def test_of_nobody_change_nothing(self, home):
        index = PeopleIndexPageFactory(parent=home)
        PersonPageFactory(parent=index)
        PersonPageFactory(parent=index, practising_since=2030)

        assert next_year_of_practice(NOON) is None


@pytest.mark.django_db
def test_the_first_of_all_changes_is_next(home):
    page = ContentPageFactory(parent=home)
    PersonPageFactory(parent=PeopleIndexPageFactory(parent=home), practising_since=2004)
    assert next_change(NOON) == datetime(2027, 1, 1, tzinfo=UTC)

    ConsentFactory(subject=SubjectFactory(), valid_until=date(2026, 9, 9))
    assert next_change(NOON) == datetime(2026, 9, 9, 23, tzinfo=UTC)

    expire(page, NOON + TICK)
    assert next_change(NOON) == NOON + TICK


@given(st.dates(min_value=date(1980, 1, 1), max_value=date(2060, 1, 1)), st.data())
def test_a_day_begins_with_its_first_instant(settings_zone, day, data):
    zone = data.draw(st.sampled_from(settings_zone.zones))
    settings_zone.use(zone)

    begins = beginning_of(day)

    assert begins.astimezone(UTC).astimezone(ZoneInfo(zone)).date() == day
    before = (begins.astimezone(UTC) - TICK).astimezone(ZoneInfo(zone))
    assert before.date() < day


@pytest.fixture(scope="module")
def settings_zone():
    """Zones whose clocks change at midnight, and one whose do not."""

    class Zones:
        zones = ["Europe/London", "America/Sao_Paulo", "America/Havana", "Asia/Beirut"]

        def use(self, zone):
            patch.setattr(timezone, "get_default_timezone", lambda: ZoneInfo(zone))

    with pytest.MonkeyPatch.context() as patch:
        yield Zones()


@pytest.mark.parametrize("day", [date.max, date.max - timedelta(days=1)])
def test_the_calendars_last_day_is_never_over(day):
    assert beginning_after(day) is None
