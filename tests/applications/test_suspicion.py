"""What looks like a program's is asked for again, then kept with a mark."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from applications import limits
from applications.applying.forms import HONEYPOT
from applications.applying.tokens import FormToken
from applications.models import Application, Draft
from home.roles import ADMISSIONS
from tests.helpers.factories_applications import (
    ApplicationFormPageFactory,
    filled_in,
    send,
    token_in,
)
from tests.helpers.factories_steps import SteppedFormPageFactory, fill_in, walk


@pytest.fixture
def form_page(home):
    return ApplicationFormPageFactory(parent=home)


def post(client, form_page, kind, token=None):
    """Fill the form in as ``kind`` does that looks automatic."""
    posted = filled_in(form_page, token=token, age=0 if kind == "fast" else 60)
    if kind == "honeypot":
        posted[HONEYPOT] = "https://filled-in.example"
    return client.post(form_page.url, posted)


def post_again(client, form_page, kind):
    first = post(client, form_page, kind)
    assert first.status_code == 422
    assert not Application.objects.exists()
    return post(client, form_page, kind, token=FormToken.read(token_in(first)))


@pytest.mark.parametrize("kind", ["honeypot", "fast"])
class TestLooksAutomatic:
    def test_sent_again_is_stored_with_a_mark(self, client, form_page, kind):
        """A browser that fills in hidden fields must not shut a person out."""
        response = post_again(client, form_page, kind)

        application = Application.objects.get()
        assert response.status_code == 303
        assert application.suspicion == kind
        thanks = client.get(response.url).content.decode()
        assert application.reference in thanks

    def test_is_shown_to_staff_in_the_list_and_at_the_application(
        self, client, form_page, kind, log_in
    ):
        post_again(client, form_page, kind)
        application = Application.objects.get()
        reason = str(application.get_suspicion_display())
        officer = log_in(ADMISSIONS)

        listed = officer.get(reverse("application:index"), {"suspicion": kind})
        inspect = reverse("application:inspect", args=[application.pk])

        assert reason in listed.content.decode()
        assert application.reference in listed.content.decode()
        assert reason in officer.get(inspect).content.decode()

    def test_writes_to_no_address_that_it_names(self, client, form_page, kind, commits):
        post_again(client, form_page, kind)

        assert not mail.outbox


def test_a_new_link_to_what_is_marked_is_mailed_to_nobody(client, form_page, commits):
    post_again(client, form_page, "fast")

    client.post("/applications/link/new/", {"email": "ada@example.org"})

    assert not mail.outbox


def test_sent_again_without_what_looked_automatic_has_no_mark(client, form_page):
    posted = filled_in(form_page)
    posted[HONEYPOT] = "x"
    warned = FormToken.read(token_in(client.post(form_page.url, posted)))

    client.post(form_page.url, filled_in(form_page, token=warned))

    assert Application.objects.get().suspicion == ""


def test_that_a_form_came_back_cannot_be_claimed(client, form_page):
    token = FormToken.new(form_page.latest_definition.pk)
    honest, warned = str(token), str(replace(token, warned=True))
    forged = warned.split(":")[0] + honest[honest.index(":") :]
    posted = filled_in(form_page)
    posted |= {"form_token": [forged], HONEYPOT: ["x"]}

    assert client.post(form_page.url, posted).status_code == 422
    assert not Application.objects.exists()


class TestPlaces:
    """Of a form that is full after one application."""

    @pytest.fixture
    def full_after_one(self, form_page):
        form_page.full_after = 1
        form_page.save()
        return form_page

    def test_are_not_taken_by_what_looks_automatic(self, client, full_after_one):
        post_again(client, full_after_one, "honeypot")
        application = Application.objects.get()

        assert application.suspicion
        assert full_after_one.closure == ""
        assert client.get(full_after_one.url).context["form"]

    def test_are_taken_once_somebody_vouches_for_it(self, client, full_after_one):
        post_again(client, full_after_one, "honeypot")
        Application.objects.update(is_vouched=True)

        assert full_after_one.closure == "full"

    def test_are_taken_by_what_never_looked_automatic(self, client, full_after_one):
        send(client, full_after_one)

        assert full_after_one.closure == "full"


class TestInSteps:
    @pytest.fixture
    def review(self, client, home):
        return walk(client, SteppedFormPageFactory(parent=home))

    def test_is_asked_for_again_then_stored_with_a_mark(self, client, review):
        """The whole form was filled in faster than anybody can."""
        first = fill_in(client, review)
        assert first.url == f"{review}?notice=fast"
        assert not Application.objects.exists()
        said = client.get(first.url).content.decode()
        assert "faster than people answer" in said

        fill_in(client, first.url)

        assert Application.objects.get().suspicion == "fast"

    def test_with_a_hidden_field_too(self, client, review):
        Draft.objects.update(created_at=timezone.now() - timedelta(minutes=5))
        first = fill_in(client, review, **{HONEYPOT: "x"})
        assert first.url == f"{review}?notice=hidden"

        fill_in(client, first.url, **{HONEYPOT: "x"})

        assert Application.objects.get().suspicion == "honeypot"

    def test_over_a_limit_shows_the_review_and_keeps_the_draft(
        self, client, review, monkeypatch
    ):
        Draft.objects.update(created_at=timezone.now() - timedelta(minutes=5))
        monkeypatch.setattr(
            limits, "SENT_FOR_EMAIL", replace(limits.SENT_FOR_EMAIL, attempts=0)
        )

        response = fill_in(client, review)

        assert response.status_code == 429
        assert response.headers["Retry-After"] == "3600"
        assert "Vermilionazole" in response.content.decode()
        assert Draft.objects.exists()
        monkeypatch.undo()
        assert fill_in(client, review).status_code == 303
        assert Application.objects.get().suspicion == ""
