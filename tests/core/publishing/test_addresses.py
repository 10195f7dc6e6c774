"""No page takes an address that the site answers itself."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Page

from core.publishing.addresses import TAKEN, is_taken_by_the_site
from core.publishing.gate import PublishBlocked
from delivery.once import scope
from home.models import ContentPage
from tests.helpers.factories import ContentPageFactory
from tests.helpers.page_form import edit_url

pytestmark = pytest.mark.django_db


@pytest.fixture
def about(home):
    return ContentPageFactory(parent=home, slug="about")


@pytest.fixture
def beneath(about):
    """A page that may be called as it is where it is."""
    return ContentPageFactory(parent=about, slug="search")


def said(response):
    return [str(message).strip() for message in response.context["messages"]]


@pytest.mark.parametrize(
    ("path", "taken"),
    [
        ("search/", True),
        ("admin/", True),
        ("media/", True),
        ("static/", True),
        ("about/search/", False),
        ("searches/", False),
        ("feeds/", False),
        ("", False),
    ],
)
def test_the_sites_own_addresses_are_known(home, path, taken):
    assert is_taken_by_the_site(home.url_path + path) is taken


@pytest.mark.parametrize("live", [True, False])
@pytest.mark.parametrize("slug", ["search", "admin", "media"])
def test_no_page_is_created_there(home, slug, live):
    with pytest.raises(ValidationError, match="belongs to the site"):
        ContentPageFactory(parent=home, slug=slug, live=live)


def test_a_title_that_would_take_one_gets_a_free_address(log_in, home):
    url = reverse("wagtailadmin_pages:add", args=["home", "contentpage", home.pk])
    form = log_in(None).get(url).context["form"]
    data = {name: form[name].value() or "" for name in form.fields if name != "body"}

    log_in(None).post(
        url, {**_bare(data), "title": "Search", "slug": "search", "action-save": "1"}
    )

    assert ContentPage.objects.get().slug == "search-2"


def _bare(data):
    formsets = {
        f"{name}-{part}": 0
        for name in ("comments",)
        for part in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
    }
    return {**data, **formsets, "body-count": 0}


def test_one_that_is_typed_is_refused_at_the_field(log_in, about):
    client = log_in(None)
    form = client.get(edit_url(about)).context["form"]
    data = {name: form[name].value() or "" for name in form.fields if name != "body"}

    response = client.post(
        edit_url(about), {**_bare(data), "slug": "search", "action-publish": "1"}
    )

    assert response.context["form"].errors["slug"] == [str(TAKEN)]
    assert Page.objects.get(pk=about.pk).slug == "about"


def test_a_move_there_is_refused(log_in, home, beneath):
    url = reverse("wagtailadmin_pages:move_confirm", args=[beneath.pk, home.pk])

    response = log_in(None).post(url, follow=True)

    assert str(TAKEN) in said(response)
    assert Page.objects.get(pk=beneath.pk).url_path == "/front/about/search/"


def test_one_of_several_that_is_refused_stops_no_other(log_in, home, about, beneath):
    other = ContentPageFactory(parent=about, slug="prices")
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    chosen = f"id={beneath.pk}&id={other.pk}&next=/admin/"

    response = log_in(None).post(f"{url}?{chosen}", {"chooser": home.pk}, follow=True)

    assert f"“{beneath.title}” was not moved. {TAKEN}" in said(response)
    assert "1 page has been moved" in said(response)
    assert Page.objects.get(pk=beneath.pk).url_path == "/front/about/search/"
    assert Page.objects.get(pk=other.pk).url_path == "/front/prices/"


def test_code_moves_none_there(home, beneath):
    with pytest.raises(PublishBlocked):
        beneath.move(home, pos="last-child")

    assert Page.objects.get(pk=beneath.pk).url_path == "/front/about/search/"


def test_a_copy_there_is_refused_at_the_field(log_in, home, about):
    url = reverse("wagtailadmin_pages:copy", args=[about.pk])
    data = {
        "new_title": "Search",
        "new_slug": "search",
        "new_parent_page": home.pk,
    }

    response = log_in(None).post(url, data)

    assert response.context["form"].errors["new_slug"] == [str(TAKEN)]
    assert not Page.objects.filter(slug="search").exists()


def test_code_copies_none_there(home, about):
    with pytest.raises(ValidationError, match="belongs to the site"):
        about.copy(to=home, update_attrs={"slug": "search"})

    assert not Page.objects.filter(slug="search").exists()


def test_within_a_request_each_page_has_its_own_address_and_a_new_one_at_once(home):
    first = ContentPageFactory(parent=home, slug="first")
    second = ContentPageFactory(parent=home, slug="second")

    with scope("gen-5"):
        before = [first.url, second.url, first.url]
        first.slug = "moved"
        first.save()
        after = first.url

    assert before == ["/first/", "/second/", "/first/"]
    assert after == "/moved/"
