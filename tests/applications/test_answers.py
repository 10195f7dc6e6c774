"""Nobody is led away from the site, and no answer for all carries one's own."""

import re

import pytest
from django.urls import reverse
from wagtail.models import PageViewRestriction

from articles.models.article_page import ArticlePage
from home.roles import EDITORS, MODERATORS
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    PeopleIndexPageFactory,
)
from tests.helpers.page_form import GOOD, edit_url, posted


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


@pytest.fixture
def article(index):
    page = ArticlePageFactory(parent=index, title="As written", body=GOOD)
    page.save_revision().publish()
    return ArticlePage.objects.get(pk=page.pk)


class TestRedirects:
    AWAY = [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example/",
        "/\\evil.example/",
        "\\\\evil.example/",
        "http:evil.example",
        "https:/evil.example",
        "javascript:alert(1)",
        " //evil.example",
        "/\t/evil.example",
        "https://localhost@evil.example/",
        "https://testserver.evil.example/",
    ]

    @pytest.mark.parametrize("away", AWAY)
    def test_after_logging_in_stay_on_the_site(self, client, log_in, home, away):
        log_in(EDITORS)
        user = client.user
        client.logout()

        response = client.post(
            reverse("wagtailadmin_login"),
            {"login": user.username, "password": "password", "next": away},
        )

        assert response.status_code == 302
        assert response.url == reverse("wagtailadmin_home")

    @pytest.mark.parametrize("away", AWAY)
    def test_after_an_action_stay_on_the_site(self, log_in, article, away):
        url = reverse("wagtailadmin_pages:unpublish", args=[article.pk])

        response = log_in(MODERATORS).post(url, {"next": away})

        assert response.status_code == 302
        assert "evil.example" not in response.url
        assert response.url.startswith("/admin/")

    @pytest.mark.parametrize("away", AWAY)
    def test_after_a_password_stay_on_the_site(self, client, article, away):
        restriction = PageViewRestriction.objects.create(
            page=article, restriction_type="password", password="sesame"
        )
        url = reverse(
            "wagtailcore_authenticate_with_password", args=[restriction.pk, article.pk]
        )

        response = client.post(url, {"password": "sesame", "return_url": away})

        target = response.url if response.status_code == 302 else ""
        assert "evil.example" not in target
        assert "javascript" not in target

    def test_after_signing_up_stay_on_the_site(self, client, home):
        response = client.post(
            "/newsletter/sign-up/",
            {
                "email": "a@example.org",
                "page": "//evil.example",
                "block": "//evil.example",
                "next": "//evil.example",
            },
        )

        assert response.status_code == 303
        assert response.url == reverse("newsletter:received")

    @pytest.mark.parametrize(
        "path", ["//evil.example", "//evil.example/%2e%2e", "/\\e"]
    )
    def test_for_a_missing_slash_stay_on_the_site(self, client, home, path):
        response = client.get("/", PATH_INFO=path)

        assert response.status_code in {301, 302, 400, 404}
        assert not re.match(r"[/\\]{2}|https?:", response.headers.get("Location", ""))


class TestCookies:
    def test_are_set_by_no_page_that_can_be_shared(self, client, home, index, article):
        people = PeopleIndexPageFactory(parent=home)
        addresses = [page.url for page in (home, index, article, people)]
        addresses += ["/search/?query=a", "/sitemap.xml", "/robots.txt", "/nowhere/"]
        addresses += [reverse("articles:rss"), reverse("articles:atom")]
        for address in addresses:
            response = client.get(address)

            assert not response.cookies, address

    def test_of_staff_bring_the_user_bar_and_strangers_get_none(
        self, client, log_in, article
    ):
        assert "wagtail-userbar" not in client.get(article.url).content.decode()
        log_in(EDITORS)
        client.get(article.url)
        client.logout()

        assert "wagtail-userbar" not in client.get(article.url).content.decode()


class TestAdminPages:
    def test_load_nothing_from_another_host(self, log_in, home, article):
        client = log_in(None)
        client.post(
            reverse("wagtailadmin_pages:preview_on_edit", args=[article.pk]),
            posted(level="2", text="Previewed", slug=article.slug),
        )
        addresses = [
            reverse("wagtailadmin_home"),
            edit_url(article),
            reverse("wagtailadmin_pages:preview_on_edit", args=[article.pk]),
            reverse("wagtailadmin_account"),
            reverse("wagtailusers_users:index"),
            reverse("wagtailadmin_reports:site_history"),
        ]
        loaded = re.compile(
            r"""<(?:script|img|iframe|link|source|video)\b[^>]*?"""
            r"""(?:src|href|srcset)=["'](?:https?:)?//(?!localhost|testserver)[^"']*"""
        )
        for address in addresses:
            html = client.get(address).content.decode()

            assert loaded.findall(html) == [], address
