"""Typed redirects: one engine for exact addresses, queries and wildcards."""

from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from home.roles import SEO_SPECIALISTS
from tests.helpers.factories import ContentPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cost(home):
    return ContentPageFactory(parent=home, slug="cost")


@pytest.fixture
def post(log_in, cost):
    """``post(old_path="/old", …)`` sends the admin's form, and returns its errors."""
    client = log_in(SEO_SPECIALISTS)

    def send(pk=None, **data):
        kind = "edit" if pk else "add"
        url = reverse(f"wagtailredirects:{kind}", args=[pk] if pk else [])
        answer = client.post(url, {"is_permanent": "on", **data})
        return (
            "" if answer.status_code == 302 else answer.context["form"].errors.as_text()
        )

    return send


def add(old_path, target="", **fields):
    return Redirect.add_redirect(old_path, target, **fields)


@pytest.mark.parametrize(
    ("rule", "asked"),
    [
        ("/index.php?b=%20&a=1", "/index.php?a=1&c=3&b=+"),
        ("/Old-Page/", "/old-page"),
        ("/old-page", "/OLD-Page/"),
        ("/old%2dpage", "/old-page/"),
        ("/caf%C3%A9/", "/café"),
        ("/CAFÉ", "/caf%c3%a9/"),
        ("/cafe\u0301", "/caf%C3%A9"),
        ("/50%25", "/50%25/"),
        ("/index.php?id=3", "/index.php?id=3"),
        ("/index.php?id=3", "/index.php?utm_source=x&id=3&b=2"),
        ("/old/*", "/old/"),
        ("/old/*", "/old"),
        ("/old/*", "/OLD/a/b.html"),
        ("/*", "/what/ever/"),
        ("http://localhost/old/", "/old"),
    ],
)
def test_every_spelling_of_an_address_falls_under_its_rule(client, cost, rule, asked):
    add(rule, cost)

    assert client.get(asked).url.partition("?")[0] == "/cost/"


@pytest.mark.parametrize(
    ("rule", "asked"),
    [
        ("/old?id=3&b=1", "/old?id=3"),
        ("/old", "/older"),
        ("/old?id=3", "/old"),
        ("/old?id=3", "/old?id=33"),
        ("/old/*", "/older/a/"),
        ("/50%25", "/50"),
    ],
)
def test_no_other_address_does(client, cost, rule, asked):
    add(rule, cost)

    assert client.get(asked).status_code == 404


def test_the_narrower_rule_comes_first(client, home, cost):
    targets = ["/*", "/a/*", "/a/b/*", "/a/b/c", "/a/b/c?x=1", "/a/b/c?x=1&y=2"]
    for number, rule in enumerate(targets):
        add(rule, f"https://other.example/{number}")

    asked = ["/z", "/a/z", "/a/b/z", "/a/b/c", "/a/b/c?x=1", "/a/b/c?y=2&x=1"]
    assert [client.get(path).url[-1] for path in asked] == list("012345")


def test_a_rule_of_the_site_comes_before_one_of_all(client, home, cost):
    add("/old", "https://all.example/")
    add("/old", cost, site=Site.objects.get())

    assert client.get("/old").url == "/cost/"


def test_a_typed_rule_of_all_sites_comes_before_an_automatic_one(client, home, cost):
    add("/old", "https://typed.example/")
    site = Site.objects.get()
    add("/old", cost, site=site, automatically_created=True)

    assert client.get("/old").url == "https://typed.example/"


class TestStar:
    def test_stands_for_what_came_after(self, client, cost):
        add("/old/*", "/new/*")
        new = ContentPageFactory(parent=cost.get_parent(), slug="new")
        ContentPageFactory(parent=new, slug="café")

        assert client.get("/old/caf%C3%A9/?a=1").url == "/new/caf%C3%A9/?a=1"
        assert client.get("/old/caf%C3%A9").url == "/new/caf%C3%A9/"
        assert client.get("/old").url == "/new/"
        assert client.get("/old/nothing/").status_code == 404

    def test_is_carried_to_another_host(self, client, cost):
        add("/old/*", "https://other.example/new/*")

        assert client.get("/old/A/b.pdf").url == "https://other.example/new/A/b.pdf"

    @pytest.mark.parametrize("asked", ["//evil.example/a", "/old//evil.example/"])
    def test_leads_to_no_host_that_nobody_typed(self, client, cost, asked):
        add("/old/*", "/*")
        add("/*", "/*")

        answer = client.get(asked)

        assert answer.status_code == 404 or not answer.url.startswith("//")


class TestQuery:
    def test_of_the_target_counts(self, client, cost):
        add("/old", "https://other.example/?utm_source=old")

        assert client.get("/old?utm_source=x&b=2").url == (
            "https://other.example/?utm_source=old&b=2"
        )

    def test_of_thousands_takes_no_longer(
        self, client, cost, django_assert_num_queries
    ):
        add("/old?id=3", cost)
        many = "&".join(f"p{number}={number}" for number in range(400))

        assert client.get(f"/old?{many}&id=3").status_code == 301
        assert client.get(f"/other?{many * 4}").status_code == 404


class TestOneHop:
    def test_through_redirects_of_all_kinds(self, client, cost):
        add("/a/*", "/b/*")
        add("/b/c", "/d?x=1")
        add("/d?x=1", "http://localhost/cost")

        assert client.get("/a/c/").url == "http://localhost/cost/"

    @pytest.mark.parametrize(
        "target", ["/draft/", "/nothing/", "javascript:alert(1)", "http://["]
    )
    def test_to_nothing_answers_404(self, client, cost, target):
        ContentPageFactory(parent=cost.get_parent(), slug="draft", live=False)
        add("/old", target)

        assert client.get("/old/").status_code == 404

    def test_in_circles_through_views_answers_404(self, client, cost):
        add("/documents/1/a", "/documents/2/b")
        add("/documents/2/b", "/documents/1/a")
        add("/documents/3/c", "/documents/3/c")

        for path in ("/documents/1/a", "/documents/2/b", "/documents/3/c"):
            assert client.get(path).status_code == 404

    def test_in_circles_of_sites_answers_404(self, client, cost, settings):
        settings.ALLOWED_HOSTS = ["*"]
        other = Site.objects.create(hostname="other.example", root_page=cost)
        add("/a", "http://other.example/b", site=Site.objects.get(hostname="localhost"))
        add("/b", "http://localhost/a", site=other)

        assert client.get("/a").status_code == 404

    def test_of_a_star_that_grows_answers_404(self, client, cost):
        add("/a/*", "/a/b/*")

        assert client.get("/a/x").status_code == 404

    def test_is_temporary_where_a_part_is(self, client, cost):
        add("/a", "/b", is_permanent=False)
        add("/b", cost)

        assert client.get("/a").status_code == 302


def test_gone_answers_410(client, cost):
    add("/old")

    assert client.get("/old/").status_code == 410


def test_fifty_thousand_rules_take_as_many_queries_as_one(
    client, cost, django_assert_max_num_queries
):
    add("/old/*", cost)
    client.get("/old/a")
    with django_assert_max_num_queries(40) as one:
        client.get("/old/a")
    Redirect.objects.bulk_create(
        Redirect(old_path=f"/legacy/{number}", redirect_link="/cost/")
        for number in range(5_000)
    )
    with django_assert_max_num_queries(len(one)):
        client.get("/old/a")


class TestForm:
    @pytest.mark.parametrize(
        ("data", "words"),
        [
            ({"old_path": "/old", "redirect_link": "/nothing/"}, "Nothing answers"),
            ({"old_path": "/old"}, "Say where readers go"),
            (
                {"old_path": "/old", "redirect_link": "/cost/", "gone": "on"},
                "one place",
            ),
            ({"old_path": "/old*", "gone": "on"}, "A star stands at the end"),
            ({"old_path": "/*/old", "gone": "on"}, "A star stands at the end"),
            ({"old_path": "/old/*?a=1", "gone": "on"}, "A star stands at the end"),
            ({"old_path": "http://[", "gone": "on"}, "no address"),
            ({"old_path": "/old", "redirect_link": "/new/*"}, "must end with"),
            (
                {"old_path": "/old", "redirect_link": "//x.example"},
                "begins with a slash",
            ),
            (
                {"old_path": "/old", "redirect_link": "/\\x.example"},
                "begins with a slash",
            ),
            ({"old_path": "/old", "redirect_link": "/a%00b"}, "begins with"),
            ({"old_path": "/old", "redirect_link": "http://localhost//[x"}, "begins"),
            ({"old_path": "/old", "redirect_link": "http://x.org:99999"}, "begins"),
            ({"old_path": "/old", "redirect_link": "ftp://x.example"}, "begins with"),
            ({"old_path": "/old", "redirect_link": "javascript:1"}, "begins with"),
            ({"old_path": "/Old/", "redirect_link": "/old"}, "leads back"),
            ({"old_path": "/old/*", "redirect_link": "/old/*"}, "leads back"),
        ],
    )
    def test_refuses_what_helps_nobody(self, post, data, words):
        assert words in post(**data)
        assert not Redirect.objects.exists()

    def test_takes_the_same_host_at_another_port_for_another_site(self, post, client):
        assert not post(old_path="/old", redirect_link="http://localhost:8443/old")
        assert not post(old_path="/a", redirect_link="http://localhost:8443/nothing")

        assert client.get("/old").url == "http://localhost:8443/old"
        assert client.get("/a").url == "http://localhost:8443/nothing"

    def test_refuses_a_circle_of_several(self, post):
        add("/a", "/b")
        add("/b", "/c")

        assert "leads back" in post(old_path="/c", redirect_link="/a/")

    def test_refuses_another_spelling_of_an_address_that_is_there(self, post, cost):
        add("/old", cost)

        assert "already exists" in post(old_path="/OLD/", redirect_link="/cost/")

    def test_refuses_a_page_that_nobody_reads(self, post, cost):
        cost.unpublish()

        assert "not published" in post(old_path="/old", redirect_page=cost.pk)

    def test_changes_no_other_redirect(self, post, client, cost):
        add("/b", cost)
        add("/a", "/c", is_permanent=False)

        assert not post(old_path="/c", redirect_link="/b")

        links = Redirect.objects.order_by("old_path").values_list("redirect_link")
        assert list(links) == [("/c",), ("",), ("/b",)]
        assert client.get("/a").url == "/cost/"
        assert client.get("/a").status_code == 302

    def test_takes_a_path_a_page_and_gone(self, post, client, cost):
        assert not post(old_path="/a", redirect_link="/cost?x=1")
        assert not post(old_path="/b", redirect_page=cost.pk)
        assert not post(old_path="/c", gone="on")

        assert client.get("/a").url == "/cost/?x=1"
        assert client.get("/b").url == "/cost/"
        assert client.get("/c").status_code == 410

    def test_shows_what_is_there_and_changes_it(self, post, log_in, client):
        redirect = add("/old")
        url = reverse("wagtailredirects:edit", args=[redirect.pk])
        form = log_in(SEO_SPECIALISTS).get(url).context["form"]
        assert form["gone"].value() is True

        assert not post(redirect.pk, old_path="/old", redirect_link="/cost/")

        assert client.get("/old").url == "/cost/"

    def test_makes_a_corrected_automatic_redirect_a_typed_one(self, post, cost):
        redirect = add("/old", cost, automatically_created=True)

        assert not post(redirect.pk, old_path="/old", redirect_link="/cost/?a=1")

        redirect.refresh_from_db()
        assert not redirect.automatically_created

    def test_begins_with_an_address_that_was_missed(self, log_in, cost):
        url = reverse("wagtailredirects:add")
        answer = log_in(SEO_SPECIALISTS).get(f"{url}?old_path=/missed/%3Fa=1")

        assert 'value="/missed/?a=1"' in answer.content.decode()


class TestMissingSlash:
    def test_answers_404_at_once_where_nothing_is(self, client, home):
        assert client.get("/nothing").status_code == 404
        assert client.get("/nothing/at/all?x=1").status_code == 404

    def test_is_added_where_a_page_or_a_view_is(self, client, cost):
        assert client.get("/cost?x=1").url == "/cost/?x=1"
        assert client.get("/search").url == "/search/"
        assert client.get("/admin").url == "/admin/"

    def test_is_added_within_one_hop_of_a_redirect(self, client, cost):
        add("/old", cost)

        assert client.get("/old").url == "/cost/"

    def test_is_not_added_to_a_draft(self, client, cost):
        cost.unpublish()

        assert client.get("/cost").status_code == 404

    def test_leads_to_no_other_host(self, client, cost):
        answer = client.get("/", PATH_INFO="//cost")

        assert answer.status_code == 404


def test_a_changed_rule_counts_for_the_next_reader(cost):
    rule = add("/old", cost)
    assert Client().get("/old").headers["Cache-Control"] == "no-cache"
    rule.redirect_page, rule.redirect_link = None, "https://other.example/"
    rule.save()

    assert Client().get("/old").url == "https://other.example/"


def test_old_redirects_are_found_or_go(client, cost, caplog):
    one_spelling = import_module("seo.migrations.0005_one_spelling")
    rows = [("/Old", "/cost/"), ("/old", "/b/"), ("/gone", ""), ("/A/", "/cost/")]
    Redirect.objects.bulk_create(
        Redirect(old_path=path, redirect_link=link) for path, link in rows
    )

    with caplog.at_level("INFO"):
        one_spelling.spell(apps, None)

    left = Redirect.objects.order_by("old_path").values_list("old_path")
    assert list(left) == [("/a",), ("/old",)]
    assert "2 redirects that led nowhere" in caplog.text
