"""A redirect helps readers or does nothing: no circles, no pages that are gone."""

import pytest
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from home.roles import SEO_SPECIALISTS
from tests.helpers.factories import ContentPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cost(home):
    return ContentPageFactory(parent=home, slug="cost")


def add(old_path, target, **fields):
    return Redirect.add_redirect(old_path, target, **fields)


class TestCircles:
    @pytest.mark.parametrize(
        "target",
        ["http://localhost/loop", "http://localhost/loop/", "/loop", "/loop/"],
    )
    def test_of_one_step_answer_404(self, client, home, target):
        add("/loop/", target)

        assert client.get("/loop/", follow=True).status_code == 404
        assert client.get("/loop", follow=True).status_code == 404

    def test_of_several_steps_answer_404(self, client, home):
        add("/a", "http://localhost/b/")
        add("/b", "/c")
        add("/c", "/a/")

        for path in "abc":
            assert client.get(f"/{path}/").status_code == 404

    def test_are_not_seen_where_there_are_none(self, client, cost):
        add("/a", "/b/")
        add("/b", "/cost/")
        add("/c", "https://elsewhere.example/c")

        assert client.get("/a/", follow=True).redirect_chain[-1][0] == "/cost/"
        assert client.get("/c/").url == "https://elsewhere.example/c"

    @pytest.mark.parametrize(
        "target",
        ["http://localhost/old", "http://localhost/old/", "http://localhost:80/old"],
    )
    def test_are_refused_in_the_form(self, log_in, home, target):
        response = log_in(SEO_SPECIALISTS).post(
            reverse("wagtailredirects:add"),
            {"old_path": "/old/", "redirect_link": target, "is_permanent": "on"},
        )

        assert "leads back" in str(response.context["form"].errors["redirect_link"])
        assert not Redirect.objects.exists()

    def test_to_the_page_that_stands_there_are_refused(self, log_in, cost):
        response = log_in(SEO_SPECIALISTS).post(
            reverse("wagtailredirects:add"),
            {"old_path": "/cost", "redirect_page": cost.pk, "redirect_link": ""},
        )

        assert "leads back" in str(response.context["form"].errors["redirect_page"])


@pytest.mark.parametrize("typed", ["/old page/", "/old%20page/", "/old%20page"])
@pytest.mark.parametrize("asked", ["/old%20page/", "/old%20page", "/old page/"])
def test_a_path_with_spaces_works_however_it_is_typed(client, cost, typed, asked):
    add(typed, cost)

    assert client.get(asked).url == "/cost/"


def test_a_path_in_other_letters_works(client, cost):
    add("/äpfel & birnen/", cost)

    assert client.get("/%C3%A4pfel%20&%20birnen/").url == "/cost/"


class TestQuery:
    def test_is_carried_on(self, client, cost):
        add("/old", cost)

        assert client.get("/old/?utm_source=news&x=1").url == (
            "/cost/?utm_source=news&x=1"
        )

    def test_is_added_to_that_of_the_target(self, client, home):
        add("/old", "https://elsewhere.example/?a=1#part")

        assert client.get("/old/?x=%20").url == (
            "https://elsewhere.example/?a=1&x=%20#part"
        )

    def test_that_the_redirect_is_about_is_spent(self, client, cost):
        add("/old?page=3", cost)

        assert client.get("/old/?page=3").url == "/cost/"


class TestLivePages:
    def test_answer_with_and_without_the_slash(self, client, cost):
        add("/cost", "https://elsewhere.example/")

        assert client.get("/cost/").status_code == 200
        assert client.get("/cost", follow=True).redirect_chain == [("/cost/", 301)]

    def test_are_named_when_a_redirect_from_there_is_saved(self, log_in, cost):
        client = log_in(SEO_SPECIALISTS)
        data = {"old_path": "/cost", "redirect_link": "https://elsewhere.example/"}

        added = client.post(reverse("wagtailredirects:add"), data, follow=True)
        redirect = Redirect.objects.get()
        edited = client.post(
            reverse("wagtailredirects:edit", args=[redirect.pk]), data, follow=True
        )

        for response in (added, edited):
            words = [str(m) for m in response.context["messages"]]
            assert any("readers get that page" in each for each in words)

    def test_are_not_named_elsewhere(self, log_in, cost):
        client = log_in(SEO_SPECIALISTS)
        data = {"old_path": "/costs", "redirect_link": "https://elsewhere.example/"}

        response = client.post(reverse("wagtailredirects:add"), data, follow=True)

        assert Redirect.objects.count() == 1
        assert "readers get that page" not in response.content.decode()


class TestPagesThatAreGone:
    def test_lead_nobody_to_a_404(self, client, cost):
        add("/old", cost)
        cost.unpublish()

        assert client.get("/old/").status_code == 404

    def test_lead_nobody_there_after_many_renamings(self, client, cost, commits):
        for slug in ("b", "cost", "c", "cost"):
            page = Page.objects.get(pk=cost.pk).specific
            page.slug = slug
            with commits():
                page.save_revision().publish()
        assert client.get("/b/").url == "/cost/"
        assert client.get("/c/").url == "/cost/"

        Page.objects.get(pk=cost.pk).specific.unpublish()

        for path in ("/b/", "/c/", "/cost/"):
            assert client.get(path).status_code == 404


def test_a_redirect_of_another_site_is_none_here(client, cost):
    other = Site.objects.create(hostname="other.example", root_page=cost)
    add("/old", "https://elsewhere.example/", site=other)

    assert client.get("/old/").status_code == 404
