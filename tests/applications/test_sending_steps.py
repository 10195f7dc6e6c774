"""Sending a form in steps: what stops it, and what another window does meanwhile."""

import pytest

from applications.applying import intake
from applications.applying.steps import drafts, reviewing
from applications.models import Application, Draft
from applications.uploads import answers
from tests.helpers.applicants_files import kept
from tests.helpers.factories_applications import LABELS
from tests.helpers.factories_steps import SteppedFormPageFactory, fill_in, soup_of, walk


@pytest.fixture(autouse=True)
def at_any_speed(monkeypatch):
    """A test answers faster than people do."""
    monkeypatch.setattr(reviewing, "FASTEST", 0)


@pytest.fixture
def form_page(home):
    return SteppedFormPageFactory(parent=home)


@pytest.fixture
def meanwhile(monkeypatch):
    """Do something in another window after the review was read, before it is stored."""

    def do(act):
        def store(*args, **kwargs):
            act()
            return stored(*args, **kwargs)

        stored = intake.store
        monkeypatch.setattr(intake, "store", store)

    return do


def test_a_password_manager_that_fills_hidden_fields_passes_the_steps(
    client, form_page
):
    walk(client, form_page, until="step/3/")

    assert fill_in(client, "/apply/step/3/", yes_no="No", homepage="x").url == (
        "/apply/review/"
    )
    warned = fill_in(client, "/apply/review/", homepage="x")
    assert "hidden field" in client.get(warned.url).content.decode()
    fill_in(client, warned.url, homepage="x")
    assert Application.objects.get().suspicion == Application.Suspicion.HONEYPOT


def test_the_review_names_a_consent_shortly(client, form_page):
    review = soup_of(client.get(walk(client, form_page)))

    names = [name.text for name in review.select(".review__answers dt")]
    assert "Reading my answers" in names
    assert LABELS["consent"] not in names


def test_what_another_window_changes_meanwhile_is_reviewed_first(
    client, form_page, meanwhile
):
    walk(client, form_page)
    meanwhile(lambda: drafts.change(Draft.objects.get(), {"a": "b"}))

    response = fill_in(client, "/apply/review/")

    assert response.url == "/apply/review/?notice=changed"
    assert not Application.objects.exists()
    assert Draft.objects.exists()


def test_what_another_window_clears_meanwhile_is_not_sent(client, form_page, meanwhile):
    walk(client, form_page)
    meanwhile(lambda: Draft.objects.all().delete())

    response = fill_in(client, "/apply/review/")

    assert response.status_code == 409
    assert "no longer here" in soup_of(response).select_one(".notice").text
    assert not Application.objects.exists()


def test_a_double_click_that_comes_between_is_the_same_application(
    client, form_page, monkeypatch
):
    walk(client, form_page)
    create, earlier, asked = intake._create, intake.earlier, []

    def first_unknown(*args):
        asked.append(args)
        return earlier(*args) if len(asked) > 1 else None

    def create_twice(*args):
        create(*args)
        return create(*args)

    monkeypatch.setattr(intake, "earlier", first_unknown)
    monkeypatch.setattr(intake, "_create", create_twice)

    response = fill_in(client, "/apply/review/")

    assert response.url.startswith("/applications/sent/")
    assert Application.objects.count() == 1


def test_files_that_come_or_go_change_what_is_reviewed(client, form_page):
    walk(client, form_page)
    draft = Draft.objects.get()
    upload = kept(draft)
    assert Draft.objects.get().version == draft.version + 1

    answers.remove(draft, str(upload.pk))

    assert Draft.objects.get().version == draft.version + 2
