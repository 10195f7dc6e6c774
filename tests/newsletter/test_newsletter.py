"""The newsletter: asked for in any page, confirmed by e-mail, left with one click."""

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.db import IntegrityError

from newsletter.links import link
from newsletter.models import Subscriber
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    ContentPageFactory,
)
from tests.helpers.factories_newsletter import SubscriberFactory

pytestmark = pytest.mark.usefixtures("commits")

SIGN_UP = "/newsletter/sign-up/"
RECEIVED = "/newsletter/received/"
ADDRESS = "Mira.Holt@example.org"
WORDS = {
    "heading": "News by e-mail",
    "text": "<p>Four letters a year.</p>",
    "label": "Subscribe",
    "success": "<p>Look into your mailbox.</p>",
    "failure": "<p>Something is wrong with that.</p>",
}


@pytest.fixture
def article(home):
    target = ContentPageFactory(parent=home, title="The protocol")
    return ArticlePageFactory(
        parent=ArticleIndexPageFactory(parent=home),
        body=[
            ("paragraph", "<p>Before.</p>"),
            ("sign_up", {**WORDS, "page": target, "page_label": ""}),
        ],
    )


@pytest.fixture
def block(article):
    return article.body[1].id


@pytest.fixture
def fields(article, block):
    return {"email": ADDRESS, "page": article.pk, "block": block, "website": ""}


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


class TestBlock:
    def test_prints_a_form_and_the_way_to_a_page(self, client, article, block):
        section = soup(client.get(article.url)).select_one(f"#newsletter-{block}")

        assert section.h2.text == "News by e-mail"
        assert section.form["action"] == SIGN_UP
        assert section.button.text == "Subscribe"
        assert section.select_one(".sign-up__page a").text == "The protocol"

    def test_sets_no_cookie(self, client, article):
        assert not client.get(article.url).cookies


class TestSignUp:
    def test_leads_back_to_the_block_that_thanks(self, client, article, block, fields):
        response = client.post(SIGN_UP, fields)

        assert response.status_code == 303
        assert response.url == f"{article.url}?newsletter=received#newsletter-{block}"
        section = soup(client.get(response.url)).select_one(f"#newsletter-{block}")
        assert section.select_one(".notice").text.strip() == "Look into your mailbox."
        assert not section.form

    @pytest.mark.parametrize(
        "typed", ["mira.holt@", "", "a b@example.org", "mira\0@example.org", "x" * 300]
    )
    def test_shows_the_page_again_with_what_was_typed(
        self, client, article, block, fields, typed
    ):
        response = client.post(SIGN_UP, {**fields, "email": typed})

        html = soup(response)
        section = html.select_one(f"#newsletter-{block}")
        field = section.select_one("input[type=email]")
        assert response.status_code == 422
        assert html.h1.text.strip() == article.title
        assert html.title.text.startswith(f"Error: {article.title}")
        assert "Something is wrong with that." in section.select_one(".notice").text
        assert field["value"] == typed.replace("\0", "")[:254]
        assert field["aria-invalid"] == "true"
        assert section.find(id=field["aria-describedby"]).text.strip()
        assert not Subscriber.objects.exists()

    @pytest.mark.parametrize("changes", [{}, {"block": ""}], ids=["beside", "apart"])
    @pytest.mark.parametrize("typed", [ADDRESS, "mira.holt@"])
    def test_is_answered_for_one_reader_alone(self, client, fields, typed, changes):
        """No cache keeps a page on which an address stands."""
        response = client.post(SIGN_UP, {**fields, "email": typed, **changes})

        assert "no-store" in response.headers["Cache-Control"]

    def test_marks_only_the_form_that_was_sent(self, client, article, fields):
        article.body.append(("sign_up", {**WORDS, "page": None, "page_label": ""}))
        article.save()

        html = soup(client.post(SIGN_UP, {**fields, "email": "x"}))

        assert len(html.select(".sign-up")) == 2
        assert len(html.select("[aria-invalid]")) == 1

    def test_writes_nothing_for_a_machine_and_answers_the_same(self, client, fields):
        person = client.post(SIGN_UP, fields)
        machine = client.post(
            SIGN_UP, {**fields, "email": "bot@example.org", "website": "http://x"}
        )

        assert (machine.status_code, machine.url) == (person.status_code, person.url)
        assert Subscriber.objects.count() == len(mail.outbox) == 1

    @pytest.mark.parametrize(
        "headers",
        [
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Origin": "https://elsewhere.example"},
            {"Origin": "null"},
        ],
    )
    def test_is_refused_from_another_site(self, client, fields, headers):
        response = client.post(SIGN_UP, fields, headers=headers)

        assert response.status_code == 403
        assert ADDRESS in response.content.decode()
        assert not Subscriber.objects.exists()

    @pytest.mark.parametrize(
        "headers",
        [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://testserver"}, {}],
    )
    def test_is_taken_from_here_without_any_token(self, article, fields, headers):
        from django.test import Client

        strict = Client(enforce_csrf_checks=True)

        assert strict.post(SIGN_UP, fields, headers=headers).status_code == 303

    @pytest.mark.parametrize(
        "changes",
        [
            {"page": "999999"},
            {"page": "x"},
            {"page": "9" * 40},
            {"page": "-1"},
            {"page": ""},
            {"page": "1\0"},
            {"block": "gone"},
            {"block": ""},
            {"block": "\0"},
        ],
    )
    def test_is_answered_on_a_page_of_its_own_where_the_form_is_gone(
        self, client, fields, changes
    ):
        taken = client.post(SIGN_UP, {**fields, **changes})
        refused = client.post(SIGN_UP, {**fields, **changes, "email": "x@"})

        assert taken.status_code == 303
        assert "received your address" in client.get(taken.url).content.decode()
        assert Subscriber.objects.get().email == ADDRESS
        assert refused.status_code == 422
        assert soup(refused).select_one("input[type=email]")["value"] == "x@"

    def test_shows_no_unpublished_page(self, client, article, fields):
        article.unpublish()

        response = client.post(SIGN_UP, {**fields, "email": "x"})

        assert article.title not in response.content.decode()

    def test_shows_no_private_page(self, client, article, fields):
        from wagtail.models import PageViewRestriction

        PageViewRestriction.objects.create(page=article, restriction_type="login")

        response = client.post(SIGN_UP, {**fields, "email": "x"})

        assert article.title not in response.content.decode()

    def test_survives_ten_megabytes(self, client, fields):
        response = client.post(SIGN_UP, {**fields, "email": "x" * 10_000_000})

        assert response.status_code == 422
        assert len(response.content) < 200_000

    def test_opened_by_hand_shows_a_form(self, client, home):
        assert soup(client.get(SIGN_UP)).select_one("form.sign-up__form")

    def test_one_address_is_one_subscriber_in_whatever_letters(self, client, fields):
        client.post(SIGN_UP, fields)
        client.post(SIGN_UP, {**fields, "email": ADDRESS.upper()})

        assert Subscriber.objects.count() == 1
        with pytest.raises(IntegrityError):
            SubscriberFactory(email=ADDRESS.lower())

    @pytest.mark.parametrize("status", [None, *Subscriber.Status])
    def test_known_and_unknown_addresses_get_one_answer_and_one_letter(
        self, client, article, block, fields, status
    ):
        if status:
            SubscriberFactory(email=ADDRESS, status=status)

        response = client.post(SIGN_UP, fields)

        assert response.url == f"{article.url}?newsletter=received#newsletter-{block}"
        assert len(mail.outbox) == 1
        known = status == Subscriber.Status.CONFIRMED
        assert ("already" in mail.outbox[0].body) == known
        assert Subscriber.objects.get().status == (status or "pending")

    @pytest.mark.parametrize("status", [None, *Subscriber.Status])
    def test_known_and_unknown_addresses_cost_about_the_same(
        self, client, fields, status, django_assert_max_num_queries
    ):
        if status:
            SubscriberFactory(email=ADDRESS, status=status)
        client.get("/")

        # An unknown address costs the row and its savepoint more.
        with django_assert_max_num_queries(24):
            client.post(SIGN_UP, fields)

    def test_says_which_words_stood_beside_the_form(self, client, article, fields):
        client.post(SIGN_UP, fields)
        article.body[1].value["heading"] = "Other words"
        article.save()
        client.post(SIGN_UP, {**fields, "email": "other@example.org"})

        versions = set(Subscriber.objects.values_list("wording_version", flat=True))
        assert len(versions) == 2

    @pytest.mark.parametrize("status", list(Subscriber.Status))
    def test_who_signs_up_again_has_read_the_words_of_today(
        self, client, fields, status
    ):
        SubscriberFactory(email=ADDRESS, status=status, wording_version="earlier")

        client.post(SIGN_UP, fields)

        is_kept = Subscriber.objects.get().wording_version == "earlier"
        assert is_kept == (status == Subscriber.Status.CONFIRMED)


class TestPages:
    def test_say_in_their_titles_what_they_are_for(self, client, home):
        subscriber = SubscriberFactory()
        confirm, leave = link(subscriber, "confirm"), link(subscriber, "unsubscribe")
        answers = [client.get(path) for path in (SIGN_UP, RECEIVED, confirm, leave)]
        answers += [client.post(path) for path in (confirm, leave)]
        answers.append(client.get("/newsletter/confirm/altered/"))

        for answer in answers:
            html = soup(answer)
            assert html.title.text.startswith(html.h1.text.strip())

    def test_say_in_the_title_that_something_is_wrong(self, client, home):
        refused = soup(client.post(SIGN_UP, {"email": "x@"}))

        assert refused.title.text.startswith("Error: Newsletter")
