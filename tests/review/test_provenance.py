"""Readers and machines are told how pictures and texts were made."""

import json

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Site

from core.models.site_settings import DisclaimerSettings
from core.pictures.provenance import Provenance
from core.text.provenance import TextProvenance
from home.models import ContentPage
from home.roles import ADMISSIONS, EDITORS
from tests.helpers.appearances import film
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    ContentPageFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
    SiteImageFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pictures")]

NOTE = "Somebody has checked it."


@pytest.fixture
def index(home):
    site = Site.objects.get()
    DisclaimerSettings.objects.create(
        site=site, ai=f"<p>{NOTE}</p>", medical="<p>See a doctor.</p>"
    )
    return ArticleIndexPageFactory(parent=home)


@pytest.fixture
def shown(client, index):
    """An article with these fields, as a reader gets it."""

    def show(**fields):
        page = ArticlePageFactory(parent=index, **fields)
        return BeautifulSoup(client.get(page.url).content, "html.parser")

    return show


def figure(provenance, credit=""):
    image = SiteImageFactory(provenance=provenance, credit=credit)
    image.contextual_alt_text, image.decorative = "A quay.", False
    return ("figure", {"image": image, "caption": "", "credit": ""})


def graph(page):
    text = page.select_one('script[type="application/ld+json"]').text
    return json.loads(text)["@graph"]


def test_a_picture_says_how_it_was_made(shown):
    page = shown(body=[figure(Provenance.DRAWING, "Ada Quay")])

    printed = [each.text for each in page.select(".figure .figure__credit")]
    assert printed == ["Drawing", "Ada Quay"]


def test_a_lead_picture_says_so_too(shown):
    page = shown(lead_image=SiteImageFactory(provenance=Provenance.STOCK))

    assert page.select_one(".lead figcaption").text.strip() == "Stock photograph"


def test_nothing_is_said_where_nobody_has_said_it(shown):
    page = shown(body=[figure("")], text_provenance="")

    assert not page.select(".figure__credit, .text-provenance")
    assert NOTE not in page.text


@pytest.mark.parametrize(
    ("provenance", "expected"),
    [
        ("ai", "https://schema.org/TrainedAlgorithmicMediaDigitalSource"),
        ("photograph", "https://schema.org/DigitalCaptureDigitalSource"),
        ("stock", None),
    ],
)
def test_machines_are_told_in_the_words_of_iptc(shown, provenance, expected):
    page = shown(lead_image=SiteImageFactory(provenance=provenance, credit="Ada"))

    nodes = [each for each in graph(page) if "primaryImageOfPage" in each]
    texts = json.dumps(graph(page))
    assert nodes
    assert (f'"digitalSourceType": "{expected}"' in texts) is (expected is not None)


@pytest.mark.parametrize(
    ("provenance", "is_ai"),
    [("drawing", False), ("altered", True), ("ai-edited", True), ("ai", True)],
)
def test_the_note_on_ai_is_printed_once_and_by_itself(shown, provenance, is_ai):
    page = shown(body=[figure(provenance), figure(provenance)])

    assert page.text.count(NOTE) == int(is_ai)


@pytest.mark.parametrize(
    ("provenance", "is_ai"), [("people", False), ("ai-edited", True), ("ai", True)]
)
def test_a_text_says_how_it_was_written(shown, provenance, is_ai):
    page = shown(text_provenance=provenance)

    assert page.select_one(".text-provenance").text.endswith(".")
    assert page.text.count(NOTE) == int(is_ai)
    assert ("digitalSourceType" in json.dumps(graph(page))) is is_ai


def test_words_about_ai_are_no_mark(shown):
    text = '<p>&lt;p class="text-provenance" data-ai&gt;</p>'

    assert NOTE not in shown(body=[("paragraph", text)]).text


@pytest.mark.parametrize("is_medical", [True, False])
def test_medical_content_has_its_note(client, index, home, is_medical):
    page = ContentPageFactory(parent=home, is_medical=False)
    ContentPage.objects.update(is_medical=is_medical)

    answer = client.get(page.url).content.decode()

    assert answer.count("See a doctor.") == int(is_medical)


def test_pictures_without_it_are_listed_for_editors(log_in, home):
    SiteImageFactory(title="Untold")
    SiteImageFactory(title="Told", provenance=Provenance.AI)

    page = log_in(EDITORS).get(reverse("untold_pictures")).content.decode()

    assert "Untold" in page
    assert ">Told<" not in page.replace("\n", "").replace(" ", "")


@pytest.mark.parametrize("report", ["untold_pictures", "written_report"])
def test_the_list_is_for_those_who_can_say_it(log_in, report):
    assert log_in(ADMISSIONS).get(reverse(report)).status_code == 302


def titles(client, **chosen):
    page = client.get(reverse("written_report"), chosen)
    html = BeautifulSoup(page.content, "html.parser")
    return {link.text.strip() for link in html.select("td.title .title-wrapper a")}


def test_texts_are_listed_by_what_they_say_of_themselves(log_in, home, index):
    ArticlePageFactory(parent=index, title="Untold")
    ArticlePageFactory(parent=index, title="Draft", live=False)
    told = ArticlePageFactory(
        parent=index, title="Told", text_provenance=TextProvenance.TRANSLATED
    )
    told.create_alias(update_slug="alias", parent=index)
    people = PeopleIndexPageFactory(parent=home)
    PersonPageFactory(parent=people, title="Ada Quay")
    client = log_in(EDITORS)

    assert titles(client) == {"Untold", "Told", "Ada Quay"}
    assert titles(client, written="unsaid") == {"Untold", "Ada Quay"}
    assert titles(client, written="mt") == {"Told"}
    assert titles(client, written="ai") == set()
    answer = client.get(reverse("written_report"), {"export": "csv"})
    rows = answer.getvalue().decode().splitlines()
    (row,) = [each for each in rows if each.startswith("Told,")]
    assert row.endswith(",Translated by machine")


@pytest.mark.parametrize(
    ("provenance", "words"),
    [("mt", "Translated by machine."), ("mt-edited", "checked by people.")],
)
def test_a_translation_by_machine_is_told_as_made_with_ai(shown, provenance, words):
    page = shown(text_provenance=provenance)

    label = page.select_one(".text-provenance[data-ai]")
    assert label.text.endswith(words)
    assert NOTE in page.text


def test_the_front_page_says_how_its_picture_was_made(client, index, home):
    home.lead_image = SiteImageFactory(provenance=Provenance.AI)
    home.save()

    page = BeautifulSoup(client.get("/").content, "html.parser")

    assert page.select_one(".home-header__picture .figure__credit[data-ai]")
    assert NOTE in page.text


def test_a_profile_says_how_its_portrait_was_made(client, index, home):
    people = PeopleIndexPageFactory(parent=home)
    portrait = SiteImageFactory(provenance=Provenance.AI)
    person = PersonPageFactory(parent=people, portrait=portrait)

    page = BeautifulSoup(client.get(person.url).content, "html.parser")

    assert page.select_one(".profile__portrait .figure__credit[data-ai]")
    assert NOTE in page.text


def test_a_film_says_how_its_still_was_made(shown):
    video = film()
    video.poster = SiteImageFactory(provenance=Provenance.AI)
    video.save()

    page = shown(body=[("video", {"video": video, "caption": ""})])

    assert page.select_one(".video .figure__credit[data-ai]")
    assert NOTE in page.text
