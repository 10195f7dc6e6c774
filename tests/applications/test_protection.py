"""Forged, stale and automatic posts: refused, and never at a visitor's cost."""

import re
import time

import pytest
from django.test import Client

from applications.applying.forms import HONEYPOT, TOKEN
from applications.applying.tokens import FASTEST, LONGEST, FormToken
from applications.models.applications import Application
from tests.helpers.factories_applications import (
    ApplicationFormPageFactory,
    filled_in,
    token_in,
)


@pytest.fixture
def form_page(home):
    return ApplicationFormPageFactory(parent=home)


class TestForgeryProtection:
    @pytest.fixture
    def strict(self):
        return Client(enforce_csrf_checks=True, headers={"host": "localhost"})

    @pytest.mark.parametrize("stale", ["", "x" * 64], ids=["missing", "stale"])
    def test_shows_the_filled_in_form_again_with_a_token_that_works(
        self, strict, form_page, stale
    ):
        posted = filled_in(form_page)
        posted["csrfmiddlewaretoken"] = stale
        strict.get(form_page.url)

        response = strict.post(form_page.url, posted)

        html = response.content.decode()
        assert response.status_code == 403
        assert "Nothing has been sent yet" in html
        assert "Vermilionazole" in html
        assert "no-store" in response.headers["Cache-Control"]
        assert not Application.objects.exists()
        assert "Vermilionazole" not in strict.get(form_page.url).content.decode()
        posted["csrfmiddlewaretoken"] = re.search(
            r'name="csrfmiddlewaretoken" value="([^"]+)"', html
        )[1]
        assert strict.post(form_page.url, posted).status_code == 303

    def test_works_from_a_first_visit_without_any_cookie(self, strict, form_page):
        response = strict.post(form_page.url, filled_in(form_page))

        assert response.status_code == 403
        assert "csrftoken" in response.cookies

    def test_shows_no_private_form_to_strangers(self, strict, form_page):
        form_page.view_restrictions.create(restriction_type="login")

        response = strict.post(form_page.url, filled_in(form_page, token="x"))

        assert response.status_code == 302


class TestAbuse:
    def test_a_filled_honeypot_gets_the_form_again_and_no_thanks(
        self, client, form_page
    ):
        posted = filled_in(form_page)
        posted[HONEYPOT] = "https://spam.example"

        response = client.post(form_page.url, posted)

        html = response.content.decode()
        assert response.status_code == 422
        assert "a hidden field was filled in" in html
        assert "spam.example" not in html
        assert not Application.objects.exists()

    def test_too_fast_gets_the_form_again_and_passes_later(
        self, client, form_page, monkeypatch
    ):
        response = client.post(form_page.url, filled_in(form_page, age=FASTEST - 2))

        assert response.status_code == 422
        assert "faster than people answer" in response.content.decode()
        assert not Application.objects.exists()
        token = FormToken.read(token_in(response))
        later = time.time() + 60
        monkeypatch.setattr(time, "time", lambda: later)
        assert (
            client.post(form_page.url, filled_in(form_page, token=token)).status_code
            == 303
        )

    def test_a_form_open_for_days_is_offered_anew_with_its_answers(
        self, client, form_page
    ):
        posted = filled_in(form_page, age=LONGEST + 60)

        response = client.post(form_page.url, posted)

        assert "open for more than a day" in response.content.decode()
        assert "Vermilionazole" in response.content.decode()
        assert token_in(response) != posted[TOKEN]

    @pytest.mark.parametrize("token", ["", "forged", "a:b:c", "x\0y"])
    def test_a_forged_token_gets_the_form_again_with_a_new_one(
        self, client, form_page, token
    ):
        posted = filled_in(form_page)
        posted[TOKEN] = token

        response = client.post(form_page.url, posted)

        assert response.status_code == 422
        assert FormToken.read(token_in(response))
        assert not Application.objects.exists()

    def test_the_token_of_another_form_sends_that_form(self, client, form_page, home):
        other = ApplicationFormPageFactory(parent=home, slug="other", title="Other")

        client.post(form_page.url, filled_in(other))

        assert Application.objects.get().definition.page_id == other.pk
