"""Limits on sending, links and codes: told in a sentence, at nobody's cost."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from applications import limits
from applications.models import AccessLink, Application, Draft, LinkRequest
from tests.helpers.access_links import ask_for_code, enter, latest_link
from tests.helpers.factories_applications import ApplicationFormPageFactory, send
from tests.helpers.factories_steps import SteppedFormPageFactory, fill_in, walk
from users.limits import Limit

HERE, ELSEWHERE = "192.0.2.1", "192.0.2.2"
NEW_LINK = "/applications/link/new/"


@pytest.fixture
def form_page(home):
    return ApplicationFormPageFactory(parent=home)


@pytest.fixture
def only(monkeypatch):
    """``only(NAME=2)`` allows so many attempts, and any number of other kinds."""

    def set_limits(**attempts):
        for name in [name for name in vars(limits) if name.isupper()]:
            kind = getattr(limits, name)
            if isinstance(kind, Limit):
                most = attempts.get(name, 1000)
                monkeypatch.setattr(
                    limits, name, Limit(kind.name, most, kind.seconds, kind.advice)
                )

    return set_limits


def somebody(address=HERE):
    return Client(headers={"host": "localhost"}, REMOTE_ADDR=address)


class TestSending:
    def test_too_often_from_one_network_keeps_the_answers_and_says_when(
        self, form_page, only
    ):
        only(SENT_FROM_ADDRESS=2)
        for number in range(2):
            sent = send(somebody(), form_page, email=f"{number}@example.org")
            assert sent.status_code == 303

        response = send(somebody(), form_page, email="2@example.org")

        assert response.status_code == 429
        assert response.headers["Retry-After"] == "600"
        html = response.content.decode()
        assert "Nothing has been sent yet: many applications" in html
        assert "Vermilionazole" in html
        assert "no-store" in response.headers["Cache-Control"]
        assert Application.objects.count() == 2
        assert send(somebody(ELSEWHERE), form_page).status_code == 303

    def test_too_often_with_one_address_is_told_however_it_is_typed(
        self, form_page, only
    ):
        only(SENT_FOR_EMAIL=1)
        send(somebody(), form_page)

        response = send(somebody(), form_page, email="Ada@Example.org")

        assert response.status_code == 429
        assert response.headers["Retry-After"] == "3600"
        assert "Vermilionazole" in response.content.decode()

    def test_of_strangers_with_an_address_keeps_its_owner_from_nothing(
        self, form_page, only
    ):
        only(SENT_FOR_EMAIL=1)
        for _ in range(2):
            send(somebody(), form_page)

        assert send(somebody(ELSEWHERE), form_page).status_code == 303

    def test_mistakes_and_the_same_again_count_for_nothing(self, form_page, only):
        only(SENT_FROM_ADDRESS=1)
        visitor = somebody()
        for _ in range(3):
            assert send(visitor, form_page, email="wrong").status_code == 422
        first = send(visitor, form_page)
        token = first.wsgi_request.POST["form_token"]

        from applications.applying.tokens import FormToken

        again = send(visitor, form_page, token=FormToken.read(token))

        assert (first.status_code, again.status_code) == (303, 303)

    def test_without_a_cache_turns_nobody_away(self, form_page, settings, only):
        only(SENT_FROM_ADDRESS=0, SENT_FOR_EMAIL=0)
        dummy = "django.core.cache.backends.dummy.DummyCache"
        settings.CACHES = {"default": {"BACKEND": dummy}}

        assert send(somebody(), form_page).status_code == 303


class TestLinks:
    def test_asked_for_too_often_are_refused_alike_for_every_address(
        self, form_page, only, commits
    ):
        only(LINKS_FOR_EMAIL=1)
        send(somebody(), form_page)
        answers = []
        for email in ("ada@example.org", "nobody@example.org"):
            somebody().post(NEW_LINK, {"email": email})

            response = somebody().post(NEW_LINK, {"email": email})

            page = response.content.decode()
            assert f'value="{email}"' in page
            assert "Several links were asked for" in page
            answers.append((response.status_code, response.headers["Retry-After"]))
        assert answers == [(429, "3600")] * 2
        assert LinkRequest.objects.count() == 2

    def test_asked_for_by_strangers_keep_the_owner_from_none(self, form_page, only):
        only(LINKS_FOR_EMAIL=1)
        for _ in range(2):
            somebody().post(NEW_LINK, {"email": "ada@example.org"})

        owner = somebody(ELSEWHERE).post(NEW_LINK, {"email": "ada@example.org"})

        assert owner.status_code == 303

    def test_asked_for_keep_nobody_from_saving(self, home, only, commits):
        only(LINKS_FOR_EMAIL=0, LINKS_FROM_ADDRESS=0)
        visitor = somebody()
        walk(visitor, SteppedFormPageFactory(parent=home), until="step/3/")

        saved = visitor.post("/apply/save/", {"email": "ada@example.org"})

        assert saved.status_code == 303

    def test_asked_for_by_one_network_for_many_are_refused(self, form_page, only):
        only(LINKS_FROM_ADDRESS=2)
        statuses = [
            somebody().post(NEW_LINK, {"email": f"{n}@example.org"}).status_code
            for n in range(3)
        ]

        assert statuses == [303, 303, 429]


def test_forms_begun_too_often_are_answered_filled_in(home, only):
    only(DRAFTS_FROM_ADDRESS=1)
    page = SteppedFormPageFactory(parent=home)
    typed = {"short_text": "Ada Quillfeather", "consent": "on"}
    for _ in range(2):
        visitor = somebody()
        walk(visitor, page, until="step/2/")
        response = fill_in(visitor, "/apply/step/2/", **typed)

    assert response.status_code == 429
    assert response.headers["Retry-After"] == "600"
    html = response.content.decode()
    assert "many forms have been begun from your network" in html
    assert "Ada Quillfeather" in html
    assert Draft.objects.count() == 1
    elsewhere = somebody(ELSEWHERE)
    walk(elsewhere, page, until="step/2/")
    assert fill_in(elsewhere, "/apply/step/2/", **typed).status_code == 303


class TestCodes:
    @pytest.fixture
    def link(self, form_page, commits):
        send(somebody(), form_page)
        return latest_link()

    def test_asked_for_too_often_are_not_mailed(self, link, only, commits):
        only(CODES_FROM_ADDRESS=1)
        visitor = somebody()
        ask_for_code(visitor, link)
        sent = len(mail.outbox)

        response = visitor.post(reverse("applications:ask-again"))

        assert response.status_code == 429
        assert response.headers["Retry-After"] == "600"
        assert "Wait ten minutes" in response.content.decode()
        assert len(mail.outbox) == sent

    def test_tried_too_often_are_not_looked_at(self, link, only, commits):
        only(TRIES_FROM_ADDRESS=1)
        visitor = somebody()
        ask_for_code(visitor, link)
        enter(visitor, "000 000")

        response = enter(visitor, "000 001")

        assert response.status_code == 429
        assert 'value="000 001"' in response.content.decode()
        assert AccessLink.objects.get().code_tries == 1


def test_no_limit_keeps_an_address_in_clear(form_page, monkeypatch):
    kept = []
    monkeypatch.setattr(
        "users.limits.cache.add", lambda key, *a: kept.append(key), raising=False
    )
    monkeypatch.setattr("users.limits.cache.incr", lambda key: 1, raising=False)

    send(somebody(), form_page)

    assert len(kept) == 2
    for key in kept:
        assert HERE not in key
        assert "ada" not in key
