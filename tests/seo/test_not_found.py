"""The 404 log: what is asked for and not there, and nothing of who asked."""

import base64
import secrets
import uuid
from datetime import date, timedelta
from itertools import islice
from unittest.mock import Mock
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from config.log_filters import TokensStruckOut
from django.core.management import call_command
from django.core.signing import dumps
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.log import log_response
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from core.persons import mentions
from core.persons.person import Person
from core.persons.scrubbing import delete_page
from home.roles import SEO_SPECIALISTS
from seo.models import NotFoundAddress, NotFoundDay
from seo.not_found import counting, storing, suggesting
from seo.not_found.paths import normalised
from seo.not_found.visitors import SCANNERS, is_crawler, is_scan
from testimonials.models.consent import Consent
from tests.helpers.at_once import at_once
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    ContentPageFactory,
    HomePageFactory,
)
from tests.helpers.factories_testimonials import (
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
)

READER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
CRAWLER = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


@pytest.fixture(autouse=True)
def log(settings, monkeypatch):
    """The log is on, and nothing is left of another test."""
    settings.NOT_FOUND_DAYS = 90
    monkeypatch.setattr(counting, "_buffer", counting._Buffer())


@pytest.fixture
def reader(client, home):
    client.defaults["HTTP_USER_AGENT"] = READER
    return client


def logged():
    """Write down what was counted, and return {address: (readers, crawlers)}."""
    counting.write(at_once=True)
    return {
        row.address.path: (row.readers, row.crawlers)
        for row in NotFoundDay.objects.select_related("address")
    }


class TestCounting:
    def test_counts_readers_and_crawlers_of_an_address_by_day(self, reader):
        for path in ("/gone", "/gone/", "/gone/?utm_source=x&e=a@b.org"):
            assert reader.get(path, follow=True).status_code == 404
        reader.get("/gone/", headers={"user-agent": CRAWLER})

        assert logged() == {"/gone": (3, 1)}
        assert NotFoundDay.objects.get().day == timezone.localdate()

    def test_counts_what_redirects_do_not_answer(self, reader, home):
        Redirect.objects.create(old_path="/old", redirect_page=home)

        reader.get("/old/")
        reader.get("/")
        reader.post("/nothing/")

        assert logged() == {}

    def test_leaves_out_what_is_not_the_address_of_a_page(self, reader):
        for path in ("/media/x.jpg", "/pictures/5/x.jpg", "/sitemap-nothing.xml"):
            assert reader.get(path).status_code == 404

        assert logged() == {}

    def test_leaves_out_a_page_that_is_there_and_has_nothing_for_a_query(
        self, reader, home
    ):
        index = ArticleIndexPageFactory(parent=home, slug="blog")
        Redirect.add_redirect("/blog/*", "https://other.example/")

        assert reader.get("/blog/?page=9999").status_code == 404
        assert reader.get("/blog/nothing/").status_code == 301
        index.unpublish()
        assert reader.get("/blog/?page=9999").status_code == 301
        assert logged() == {}

    def test_counts_scanners_in_one_row(self, reader):
        for path in ("/wp-login.php", "/.env", "/old/wp-admin/", "/.git/config"):
            reader.get(path, follow=True)

        assert logged() == {SCANNERS: (0, 4)}

    def test_adds_to_what_was_stored_before(self, reader):
        reader.get("/gone/")
        logged()
        reader.get("/gone/")
        reader.get("/lost/")

        assert logged() == {"/gone": (2, 0), "/lost": (1, 0)}

    def test_tells_sites_apart(self, reader, root, settings):
        settings.ALLOWED_HOSTS = ["*"]
        other = HomePageFactory(parent=root, slug="other")
        Site.objects.create(hostname="other.example", root_page=other)
        reader.get("/gone/")
        reader.get("/gone/", headers={"host": "other.example"})

        counting.write(at_once=True)

        assert NotFoundAddress.objects.filter(path="/gone").count() == 2

    def test_asks_and_writes_nothing_until_it_is_time(self, reader, monkeypatch):
        reader.get("/gone/")
        with CaptureQueriesContext(connection) as without:
            reader.get("/gone/")
        monkeypatch.setattr(counting, "WRITTEN_AFTER", 0)
        with CaptureQueriesContext(connection) as due:
            reader.get("/gone/")

        assert not any("notfound" in each["sql"] for each in without)
        assert any("notfound" in each["sql"] for each in due)

    def test_is_off_without_days(self, reader, settings):
        settings.NOT_FOUND_DAYS = 0
        reader.get("/gone/")

        assert logged() == {}

    def test_costs_an_answer_nothing_when_the_database_refuses(
        self, reader, monkeypatch, caplog
    ):
        def refuse(counts):
            raise OperationalError("database is locked")

        monkeypatch.setattr(storing, "store", refuse)
        monkeypatch.setattr(counting, "WRITTEN_AFTER", 0)

        assert reader.get("/gone/").status_code == 404
        assert "1 counts of the 404 log lost" in caplog.text

    def test_survives_a_site_that_is_gone(self, reader):
        reader.get("/gone/")
        Site.objects.all().delete()

        assert logged() == {}


@pytest.mark.django_db
class TestBounds:
    def test_a_flood_neither_grows_the_log_nor_asks_more(
        self, reader, settings, monkeypatch
    ):
        settings.NOT_FOUND_ADDRESSES = 30
        monkeypatch.setattr(counting, "MOST_AT_ONCE", 20)
        site = Site.objects.get().pk
        queries = []
        for batch in range(5):
            for number in range(1_000):
                counting.count(f"/flood/of-{batch}/x-{number}", site, READER)
            for _ in range(3):
                counting.count("/often", site, READER)
            with CaptureQueriesContext(connection) as asked:
                counting.write(at_once=True)
            queries.append(len(asked))
            assert NotFoundAddress.objects.exclude(site=None).count() <= 30

        assert max(queries) <= 20
        assert NotFoundDay.objects.count() <= 31

    @pytest.fixture
    def fill(self, reader):
        """``fill((path, readers, days ago, is ignored), …)`` stores rows of the log."""

        def fill(*rows):
            today, site = timezone.localdate(), Site.objects.get()
            for path, readers, days_ago, is_ignored in rows:
                day = today - timedelta(days=days_ago)
                row = NotFoundAddress.objects.create(
                    site=site, path=path, last_on=day, is_ignored=is_ignored
                )
                row.days.create(day=day, readers=readers)

        return fill

    def left_with(self, *new):
        for path in new:
            counting.count(path, Site.objects.get().pk, READER)
        counting.write(at_once=True)
        rows = NotFoundAddress.objects.exclude(site=None)
        return set(rows.values_list("path", flat=True))

    def test_what_was_asked_for_longest_ago_goes_first_and_what_is_ignored_last(
        self, fill, settings
    ):
        settings.NOT_FOUND_ADDRESSES = 3
        fill(
            ("/often", 9, 1, False),
            ("/ignored", 1, 80, True),
            ("/often-once-upon-a-time", 99, 9, False),
            ("/once", 1, 1, False),
        )

        assert self.left_with("/new") == {"/often", "/ignored", "/new"}

    def test_new_ones_find_room_in_a_full_log(self, fill, settings):
        settings.NOT_FOUND_ADDRESSES = 40
        fill(*[(f"/often-{chr(97 + n % 26)}{n}", 9, 1, False) for n in range(40)])

        assert "/new" in self.left_with("/new")
        assert NotFoundAddress.objects.exclude(site=None).count() == 38
        assert "/newer" in self.left_with("/newer")
        assert NotFoundAddress.objects.exclude(site=None).count() == 39

    def test_what_is_ignored_takes_half_of_it_at_most(self, fill, settings):
        settings.NOT_FOUND_ADDRESSES = 4
        fill(*[(f"/{letter}", 1, n, True) for n, letter in enumerate("abcd")])

        assert self.left_with("/new") == {"/a", "/b", "/c", "/new"}
        assert self.left_with("/more") == {"/a", "/b", "/new", "/more"}

    def test_nothing_is_kept_longer_than_its_days(self, reader, settings, capsys):
        settings.NOT_FOUND_DAYS = 30
        site = Site.objects.get()
        today = timezone.localdate()
        for path, days_ago in [("/old", 40), ("/ignored", 40), ("/still", 1)]:
            row = NotFoundAddress.objects.create(
                site=site,
                path=path,
                last_on=today - timedelta(days=days_ago),
                is_ignored=path == "/ignored",
            )
            row.days.create(day=today - timedelta(days=40), readers=1)
            row.days.create(day=today - timedelta(days=days_ago - 1), readers=1)
        NotFoundDay.objects.filter(address__path="/old").delete()

        call_command("forget_old_hits")

        assert "Addresses forgotten: 1" in capsys.readouterr().out
        paths = NotFoundAddress.objects.exclude(site=None).values_list(
            "path", flat=True
        )
        assert set(paths) == {"/ignored", "/still"}
        assert {row.day for row in NotFoundDay.objects.all()} == {today}


@pytest.mark.django_db(transaction=True)
def test_processes_that_write_at_once_lose_nothing(root, home):
    site = Site.objects.get().pk
    today = timezone.localdate()
    counts = {counting.Hit(site, f"/gone-{n}", today, False): 2 for n in range(40)}

    at_once(*[lambda: storing.store(counts)] * 3)

    rows = NotFoundDay.objects.values_list("readers", flat=True)
    assert list(rows) == [6] * 40


def tokens():
    """Yield what may stand in an address and is somebody's, of every kind in turn."""
    while True:
        number = secrets.randbelow(10**9)
        yield f"jane.doe{number}@example.org"
        yield f"jane%40{number}.example"
        yield f"jane%2540{number}.example"
        yield secrets.token_urlsafe(32)
        yield secrets.token_hex(16)
        yield str(uuid.uuid4())
        yield dumps({"pk": number})
        yield f"{secrets.randbelow(36**8):08x}-{secrets.token_hex(16)}"
        yield f"+49-30-{1_000_000 + number}"
        yield base64.b64encode(secrets.token_bytes(24)).decode().replace("/", "_")
        yield f"reset?token={number}{secrets.token_hex(8)}"


def test_nothing_of_anybody_is_kept_of_five_thousand_addresses(reader, settings):
    settings.NOT_FOUND_ADDRESSES = 10_000
    site = Site.objects.get().pk
    sent = list(islice(tokens(), 5_000))

    for batch in range(0, len(sent), 400):
        for token in sent[batch : batch + 400]:
            counting.count(f"/confirm/{token}/now", site, READER)
        counting.write(at_once=True)

    stored = " ".join(NotFoundAddress.objects.values_list("path", flat=True))
    assert "/confirm/{token}/now" in stored
    assert "/confirm/{e-mail}/now" in stored
    for token in sent:
        bare = token.replace("%2540", "@").replace("%40", "@").partition("?token=")[2]
        assert (bare or token) not in stored
    assert "@" not in stored
    # Of all of them a few kinds are left.
    assert NotFoundAddress.objects.count() < 30


def test_the_log_of_the_server_says_no_more_of_them(client, home, caplog):
    caplog.handler.addFilter(TokensStruckOut())

    client.get("/confirm/jane.doe@example.org/?token=x")
    client.get("/reset/q7f3kd/")

    assert "Not Found: /confirm/{e-mail}" in caplog.messages
    assert "Not Found: /reset/{token}" in caplog.messages


@pytest.mark.parametrize("view_name", ["", "wagtail_serve", "admissions:queue"])
def test_nor_of_what_failed_before_anything_was_found(rf, caplog, view_name):
    caplog.handler.addFilter(TokensStruckOut())
    request = rf.post("/confirm/jane.doe@example.org/")
    if view_name:
        request.resolver_match = Mock(view_name=view_name)

    response = HttpResponse(status=405)
    log_response("Not Allowed: %s", request.path, response=response, request=request)
    log_response("Nothing said", response=HttpResponse(status=404), request=request)

    refused, bare = caplog.messages
    assert ("jane.doe" in refused) is (view_name == "admissions:queue")
    assert bare == "Nothing said"


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/reset/q7f3kd", "/reset/{token}"),
        ("/", "/"),
        ("//blog///sleep/", "/blog/sleep"),
        ("/How-To-Sleep-Well-At-Night.html", "/How-To-Sleep-Well-At-Night.html"),
        ("/wp-content/uploads/2019/05/Flyer_A4.pdf",) * 2,
        ("/news/2024-03-opening",) * 2,
        ("/patient/1980-05-12", "/patient/{number}"),
        ("/invite/kqzjxvbw", "/invite/{token}"),
        ("/c/aB3xK9", "/c/{token}"),
        ("/login/493021", "/login/{number}"),
        ("/x/ab12-cd34-ef56", "/x/{token}"),
        ("/z/hjdksla-qwpeori-zmxncb", "/z/{token}"),
        ("/e/info[at]clinic.org", "/e/{e-mail}"),
        ("/e/info(at)clinic(dot)org", "/e/{e-mail}"),
        ("/p/jane.doe-example.org", "/p/{e-mail}"),
        ("/strength/months/rhythm/Herbst/length",) * 2,
        ("/vitamin-b12-d3/1000mg/covid19/h1n1/covid-19-2021",) * 2,
        ("/flyer.v2-final.pdf/about.html/type-2-diabetes",) * 2,
        ("/e%CC%81te%CC%81/Über-uns", "/été/Über-uns"),
        ("/Donaudampfschifffahrtsgesellschaft",) * 2,
        ("/PatientInformationLeaflet",) * 2,
        ("/vitamin-b12/covid-19-2021-04",) * 2,
        ("/a?b=c", "/a"),
        ("/a;jsessionid=8F3A0C", "/a"),
        ("/a&email=jane", "/a"),
        ("/jane\uff20example.org", "/{e-mail}"),  # a wide @
        ("/jane(at)example.org", "/{e-mail}"),
        ("/%25252540/x", "/{token}/x"),
        ("/49-30-1234567", "/{number}"),
        ("/12.05.1980", "/{number}"),
        ("/a\x00b\x0bc", "/abc"),
        ("/" + "/".join("abcdefghijklmnop"), "/a/b/c/d/e/f/g/h/i/j/k/l/…"),
        ("/" + "word-" * 30, "/{token}"),
    ],
)
def test_addresses_are_kept_in_one_spelling_without_what_is_somebodys(path, kept):
    assert normalised(path) == kept


@pytest.mark.parametrize(
    "path", ["/wp-login.php", "/.env", "/a/.git/HEAD", "/x.sql", "/cgi-bin/x", "/<x>"]
)
def test_scanners_are_known_by_what_they_look_for(path):
    assert is_scan(path)


@pytest.mark.parametrize(
    "path", ["/.well-known/x", "/shellfish", "/about.php", "/wp-content/a.pdf", "/owan"]
)
def test_what_an_older_site_may_have_had_is_no_scan(path):
    assert not is_scan(path)


@pytest.mark.parametrize(
    ("agent", "is_program"),
    [(READER, False), (CRAWLER, True), ("curl/8.5", True), ("", True)],
)
def test_programs_are_known_by_what_they_call_themselves(agent, is_program):
    assert is_crawler(agent) is is_program


class TestSuggestions:
    @pytest.fixture
    def pages(self, home):
        index = ArticleIndexPageFactory(parent=home, slug="blog")
        return {
            slug: ArticlePageFactory(parent=index, slug=slug, title=slug.title())
            for slug in ("sleep-apnoea", "walking-again", "walking-aids")
        }

    def suggested(self, path):
        row = NotFoundAddress.objects.create(
            site=Site.objects.get(), path=path, last_on=date(2026, 1, 1)
        )
        return [each.path for each in suggesting.suggest([row]).get(row.pk, [])]

    @pytest.mark.parametrize(
        ("path", "expected"),
        [
            ("/2019/05/sleep-apnoea", ["/blog/sleep-apnoea/"]),
            ("/articles/Sleep_Apnoea.html", ["/blog/sleep-apnoea/"]),
            ("/sleep-apnea", ["/blog/sleep-apnoea/"]),
            ("/walking-agian", ["/blog/walking-again/"]),
            ("/something-else", []),
            ("/{token}", []),
        ],
    )
    def test_are_pages_of_the_same_or_a_similar_name(self, pages, path, expected):
        assert self.suggested(path)[:1] == expected

    def test_are_pages_that_anybody_may_read(self, pages):
        pages["sleep-apnoea"].unpublish()

        assert self.suggested("/sleep-apnoea") == []

    def test_of_many_addresses_cost_as_many_queries_as_of_one(self, pages):
        site = Site.objects.get()
        rows = NotFoundAddress.objects.bulk_create(
            NotFoundAddress(
                site=site, path=f"/{n}/walking-agian", last_on=date(2026, 1, 1)
            )
            for n in range(20)
        )
        with CaptureQueriesContext(connection) as of_one:
            suggesting.suggest(rows[:1])
        with CaptureQueriesContext(connection) as of_all:
            found = suggesting.suggest(rows)

        assert len(found) == 20
        assert len(of_all) == len(of_one)


class TestReport:
    @pytest.fixture
    def specialist(self, log_in, home):
        return log_in(SEO_SPECIALISTS)

    @pytest.fixture
    def sleep(self, home):
        return ContentPageFactory(parent=home, slug="sleep-apnoea", title="Sleep")

    def listed(self, client, **query):
        soup = BeautifulSoup(
            client.get("/admin/reports/not-found/", query).content, "html.parser"
        )
        return [
            row.td.get_text(" ", strip=True)
            for row in soup.select("table.listing tbody tr")
        ]

    def test_leads_to_a_redirect_that_is_filled_in(self, specialist, sleep):
        specialist.get("/sleep-apnea/", headers={"user-agent": READER})

        response = specialist.get("/admin/reports/not-found/")

        soup = BeautifulSoup(response.content, "html.parser")
        chosen, other = soup.select("table.listing td a.button")
        assert chosen.text == "Sleep"
        site = str(Site.objects.get().pk)
        query = {"old_path": ["/sleep-apnea"], "site": [site]}
        address = urlsplit(chosen["href"])
        assert address.path == "/admin/redirects/add/"
        assert parse_qs(address.query) == query | {"redirect_page": [str(sleep.pk)]}
        assert parse_qs(urlsplit(other["href"]).query) == query

    def test_makes_it_in_one_click(self, specialist, sleep):
        specialist.get("/sleep-apnea/", headers={"user-agent": READER})
        report = specialist.get("/admin/reports/not-found/")
        soup = BeautifulSoup(report.content, "html.parser")
        address = soup.select_one("table.listing td a.button")["href"]

        form = specialist.get(address).context["form"]
        shown = {each.name: each.value() for each in form}
        given = {name: value for name, value in shown.items() if value}
        specialist.post(address, given)

        redirect = Redirect.objects.get()
        assert (redirect.site, redirect.redirect_page_id) == (
            Site.objects.get(),
            sleep.pk,
        )
        assert specialist.get("/sleep-apnea/").url == "/sleep-apnoea/"

    @pytest.mark.parametrize("number", ["9" * 30, "x", "0", "²", "999999999"])
    def test_makes_it_from_no_number_that_is_none(self, specialist, number):
        address = f"/admin/redirects/add/?site={number}&redirect_page={number}"

        assert specialist.get(address).status_code == 200

    def test_lists_what_readers_ask_for_most_and_narrows_it(self, specialist):
        site = Site.objects.get()
        for path, readers, crawlers, days_ago in [
            ("/once", 1, 0, 0),
            ("/often", 5, 1, 10),
            ("/by-crawlers", 0, 50, 0),
        ]:
            day = timezone.localdate() - timedelta(days=days_ago)
            row = NotFoundAddress.objects.create(site=site, path=path, last_on=day)
            row.days.create(day=day, readers=readers, crawlers=crawlers)

        def paths(**query):
            return [each.split()[0] for each in self.listed(specialist, **query)]

        assert paths() == ["/often", "/once", "/by-crawlers"]
        assert paths(asked_by="readers") == ["/often", "/once"]
        assert paths(asked_by="crawlers") == ["/by-crawlers"]
        assert paths(asked_for="7") == ["/once", "/by-crawlers"]

    def test_hides_what_is_ignored_until_it_is_ignored_no_more(self, specialist):
        row = NotFoundAddress.objects.create(
            site=Site.objects.get(), path="/noise", last_on=timezone.localdate()
        )
        ignore = reverse("ignore_not_found", args=[row.pk])

        said = specialist.post(ignore, {"ignore": "yes"}, follow=True)
        hidden = self.listed(specialist)
        ignored = self.listed(specialist, is_ignored="yes")
        specialist.post(ignore, {"ignore": "no"})

        assert "The address /noise is ignored from now on." in said.content.decode()
        assert hidden == []
        assert len(ignored) == 1
        assert len(self.listed(specialist)) == 1
        assert specialist.get(ignore).status_code == 405

    def test_exports_what_it_lists(self, specialist):
        row = NotFoundAddress.objects.create(
            site=Site.objects.get(), path="/gone", last_on=date(2026, 5, 4)
        )
        row.days.create(day=date(2026, 5, 4), readers=2, crawlers=3)

        answer = specialist.get("/admin/reports/not-found/", {"export": "csv"})

        heading, line = answer.getvalue().decode().splitlines()
        assert heading == "Site,Address,Readers,Crawlers,Last asked for,Ignored"
        assert "/gone,2,3,2026-05-04,False" in line


@pytest.mark.django_db
class TestStories:
    """Their addresses may name somebody."""

    @pytest.fixture
    def story(self, home):
        index = TestimonialIndexPageFactory(parent=home, slug="stories")
        story = TestimonialPageFactory(parent=index, slug="ada-once")
        story.slug = "ada"
        story.save()
        return story

    def test_whose_consent_has_ended_are_not_counted(self, reader, story):
        Consent.objects.update(withdrawn_at=timezone.now())
        for path in ("/stories/ada/", "/stories/Ada/x/", "/stories/ada-once/"):
            assert reader.get(path).status_code in {404, 410}
        reader.get("/stories/grace/")

        assert logged() == {"/stories/grace": (1, 0)}

    def test_are_erased_with_what_was_counted_of_them(self, reader, story):
        site = Site.objects.get().pk
        for path in ("/stories/Ada", "/stories/ada-once", "/stories/grace"):
            counting.count(path, site, READER)
        counting.write(at_once=True)

        delete_page(Page.objects.get(pk=story.pk))

        assert logged() == {"/stories/grace": (1, 0)}

    def test_are_found_by_the_name_of_somebody(self, reader):
        counting.count("/team/Ada-Lovelace/x", Site.objects.get().pk, READER)
        counting.write(at_once=True)
        [kind] = [each for each in mentions.kinds() if each.code == "not_found"]

        [item] = kind.find(Person(frozenset(), frozenset({"Ada Lovelace"})))
        kind.erase(item)

        assert logged() == {}
