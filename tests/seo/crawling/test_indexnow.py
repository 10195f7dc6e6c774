"""IndexNow: engines hear of pages that changed, by a task, and of no others."""

import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.error import HTTPError

import pytest
from django.urls import reverse
from wagtail.models import PageViewRestriction

from seo.crawling import changed, indexnow
from tests.helpers.factories import ContentPageFactory
from tests.helpers.factories_testimonials import (
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
)

pytestmark = pytest.mark.django_db
KEY = "a1b2c3d4-e5f6"


@pytest.fixture
def engine(settings):
    """A search engine on this machine: what it heard, and how it answers."""

    class Engine(BaseHTTPRequestHandler):
        heard: list[dict] = []
        status = 202

        def do_POST(self):
            length = int(self.headers["Content-Length"])
            self.heard.append(json.loads(self.rfile.read(length)))
            self.send_response(Engine.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *words):
            pass

    server = HTTPServer(("127.0.0.1", 0), Engine)
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    settings.INDEXNOW_KEY = KEY
    settings.INDEXNOW_URL = f"http://127.0.0.1:{server.server_port}/indexnow"
    settings.WAGTAILADMIN_BASE_URL = "http://localhost"
    yield Engine
    server.shutdown()
    server.server_close()


@pytest.fixture
def cost(home):
    return ContentPageFactory(parent=home, slug="cost")


def told(engine):
    return [each["urlList"] for each in engine.heard]


def test_publishing_is_told_with_host_and_key(engine, cost, commits):
    with commits():
        cost.save_revision().publish()

    assert engine.heard == [
        {
            "host": "localhost",
            "key": KEY,
            "keyLocation": f"http://localhost/{KEY}.txt",
            "urlList": ["http://localhost/cost/"],
        }
    ]


def test_unpublishing_and_a_new_slug_are_told(engine, cost, commits):
    with commits():
        cost.slug = "price"
        cost.save_revision().publish()
    assert ["http://localhost/price/", "http://localhost/cost/"] in told(engine)

    engine.heard.clear()
    with commits():
        cost.refresh_from_db()
        cost.unpublish()
    assert told(engine) == [["http://localhost/price/"]]


def test_all_beneath_a_section_that_is_renamed_or_moved_are_told(
    engine, home, cost, commits, monkeypatch, log_in
):
    """In parts, each with old and new addresses."""
    monkeypatch.setattr(changed, "AT_ONCE", 2)
    other = ContentPageFactory(parent=home, slug="other")
    beneath = [ContentPageFactory(parent=cost, slug=f"p{each}") for each in range(3)]
    ContentPageFactory(parent=beneath[0], slug="deep")
    ContentPageFactory(parent=cost, slug="hidden", robots_index="no")
    ContentPageFactory(parent=cost, slug="draft", live=False)
    paths = ["p0/", "p0/deep/", "p1/", "p2/"]

    def all_of(*roots):
        return {f"http://localhost/{root}{path}" for root in roots for path in paths}

    with commits():
        cost.slug = "price"
        cost.save_revision().publish()
    own = {"http://localhost/price/", "http://localhost/cost/"}
    assert {each for some in told(engine) for each in some} == (
        all_of("price/", "cost/") | own
    )
    assert max(map(len, told(engine))) <= 4

    engine.heard.clear()
    cost.refresh_from_db()
    with commits():
        cost.move(other, pos="last-child")
    named = {each for some in told(engine) for each in some}
    assert all_of("other/price/", "price/") < named

    engine.heard.clear()
    with commits():
        url = reverse("wagtailadmin_pages:delete", args=[cost.pk])
        log_in(None).post(url, {"readers_go": "gone"})
    named = {each for some in told(engine) for each in some}
    assert named == all_of("other/price/") | {"http://localhost/other/price/"}


def test_a_deletion_that_wagtail_asks_about_again_is_not_told(
    engine, cost, commits, log_in
):
    url = reverse("wagtailadmin_pages:delete", args=[cost.pk])
    asked = {"readers_go": "gone", "confirm_site_name": "mistyped"}

    log_in(None).post(url, asked)

    assert type(cost).objects.filter(pk=cost.pk).exists()
    assert told(engine) == []


def test_deletions_by_the_api_and_in_bulk_are_told(engine, home, commits, log_in):
    one, two, three = (ContentPageFactory(parent=home, slug=s) for s in "abc")
    admin = log_in(None)
    api = reverse("wagtailadmin_api:pages:action", args=[one.pk, "delete"])
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])

    assert admin.post(api).status_code == 204
    admin.post(f"{bulk}?id={two.pk}&id={three.pk}", {"readers_go": "gone"})

    named = {each for some in told(engine) for each in some}
    assert named == {f"http://localhost/{slug}/" for slug in "abc"}


def test_the_old_address_of_a_story_is_told_to_nobody(engine, home, commits):
    index = TestimonialIndexPageFactory(parent=home, slug="stories")
    story = TestimonialPageFactory(parent=index, slug="ada")

    with commits():
        story.slug = "a-story"
        story.save_revision().publish()

    named = {each for some in told(engine) for each in some}
    assert named == {"http://localhost/stories/a-story/"}


def test_what_is_not_for_search_engines_is_not_told(engine, home, cost, commits):
    hidden = ContentPageFactory(parent=home, robots_index="no")
    below = ContentPageFactory(parent=hidden)
    private = ContentPageFactory(parent=home)
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    named = ContentPageFactory(parent=home, canonical_page=cost)
    draft = ContentPageFactory(parent=home, live=False)

    with commits():
        for each in (hidden, below, private, named):
            each.save_revision().publish()
        draft.save_revision()

    assert told(engine) == []


def test_nothing_is_told_without_a_key_or_of_a_copy(engine, cost, commits, settings):
    settings.SEARCH_ENGINES_ALLOWED = False
    with commits():
        cost.save_revision().publish()
    settings.SEARCH_ENGINES_ALLOWED, settings.INDEXNOW_KEY = True, ""
    with commits():
        cost.save_revision().publish()

    assert told(engine) == []


def test_pages_of_other_hosts_are_left_out(engine, home):
    indexnow.tell_indexnow.func(["https://other.example/", "http://localhost/x/"])

    assert told(engine) == [["http://localhost/x/"]]


def test_a_refusal_fails_the_task_so_that_it_is_tried_again(engine):
    engine.status = 429

    with pytest.raises(HTTPError) as refused:
        indexnow.tell_indexnow.func(["http://localhost/x/"])
    refused.value.close()


def test_the_key_is_read_at_its_own_address_alone(client, home, settings):
    assert client.get(f"/{KEY}.txt").status_code == 404
    settings.INDEXNOW_KEY = KEY

    assert client.get(f"/{KEY}.txt").content.decode() == KEY
    assert client.get("/another-key.txt").status_code == 404


def test_a_key_that_engines_refuse_is_noticed(settings):
    settings.INDEXNOW_KEY = "short"

    assert [each.id for each in indexnow.key_is_one(None)] == ["seo.E001"]
