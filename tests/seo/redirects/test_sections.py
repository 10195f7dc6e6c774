"""A section of any size is renamed and moved with its redirects, or not at all."""

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from seo.redirects import writing
from tests.helpers.factories import ContentPageFactory

pytestmark = pytest.mark.django_db


def leads_to(client, path, **extra):
    response = client.get(path, **extra)
    assert response.status_code == 301, response.status_code
    return response.url


@pytest.mark.parametrize("count", [1_001, 999, 10_000])
def test_a_section_of_any_size_keeps_its_old_addresses(client, section, rename, count):
    top = section(count)

    rename(top, "renamed")

    assert Redirect.objects.count() == count + 1
    for number in (0, count // 2, count - 1):
        old = f"/section/page-{number}/"
        assert leads_to(client, old) == f"/renamed/page-{number}/"


def test_a_section_moved_and_renamed_back_takes_one_hop(
    client, home, section, rename, move
):
    top = section(1_001)
    other = ContentPageFactory(parent=home, slug="other")

    rename(top, "renamed")
    moved = move(top, other)
    moved = rename(moved, "section")
    move(moved, home)

    assert client.get("/section/").status_code == 200
    for old in ("/renamed/page-0/", "/other/renamed/page-7/", "/other/section/page-9/"):
        assert leads_to(client, old) == f"/section/{old.split('/')[-2]}/"
    assert not Redirect.objects.filter(old_path__startswith="/section").exists()


@pytest.mark.parametrize("chunk", [1, 0])
@pytest.mark.parametrize("how", ["rename", "move"])
def test_nothing_is_half_done_where_it_is_broken_off(
    client, home, section, rename, move, monkeypatch, how, chunk
):
    top = section(30)
    ContentPageFactory(parent=Page.objects.get(pk=top.pk), slug="last")
    other = ContentPageFactory(parent=home, slug="other")
    monkeypatch.setattr(writing, "CHUNK", 10)
    write, calls = writing.Redirect.objects.bulk_create, []

    def breaks(*args, **kwargs):
        calls.append(1)
        if len(calls) > chunk:
            raise RuntimeError("broken off")
        return write(*args, **kwargs)

    monkeypatch.setattr(writing.Redirect.objects, "bulk_create", breaks)
    with pytest.raises(RuntimeError):
        rename(top, "renamed") if how == "rename" else move(top, other)

    assert not Redirect.objects.exists()
    assert Page.objects.get(pk=top.pk).url_path.endswith("/section/")
    assert client.get("/section/").status_code == 200
    assert client.get("/section/last/").status_code == 200


def test_one_saved_by_its_slug_alone_is_found(client, home, rename):
    cost = ContentPageFactory(parent=home, slug="cost")
    ContentPageFactory(parent=cost, slug="travel")

    rename(cost, "prices", update_fields=["slug"])

    assert leads_to(client, "/cost/") == "/prices/"
    assert leads_to(client, "/cost/travel/") == "/prices/travel/"
    assert client.get("/prices/travel/").status_code == 200


def test_a_page_moved_to_another_site_is_found_there(client, home, rename, move):
    about = ContentPageFactory(parent=home, slug="about")
    cost = ContentPageFactory(parent=home, slug="cost")
    other = ContentPageFactory(parent=home.get_parent(), slug="other")
    Site.objects.create(hostname="other.example", root_page=other)

    move(cost, other)
    rename(about, "us")

    assert leads_to(client, "/cost/") == "http://other.example/cost/"
    assert leads_to(client, "/about/") == "/us/"


def test_a_front_page_of_a_site_beneath_changes_nothing_there(
    client, home, rename, settings
):
    settings.ALLOWED_HOSTS = ["*"]
    section = ContentPageFactory(parent=home, slug="section")
    front = ContentPageFactory(parent=section, slug="front")
    ContentPageFactory(parent=front, slug="cost")
    Site.objects.create(hostname="other.example", root_page=front)

    rename(section, "renamed")

    assert client.get("/cost/", HTTP_HOST="other.example").status_code == 200
    old = Redirect.objects.values_list("old_path", flat=True)
    assert set(old) == {"/section", "/section/front", "/section/front/cost"}


def test_an_address_longer_than_its_column_is_found(client, home, rename):
    parent = home
    for letter in "abc":
        parent = ContentPageFactory(parent=parent, slug=letter * 120)
    old = parent.url

    rename(home.get_children().first(), "short")

    assert leads_to(client, old).startswith("/short/")
    assert client.get(f"{old[:-2]}x/").status_code == 404


def test_a_page_that_is_reordered_or_saved_leaves_nothing(home, move):
    cost = ContentPageFactory(parent=home, slug="cost")

    move(cost, home)
    cost.save()

    assert not Redirect.objects.exists()


def test_renaming_costs_the_same_queries_however_many_are_beneath(
    section, rename, django_assert_max_num_queries
):
    small, large = section(2, slug="small"), section(400, slug="large")
    with django_assert_max_num_queries(60) as few:
        rename(small, "small-one")
    with django_assert_max_num_queries(len(few) + 4):
        rename(large, "large-one")
