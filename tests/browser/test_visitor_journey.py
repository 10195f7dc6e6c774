"""What a visitor does whose browser runs no scripts."""

import itertools
import re
from email.message import Message
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import BrowserContext, Page, expect

from articles.models.index_page import ArticleIndexPage
from newsletter.models import Subscriber

LONG_ARTICLE = "Can mesenchymal stem cells slow the course of multiple sclerosis?"


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "java_script_enabled": False}


@pytest.fixture
def visitor(patient: BrowserContext, demonstration: str) -> Page:
    """A window on the front page."""
    page = patient.new_page()
    page.goto(demonstration)
    return page


@pytest.fixture
def article(visitor: Page) -> Page:
    """A window on the long article, opened as readers find it."""
    visitor.get_by_label("Main").get_by_role("link", name="Blog").click()
    visitor.wait_for_url("**/blog/")
    link = visitor.get_by_role("link", name=LONG_ARTICLE).first
    for number in itertools.count(start=2):
        if link.count() > 0:
            break
        visitor.get_by_role("link", name="Next page").click()
        visitor.wait_for_url(f"**page={number}*")
    link.click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(LONG_ARTICLE)
    return visitor


def test_a_group_of_the_menu_opens_and_leads_on(visitor: Page) -> None:
    menu = visitor.get_by_label("Main")
    link = menu.get_by_role("link", name="What it costs")
    expect(link).to_be_hidden()
    menu.get_by_text("Treatment", exact=True).click()
    link.click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("What treatment costs")


def test_a_citation_leads_to_the_list_and_back(article: Page) -> None:
    citation = article.locator(".citation a").first
    number = citation.inner_text()
    citation.click()
    expect(article).to_have_url(re.compile(f"#reference-{number}$"))
    expect(article.locator(":target")).to_be_in_viewport()
    article.locator(":target .references__backlinks a").first.click()
    expect(article).to_have_url(re.compile("#cite-"))
    expect(article.locator(".citation").first).to_be_in_viewport()


def test_the_contents_lead_to_a_heading(article: Page) -> None:
    article.locator(".contents summary").click()
    link = article.locator(".contents a").last
    words = link.inner_text()
    link.click()
    expect(article.locator(":target")).to_contain_text(words)
    expect(article.locator(":target")).to_be_in_viewport()


def test_the_row_of_stories_is_a_list_of_links(article: Page) -> None:
    row = article.locator(".testimonial-carousel")
    expect(row.get_by_role("button")).to_have_count(0)
    expect(row.get_by_role("listitem")).to_have_count(2)
    row.get_by_role("listitem").last.get_by_role("link").first.click()
    expect(article.get_by_role("heading", level=1)).to_have_text(
        "Rowing again, more slowly"
    )


def test_a_question_opens_on_its_answer(article: Page) -> None:
    question = article.locator(".questions__item:not([open])").first
    answer = question.locator(".questions__answer")
    closed = article.locator(".questions__item:not([open])").count()
    expect(answer).to_be_hidden()
    question.locator("summary").click()
    expect(article.locator(".questions__item:not([open])")).to_have_count(closed - 1)


def test_a_list_is_filtered_and_paged_through(
    visitor: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ArticleIndexPage, "page_size", 2)
    visitor.get_by_label("Main").get_by_role("link", name="Blog").click()
    topics = visitor.get_by_label("Topics")
    topics.get_by_role("link", name="Multiple sclerosis").click()
    visitor.wait_for_url("**topic=multiple-sclerosis*")
    expect(topics.locator("[aria-current]")).to_have_text("Multiple sclerosis")

    titles = set()
    for number in itertools.count(start=2):
        cards = visitor.locator(".card__title")
        assert 1 <= cards.count() <= 2
        titles.update(cards.all_inner_texts())
        further = visitor.get_by_role("link", name="Next page")
        if further.count() == 0:
            break
        further.click()
        visitor.wait_for_url(f"**page={number}*")
    assert "topic=multiple-sclerosis" in visitor.url
    assert LONG_ARTICLE in titles
    assert len(titles) > 2


def test_a_search_finds_the_article(visitor: Page) -> None:
    visitor.get_by_label("Main").get_by_role("link", name="Search").click()
    visitor.get_by_label("Search this site").fill("mesenchymal stem cells slow")
    visitor.get_by_role("button", name="Search").click()
    expect(visitor.get_by_role("status")).to_contain_text("result")
    visitor.get_by_role("link", name=LONG_ARTICLE).click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(LONG_ARTICLE)


def test_a_mistyped_address_is_kept_and_a_good_one_confirmed_by_button(
    article: Page,
) -> None:
    form = article.locator(".sign-up")
    form.get_by_label("E-mail address").fill("ada@example")
    form.get_by_role("button", name="Sign me up").click()
    expect(article.locator("h1")).to_have_text(LONG_ARTICLE)
    expect(form.get_by_role("alert")).to_contain_text("That did not work.")
    expect(form.locator(".form__error")).to_contain_text("in full")
    expect(form.get_by_label("E-mail address")).to_have_value("ada@example")
    assert mail.outbox == []

    form.get_by_label("E-mail address").fill("ada@example.org")
    form.get_by_role("button", name="Sign me up").click()
    expect(article.locator("h1")).to_have_text(LONG_ARTICLE)
    expect(form.get_by_role("status")).to_contain_text("Please look in your inbox")
    expect(form.locator("form")).to_have_count(0)

    [letter] = mail.outbox
    assert letter.to == ["ada@example.org"]
    article.goto(_link_in(letter.message(), "confirm"))
    subscriber = Subscriber.objects.latest("pk")
    assert subscriber.status != Subscriber.Status.CONFIRMED  # by looking alone
    article.get_by_role("button", name="Yes, send me the newsletter").click()
    expect(article.locator("h1")).to_have_text("You now receive the newsletter")
    subscriber.refresh_from_db()
    assert subscriber.status == Subscriber.Status.CONFIRMED


def _link_in(letter: Message, name: str) -> str:
    text = next(p for p in letter.walk() if p.get_content_type() == "text/plain")
    words = text.get_payload(decode=True).decode().split()
    return next(word for word in words if f"/{name}/" in word)
