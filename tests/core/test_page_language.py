"""Pages are served in their own language, the admin in its user's."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale
from wagtail.users.models import UserProfile

from core.page_language import follow_language_code, language_code
from tests.helpers.factories import ArticleIndexPageFactory, ArticlePageFactory


@pytest.fixture
def german_article(home):
    german = Locale.objects.create(language_code="de")
    index = ArticleIndexPageFactory(parent=home, locale=german)
    return ArticlePageFactory(parent=index, locale=german)


def prefer(user, language):
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = language
    profile.save()


def test_a_page_is_served_in_its_language(client, german_article):
    html = client.get(german_article.url).content.decode()

    assert '<html lang="de" dir="ltr">' in html
    assert "1. Januar 2026" in html


def test_the_visitors_preference_changes_nothing(client, home):
    plain = client.get(home.url)
    german = client.get(home.url, headers={"accept-language": "de"})

    assert german.content == plain.content
    assert b'lang="en-gb"' in german.content


def test_what_follows_a_page_is_in_the_sites_language_again(client, german_article):
    client.get(german_article.url)

    assert translation.get_language() == "en-gb"
    assert b'lang="en-gb"' in client.get("/no-such-page/").content


def test_no_query_is_spent_on_the_language_twice(
    client, home, django_assert_num_queries
):
    language_code.cache_clear()
    assert language_code(home.locale_id) == "en-gb"
    with django_assert_num_queries(0):
        language_code(home.locale_id)


def test_a_language_that_changes_is_noticed(client, german_article):
    client.get(german_article.url)
    locale = german_article.locale
    locale.language_code = "fr"
    locale.save()

    assert b'lang="fr"' in client.get(german_article.url).content


def test_a_preview_is_in_the_pages_language(log_in, german_article):
    client = log_in(None)
    prefer(client.user, "fr")
    german_article.save_revision()

    html = client.get(
        reverse("wagtailadmin_pages:view_draft", args=[german_article.pk])
    ).content.decode()

    assert '<html lang="de" dir="ltr">' in html


def test_the_admin_speaks_the_users_language(log_in, home):
    client = log_in(None)
    prefer(client.user, "de")

    assert '<html lang="de" dir="ltr"' in client.get("/admin/").content.decode()


class TestLocale:
    def test_follows_the_language_of_the_site(self, home, settings):
        settings.LANGUAGE_CODE = "de"

        call_command("migrate", verbosity=0)

        assert Locale.get_default().language_code == "de"
        assert Locale.objects.count() == 1

    @pytest.mark.parametrize("more", [{"WAGTAIL_I18N_ENABLED": True}, {}])
    def test_stays_where_the_site_has_several_languages(self, home, settings, more):
        if not more:
            Locale.objects.create(language_code="fr")
        settings.LANGUAGE_CODE = "de"
        settings.WAGTAIL_I18N_ENABLED = bool(more)

        call_command("migrate", verbosity=0)

        assert Locale.all_objects.filter(language_code="en-gb").exists()
        assert not Locale.all_objects.filter(language_code="de").exists()

    def test_need_not_exist_yet(self):
        class NoModels:
            def get_model(self, *names):
                raise LookupError

        follow_language_code("default", NoModels())  # no query, which would fail here
