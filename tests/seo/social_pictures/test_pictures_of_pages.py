"""The picture on a page's card: who gets one, and when it is gone."""

from datetime import timedelta
from io import BytesIO, StringIO
from unittest.mock import patch

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image
from wagtail.models import Page, PageViewRestriction, Site
from wagtailseo.models import SeoSettings

from core.media.private_files import say
from core.models.shown_people import Shows
from core.persons.pictures import erase_media
from seo.social_pictures import files, making
from seo.social_pictures.tasks import make_social_picture
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    ContentPageFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
    SiteImageFactory,
)

pytestmark = pytest.mark.one_database


@pytest.fixture
def page(home):
    return ContentPageFactory(parent=home, title="Cost", slug="cost")


@pytest.fixture
def portrait():
    return SiteImageFactory(title="Ada", shows=Shows.NOBODY)


@pytest.fixture
def article(home, portrait):
    people = PeopleIndexPageFactory(parent=home)
    ada = PersonPageFactory(parent=people, title="Ada Quill", portrait=portrait)
    index = ArticleIndexPageFactory(parent=home)
    return ArticlePageFactory(parent=index, contributors=[ada])


def tags(client, page):
    html = BeautifulSoup(client.get(page.url).content, "html.parser")
    found = html.select('meta[property^="og:image"], meta[name="twitter:card"]')
    return {tag.get("property") or tag["name"]: tag["content"] for tag in found}


def address(client, page):
    return tags(client, page)["og:image"].removeprefix("http://localhost")


def stored():
    """The names of all social pictures."""

    def beneath(folder):
        try:
            folders, names = default_storage.listdir(folder)
        except FileNotFoundError:
            return []
        inner = [name for each in folders for name in beneath(f"{folder}/{each}")]
        return [*(f"{folder}/{name}" for name in names), *inner]

    return sorted(beneath("social-pictures"))


class TestPage:
    def test_without_a_picture_has_one_drawn(self, client, page):
        said = tags(client, page)
        response = client.get(address(client, page))

        assert said["og:image:width"] == "1200"
        assert said["og:image:height"] == "630"
        assert said["og:image:alt"] == "Cost, The clinic"
        assert said["twitter:card"] == "summary_large_image"
        assert Image.open(BytesIO(response.content)).size == (1200, 630)
        assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert response["Cache-Control"] == "public, max-age=60"

    def test_is_not_drawn_while_it_renders(self, client, page):
        client.get(page.url)

        assert stored() == []

    def test_is_drawn_once(self, client, page):
        url = address(client, page)
        first = client.get(url).content

        with patch.object(making, "draw", side_effect=AssertionError):
            assert client.get(url).content == first
        assert len(stored()) == 1

    def test_with_a_picture_of_its_own_shows_that(self, client, page, portrait):
        page.og_image = portrait
        page.save()

        assert "social-pictures" not in tags(client, page)["og:image"]

    def test_shows_the_site_s_default_picture_where_there_is_one(
        self, client, page, portrait
    ):
        settings = SeoSettings.for_site(Site.objects.get())
        settings.og_image_default = portrait
        settings.save()

        assert "social-pictures" not in tags(client, page)["og:image"]

    def test_asks_no_more_of_the_database(self, client, page, portrait):
        def queries():
            client.get(page.url)
            with CaptureQueriesContext(connection) as found:
                client.get(page.url)
            return len(found)

        drawn = queries()
        page.og_image = portrait
        page.save()
        assert drawn <= queries()


class TestAddress:
    def test_of_yesterday_s_title_is_gone(self, client, page):
        url = address(client, page)
        assert client.get(url).status_code == 200
        page.title = "What it costs"
        page.save()

        assert client.get(url).status_code == 404
        assert client.get(address(client, page)).status_code == 200
        make_social_picture.call(page.pk)
        assert len(stored()) == 1
        assert client.get(address(client, page)).status_code == 200

    def test_that_says_something_else_is_not_drawn(self, client, page):
        url = f"/social-pictures/{page.pk}/{'0' * 16}.jpg"

        assert client.get(url).status_code == 404
        assert stored() == []

    def test_of_another_site_is_not_drawn(self, client, page, settings):
        settings.ALLOWED_HOSTS = ["localhost", "other.example"]
        other = Site.objects.create(
            hostname="other.example",
            site_name="Another",
            root_page=ContentPageFactory(parent=Page.get_first_root_node(), slug="o"),
        )
        said = making.facts_of(page, other)
        url = f"/social-pictures/{page.pk}/{said.digest}.jpg"

        assert client.get(url, headers={"host": "other.example"}).status_code == 404
        assert stored() == []

    def test_of_a_page_that_has_a_picture_is_not_drawn(self, client, page, portrait):
        url = address(client, page)
        page.og_image = portrait
        page.save()

        assert client.get(url).status_code == 404
        assert stored() == []

    def test_is_answered_without_a_search_for_earlier_files(self, client, page):
        url = address(client, page)

        with patch.object(files, "_listed", side_effect=AssertionError):
            assert client.get(url).status_code == 200

    @pytest.mark.parametrize("pk", [0, 10**12, 10**30])
    def test_of_no_page_is_not_found(self, client, home, pk):
        assert client.get(f"/social-pictures/{pk}/{'0' * 16}.jpg").status_code == 404

    def test_is_the_page_s_while_anyone_may_read_it(self, client, page):
        url = address(client, page)
        said = making.facts_of(page, page.get_site())

        PageViewRestriction.objects.create(page=page, restriction_type="login")
        assert client.get(url).status_code == 404
        PageViewRestriction.objects.all().delete()
        assert client.get(url).status_code == 200
        page.expire_at = timezone.now() - timedelta(seconds=1)
        page.save()
        assert client.get(url).status_code == 404
        assert files.is_stored(page.pk, said)
        page.unpublish()
        make_social_picture.call(page.pk)
        assert stored() == []

    def test_of_a_draft_is_not_found(self, client, home):
        draft = ContentPageFactory(parent=home, live=False)
        said = making.facts_of(draft, draft.get_site())

        assert (
            client.get(f"/social-pictures/{draft.pk}/{said.digest}.jpg").status_code
            == 404
        )


class TestPortrait:
    def test_is_the_author_s(self, article, portrait):
        said = making.facts_of(article, article.get_site())

        assert (said.author, said.portrait) == ("Ada Quill", portrait)

    def test_of_somebody_who_must_consent_is_gone_at_once(
        self, client, article, portrait, django_capture_on_commit_callbacks
    ):
        url = address(client, article)
        before = client.get(url).content
        portrait.shows = Shows.PEOPLE
        with django_capture_on_commit_callbacks(execute=True):
            portrait.save()

        assert client.get(url).status_code == 404
        assert stored() == []
        after = client.get(address(client, article)).content
        assert after != before

    def test_of_which_nobody_said_whom_it_shows_is_not_drawn(self, article, portrait):
        portrait.shows = ""
        portrait.save()
        said = making.facts_of(article, article.get_site())

        assert (said.author, said.portrait) == ("", None)

    def test_that_is_marked_without_a_form_is_in_no_file(
        self, client, article, portrait, django_capture_on_commit_callbacks
    ):
        client.get(address(client, article))

        with django_capture_on_commit_callbacks(execute=True):
            say(portrait, Shows.PEOPLE)

        assert stored() == []

    def test_that_is_erased_is_in_no_file(
        self, client, article, portrait, django_capture_on_commit_callbacks
    ):
        url = address(client, article)
        assert client.get(url).status_code == 200
        assert len(stored()) == 2  # the picture, and which page it is of

        with django_capture_on_commit_callbacks(execute=True):
            erase_media(portrait)

        assert stored() == []
        assert client.get(url).status_code == 404


class TestFiles:
    def test_cannot_be_guessed_from_the_address(self, client, page):
        url = address(client, page)
        client.get(url)

        (name,) = stored()
        assert url.rpartition("/")[2].removesuffix(".jpg") not in name

    def test_go_with_the_page(self, client, page, django_capture_on_commit_callbacks):
        client.get(address(client, page))

        with django_capture_on_commit_callbacks(execute=True):
            page.delete()

        assert stored() == []

    def test_of_two_requests_at_once_are_one(self, page):
        said = making.facts_of(page, page.get_site())

        def stored_meanwhile(name):
            default_storage.save(name, ContentFile(b"one"))
            return False

        with patch.object(files, "_is_there", side_effect=stored_meanwhile):
            files.store(page.pk, said, b"two")

        assert stored() == [files.name_of(page.pk, said)]


class TestCommand:
    def run(self, *arguments):
        out = StringIO()
        call_command("make_social_pictures", *arguments, stdout=out)
        return out.getvalue()

    def test_makes_what_is_missing_and_nothing_twice(self, home, page):
        ContentPageFactory(parent=home, live=False)

        assert "2 social pictures made, 2 pages looked at" in self.run()
        assert "0 social pictures made, 2 pages" in self.run()
        assert len(stored()) == 2

    def test_says_where_to_go_on_when_it_is_stopped(self, home, page):
        with patch.object(making, "draw", side_effect=KeyboardInterrupt):
            said = self.run()

        assert f"Stopped before page {home.pk}" in said
        assert f"Go on with --from={home.pk}" in said
        assert "1 social pictures made" in self.run(f"--from={page.pk}")
