"""Earlier versions: only those that a correction leads to, as of now, and marked."""

import json
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from wagtail.models import PageViewRestriction

from core.persons.person import Person
from core.persons.registry import registered
from delivery.headers import standard_headers
from delivery.pages import stored_keys
from testimonials.models import Consent
from tests.helpers.factories import ArticlePageFactory
from tests.helpers.factories_testimonials import (
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
)
from tests.helpers.page_store import Visitor
from tests.review.history.conftest import (
    RIGHT,
    WRONG,
    correction,
    latest,
    paragraph,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(corrected, wrong_version):
    return f"{corrected.url}versions/{wrong_version.pk}/"


def test_it_says_what_readers_saw_and_that_it_is_over(client, corrected, address):
    response = client.get(address)

    html = BeautifulSoup(response.content, "html.parser")
    body = html.select_one(".article .body")
    assert WRONG in body.text
    assert RIGHT not in body.text
    mark = html.select_one(".earlier-version")
    assert "This is an earlier version of the page." in mark.text
    assert "It said 84." in mark.text
    assert mark.select_one("a[href]")["href"] == corrected.url
    assert not html.select(".review-note")


def test_search_engines_are_led_to_the_present_page(client, corrected, address):
    response = client.get(address)

    html = BeautifulSoup(response.content, "html.parser")
    assert response["X-Robots-Tag"] == "noindex"
    assert "noindex" in html.select_one("meta[name=robots]")["content"]
    (canonical,) = html.select("link[rel=canonical]")
    assert canonical["href"] == corrected.full_url
    assert not html.select('script[type="application/ld+json"]')
    sitemap = client.get("/sitemap.xml").content.decode()
    assert "/versions/" not in sitemap


@pytest.fixture
def everywhere_noindex(settings):
    settings.SEARCH_ENGINES_ALLOWED = False
    standard_headers.cache_clear()
    yield
    standard_headers.cache_clear()


def test_it_is_not_stored_where_every_page_has_its_headers(
    settings, tmp_path, everywhere_noindex, corrected, address
):
    settings.PAGE_STORE = str(tmp_path / "pages")
    settings.ALLOWED_HOSTS = ["localhost"]
    settings.WAGTAILADMIN_BASE_URL = "http://localhost:8000"
    visitor = Visitor()

    assert visitor.get(corrected.url).status == visitor.get(address).status == 200

    assert stored_keys(tmp_path / "pages") == [f"localhost_8000{corrected.url}"]


def test_no_other_version_has_an_address(client, corrected, wrong_version):
    draft = latest(corrected)
    draft.body = json.dumps([paragraph("Secret draft.", "p1")])
    secret = draft.save_revision()
    number = wrong_version.pk
    guessed = [
        secret.pk,
        corrected.live_revision_id,
        number + 1000,
        f"0{number}",
        f"{number}/x",
        "9" * 40,
        "x",
        "",
    ]

    answers = {client.get(f"{corrected.url}versions/{each}/") for each in guessed}

    assert {answer.status_code for answer in answers} == {404}
    assert client.get(f"{corrected.url}versions/%00/").status_code == 400


def test_another_page_does_not_show_it(client, corrected, wrong_version, index):
    other = corrected.copy(update_attrs={"slug": "other"}, keep_live=True)

    assert client.get(f"{other.url}versions/{wrong_version.pk}/").status_code == 404


def test_it_goes_with_its_page(client, corrected, address):
    corrected.expire_at = timezone.now() - timedelta(hours=1)
    corrected.save()
    assert client.get(address).status_code in {404, 410}

    corrected.expire_at = None
    corrected.save()
    corrected.unpublish()
    assert client.get(address).status_code in {404, 410}


def test_it_is_as_private_as_its_page(client, corrected, address):
    PageViewRestriction.objects.create(
        page=corrected, restriction_type=PageViewRestriction.LOGIN
    )

    assert client.get(address).status_code == 302


def test_an_alias_shows_the_version_of_its_source(client, corrected, address, index):
    alias = corrected.create_alias(update_slug="alias", parent=index)

    answer = client.get(address.replace(corrected.url, alias.url))

    assert WRONG in answer.content.decode()


def test_head_is_answered_and_nothing_can_be_posted(client, address):
    assert client.head(address).status_code == 200
    assert client.post(address).status_code in {200, 405}


def test_a_version_that_readers_saw_is_not_overwritten_by_autosave(published, publish):
    draft = latest(published)
    draft.body = json.dumps([paragraph("A later draft.", "p1")])

    saved = draft.save_revision(overwrite_revision=published.live_revision)

    assert saved.pk != published.live_revision_id


def test_a_story_is_in_it_only_while_its_consent_lasts(client, home, index, publish):
    story = TestimonialPageFactory(parent=TestimonialIndexPageFactory(parent=home))
    page = ArticlePageFactory(
        parent=index,
        is_medical=False,
        body=[("testimonial", {"story": story, "text": ""})],
    )
    told = {"type": "testimonial", "value": {"story": story.pk, "text": ""}, "id": "t1"}
    wrong = publish(page, told, paragraph(WRONG, "p2"))
    page = publish(wrong, paragraph(RIGHT, "p2"), correction())
    address = f"{page.url}versions/{wrong.live_revision_id}/"
    assert story.standfirst in client.get(address).content.decode()

    Consent.objects.update(withdrawn_at=timezone.now())

    shown = client.get(address).content.decode()
    assert story.standfirst not in shown
    assert WRONG in shown


def test_whoever_is_forgotten_is_in_no_earlier_version(client, published, publish):
    name = "Grete Halvorsen"
    wrong = publish(published, paragraph(f"{name} took part.", "p2"))
    page = publish(wrong, paragraph(RIGHT, "p2"), correction(f"It named {name}."))
    address = f"{page.url}versions/{wrong.live_revision_id}/"
    assert name in client.get(address).content.decode()

    person = Person(frozenset(), words=frozenset({name}))
    for kind in registered():
        for item in list(kind.find(person)):
            if not item.by_hand:
                kind.erase(item)
    # The words of the page itself, which an editor takes out.
    page = publish(page, paragraph(RIGHT, "p2"))

    assert client.get(address).status_code == 404
    html = client.get(page.url).content.decode()
    assert name not in html
    assert "versions/" not in html
    assert "Corrected on" in html
