"""What every e-mail has in common."""

import re

import pytest
from bs4 import BeautifulSoup
from django.template.loader import get_template, render_to_string

from core.mail import letter

CONTEXT = {
    "site_name": "Quay & <Marram>",
    "root_url": "https://clinic.example",
    "confirm_url": "https://clinic.example/newsletter/confirm/x/",
    "unsubscribe_url": "https://clinic.example/newsletter/unsubscribe/x/",
    "reference": "K7F2-9QXM",
    "url": "https://clinic.example/admin/applications/inspect/3/",
}
LETTERS = [
    "applications/emails/arrived",
    "newsletter/emails/already",
    "newsletter/emails/confirm",
]


@pytest.fixture(params=LETTERS)
def sent(request):
    return letter("A subject", request.param, CONTEXT, ["reader@example.org"])


def html_of(message):
    ((content, kind),) = message.alternatives
    assert kind == "text/html"
    return content


def test_every_address_of_the_html_stands_in_the_text_too(sent):
    soup = BeautifulSoup(html_of(sent), "html.parser")
    links = {link["href"] for link in soup.find_all("a")}
    assert links
    assert links == set(re.findall(r"https?://\S+", sent.body))


def test_opening_it_fetches_nothing_and_runs_nothing(sent):
    html = html_of(sent)
    assert "<img" not in html
    assert "<script" not in html
    assert "url(" not in html
    assert "@import" not in html
    assert not BeautifulSoup(html, "html.parser").find_all("link")


def test_what_a_site_is_called_is_escaped_in_html_and_plain_in_text(sent):
    assert "Quay &amp; &lt;Marram&gt;" in html_of(sent)
    assert "Quay & <Marram>" in sent.body


def test_it_has_a_language_a_title_and_one_heading(sent):
    soup = BeautifulSoup(html_of(sent), "html.parser")
    assert soup.html["lang"] == "en-gb"
    assert soup.title.text == "A subject"
    assert len(soup.find_all("h1")) == 1


@pytest.mark.parametrize("name", LETTERS)
def test_it_is_written_in_both_forms(name):
    for ending in ("txt", "html"):
        assert get_template(f"{name}.{ending}")
        assert render_to_string(f"{name}.{ending}", CONTEXT).strip()
