"""How long a title may be: one answer wherever it is asked, on the title as printed."""

import html

import pytest
from bs4 import BeautifulSoup
from wagtail.models import Site

from core.chrome import site_chrome
from core.publishing.content_checks import marked
from core.publishing.rules.search_results import TitleCutOff
from seo import results
from seo.head import head
from seo.snippets.widths import DESKTOP_TITLE
from tests.helpers.factories import ContentPageFactory
from tests.helpers.page_form import edit_url

pytestmark = pytest.mark.one_database

CUT_OFF = "Search results cut off the title"
CODE = "title-cut-off"
ROOM = 600 - DESKTOP_TITLE.measure(" | The clinic")
# What a title may consist of, and how many of it are shown before the suffix.
LETTERS = {
    "narrow": "i",
    "capital": "W",
    "accent": "e\N{COMBINING ACUTE ACCENT}",
    "chinese": "漢",
    "emoji": "🦿",
    "joined": "👩\N{ZERO WIDTH JOINER}⚕\N{VARIATION SELECTOR-16}",
}


@pytest.fixture
def cost(home):
    return ContentPageFactory(parent=home, title="Cost", slug="cost")


@pytest.fixture
def admin(log_in):
    return log_in(None)


def printed(client, page):
    """Return the title as readers and search engines get it."""
    return BeautifulSoup(client.get(page.url).content, "html.parser").title.text


def answers(client, page):
    """Return what each place says of the title: is it too long?"""
    search = page.make_preview_request(preview_mode="wagtail-seo").content.decode()
    form = client.get(edit_url(page)).content.decode()
    return {
        "the title itself": results.Title(printed(client, page)).is_cut,
        "search preview": CUT_OFF in html.unescape(search),
        "list beside the form": CUT_OFF in html.unescape(form),
        "content checks": CODE in [problem.code for problem in marked(page)],
    }


@pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS)
def test_every_place_gives_the_same_answer(admin, cost, letter):
    most = int(ROOM / DESKTOP_TITLE.measure(letter))
    for number in (1, most, most + 1):
        cost.seo_title = letter * number
        cost.save_revision().publish()
        cost.refresh_from_db()
        said = answers(admin, cost)

        assert set(said.values()) == {number > most}, (number, said)


def as_the_head_prints_it(rf, page):
    """Return the title worked out for a request, as `seo.head` does for every page."""
    request = rf.get(page.url)
    return head({"page": page, "request": request, **site_chrome(request)}).title


@pytest.mark.parametrize("letters", ["i", "W漢e\N{COMBINING ACUTE ACCENT}🦿 "])
def test_the_rule_judges_what_the_head_prints_of_every_length(rf, cost, letters):
    found = set()
    for number in range(121):
        cost.seo_title = (letters * 120)[:number]
        title = as_the_head_prints_it(rf, cost)

        assert results.printed_title(cost) == title
        assert bool(list(TitleCutOff().problems(cost))) == title.is_cut
        found.add(title.is_cut)

    assert found == {True, False}


@pytest.mark.parametrize("more", [0, 1])
@pytest.mark.parametrize("start", ["", "At The Clinic "])
def test_a_title_without_suffix_has_all_the_room(rf, home, cost, start, more):
    """The front page's has none, nor has one that names the organisation itself."""
    page = cost if start else home
    room = 600 - DESKTOP_TITLE.measure(start)
    page.seo_title = start + "w" * (int(room / DESKTOP_TITLE.measure("w")) + more)

    assert results.printed_title(page) == as_the_head_prints_it(rf, page)
    assert bool(list(TitleCutOff().problems(page))) == bool(more)


def test_the_name_of_the_site_counts(rf, cost):
    Site.objects.update(site_name="The Clinic by the Old Harbour")
    cost.seo_title = "w" * 30

    (problem,) = TitleCutOff().problems(cost)

    assert results.printed_title(cost) == as_the_head_prints_it(rf, cost)
    assert "Type a title tag of 22 characters or fewer" in problem.sentence


def test_a_name_that_leaves_no_room_is_what_to_shorten(cost):
    Site.objects.update(site_name="The Clinic " * 7)

    (problem,) = TitleCutOff().problems(cost)

    assert "Shorten the organisation's name" in problem.sentence
    assert "Type a title tag" not in problem.sentence
