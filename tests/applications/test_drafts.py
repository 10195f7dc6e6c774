"""Drafts: what is kept where of a form that is being filled in, and for how long."""

import io
import json
import logging
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from applications.applying.forms import TOKEN
from applications.applying.steps import drafts, precheck
from applications.models import Draft
from core import encryption
from tests.helpers.database_gone import database_gone
from tests.helpers.factories_applications import field, question
from tests.helpers.factories_steps import (
    ADULT,
    SteppedFormPageFactory,
    block,
    fill_in,
    in_steps,
    soup_of,
    walk,
)
from tests.helpers.visiting import visit

SECRETS = ("Quillfeather", "ada@example.org", "Vermilionazole")


@pytest.fixture
def form_page(home):
    return SteppedFormPageFactory(parent=home)


def everything_stored():
    """Return every text of every table but that of the figures, which are numbers."""
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names(cursor):
            if table == "applications_formcount":
                continue
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            rows.append(repr(cursor.fetchall()))
    return "".join(rows)


class TestPrecheck:
    def test_stores_nothing_on_the_server(self, client, form_page):
        before = everything_stored()

        response = fill_in(client, "/apply/step/1/", **{f"q-{ADULT}": "Yes"})

        assert not Draft.objects.exists()
        assert everything_stored() == before
        cookie = response.cookies[precheck.COOKIE]
        assert encryption.looks_encrypted(cookie.value)
        assert cookie["httponly"]
        assert cookie["path"] == "/apply/"
        assert not cookie["max-age"]
        assert not cookie["expires"]

    def test_goes_over_into_the_draft_with_the_consent(self, client, form_page):
        walk(client, form_page, until="step/3/")

        assert json.loads(Draft.objects.get().answers)[ADULT] == "Yes"
        assert not client.cookies[precheck.COOKIE].value

    def test_without_the_consent_stores_nothing_and_loses_nothing(
        self, client, form_page
    ):
        walk(client, form_page, until="step/2/")

        response = fill_in(
            client, "/apply/step/2/", short_text="Ada", email="ada@example.org"
        )

        assert not Draft.objects.exists()
        step = soup_of(client.get(response.url))
        assert step.select_one("[type=email]")["value"] == "ada@example.org"
        assert "Tick this box to agree" in step.text

    def test_of_more_than_a_cookie_holds_is_shown_again_at_once(self, client, home):
        asked = in_steps()
        asked.insert(1, question("telephone"))
        SteppedFormPageFactory(parent=home, questions=asked)
        long = "😀" * 2000

        response = fill_in(client, "/apply/step/1/", telephone=long)

        assert response.status_code == 422
        assert long in response.content.decode()
        assert "more text than can be kept" in response.content.decode()

    @pytest.mark.parametrize("value", ["x", "", "aesgcm1.0.x"])
    def test_that_was_tampered_with_begins_anew(self, client, form_page, value):
        client.cookies[precheck.COOKIE] = value

        assert client.get("/apply/step/2/").url == "/apply/step/1/"

    def test_of_another_form_is_led_there_and_not_read(self, client, form_page, home):
        walk(client, form_page, until="step/2/")
        other = SteppedFormPageFactory(parent=home, slug="other", title="Other")
        client.cookies[precheck.COOKIE]["path"] = "/"

        there = client.get(f"{other.url}step/2/").url
        assert there == "/apply/step/2/?notice=moved"


class TestDraft:
    def test_is_known_by_a_cookie_for_the_form_until_the_browser_is_closed(
        self, client, form_page
    ):
        walk(client, form_page, until="step/3/")

        cookie = client.cookies[drafts.COOKIE]
        assert cookie["httponly"]
        assert cookie["path"] == "/apply/"
        assert cookie["samesite"] == "Lax"
        assert not cookie["max-age"]
        assert not cookie["expires"]
        assert cookie.value not in everything_stored()

    def test_shows_no_answer_in_any_table_log_or_dump(self, client, form_page, caplog):
        with caplog.at_level(logging.DEBUG):
            walk(client, form_page)
            fill_in(client, "/apply/step/2/", email="ada@example.org@")

        dump = io.StringIO()
        call_command("dumpdata", "applications", stdout=dump)
        assert "aesgcm1." in dump.getvalue()
        stored = everything_stored()
        for secret in SECRETS:
            assert secret not in stored
            assert secret not in dump.getvalue()
            assert secret not in caplog.text
        assert str(Draft.objects.get()) == "Draft of an application"

    def test_is_found_by_no_other_browser(self, client, form_page):
        walk(client, form_page)

        assert Client().get("/apply/review/").url == "/apply/step/1/"

    def test_is_kept_on_the_device_if_so_wished_and_says_until_when(
        self, client, form_page
    ):
        walk(client, form_page, until="step/3/")

        fill_in(client, "/apply/step/3/", keep="on")

        draft = Draft.objects.get()
        assert draft.expires_at > timezone.now() + timedelta(days=27)
        assert client.cookies[drafts.COOKIE]["expires"]
        assert (
            "in this browser until then" in client.get(form_page.url).content.decode()
        )
        fill_in(client, "/apply/step/3/", keep=None)
        assert not client.cookies[drafts.COOKIE]["expires"]
        assert Draft.objects.get().expires_at < timezone.now() + timedelta(days=2)

    def test_that_is_past_its_time_is_not_found(self, client, form_page):
        walk(client, form_page)
        Draft.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

        assert client.get("/apply/step/3/").url == "/apply/step/1/"

    def test_that_is_past_its_time_is_deleted_each_night(self, client, form_page):
        walk(client, form_page)
        fresh = Client()
        walk(fresh, form_page)
        expired = Draft.objects.order_by("created_at").first()
        Draft.objects.filter(pk=expired.pk).update(
            expires_at=timezone.now() - timedelta(seconds=1)
        )

        call_command("delete_due_applications")

        assert [draft.pk for draft in Draft.objects.all()] != [expired.pk]
        assert Draft.objects.count() == 1

    def test_that_was_cleared_elsewhere_gives_back_what_was_typed_since(
        self, client, form_page
    ):
        walk(client, form_page, until="step/4/")
        Draft.objects.all().delete()

        response = client.post("/apply/step/4/", {field("long_text"): "Vermilionazole"})

        html = response.content.decode()
        assert response.status_code == 409
        assert "Vermilionazole" in html
        assert "no longer here" in html

    def test_takes_steps_of_two_windows_without_loss(self, client, form_page):
        walk(client, form_page)
        one, two = Draft.objects.get(), Draft.objects.get()

        drafts.change(one, {"a": "1"})
        drafts.change(two, {"b": "2"})

        typed = json.loads(Draft.objects.get().answers)
        assert (typed["a"], typed["b"]) == ("1", "2")

    def test_keeps_the_questions_it_began_with(self, client, form_page):
        walk(client, form_page, until="step/3/")
        stream = form_page._meta.get_field("questions").stream_block
        form_page.questions = stream.to_python(
            [*in_steps(), block("step", "More"), _asked_since()]
        )
        form_page.save()

        html = client.get("/apply/step/3/").content.decode()

        assert "We have changed this form since you began" in html
        fill_in(client, "/apply/step/3/", yes_no="No")
        assert client.get("/apply/review/").status_code == 200
        anew = Client()
        walk(anew, form_page)
        assert anew.get("/apply/review/").url == "/apply/step/5/"

    def test_whose_key_is_lost_begins_anew(self, client, form_page, settings):
        walk(client, form_page)
        settings.FIELD_KEYS = ["A" * 43 + "="]

        assert client.get("/apply/step/3/").url == "/apply/step/1/"

    def test_keeps_its_page_from_being_deleted(self, client, form_page, admin_client):
        walk(client, form_page)

        url = reverse("wagtailadmin_pages:delete", args=[form_page.pk])
        response = admin_client.post(url, follow=True)

        assert "being filled in" in response.content.decode()


class TestFailure:
    def test_of_the_whole_database_prints_the_step_back(self, form_page):
        walk(client := Client(headers={"host": "testserver"}), form_page, "step/2/")
        token = soup_of(client.get("/apply/step/2/")).select_one("[name=form_token]")
        posted = {
            TOKEN: token["value"],
            field("short_text"): "Ada Quillfeather",
            field("consent"): "on",
            "asked": "q",
            "change": "1",
            "keep": "on",
            "keep-offered": "1",
            "save": "1",
        }
        cookies = "; ".join(f"{k}={m.value}" for k, m in client.cookies.items())
        here = {"Origin": "http://testserver"}
        with database_gone():
            answer = visit("/apply/step/2/", posted, here | {"Cookie": cookies})

        assert answer.status == 503
        assert "Quillfeather" in answer.text
        form = answer.soup.select_one("main form")
        assert form["action"] == "/apply/step/2/"
        sent = {each["name"]: each["value"] for each in form.select("input")}
        names = ("asked", "change", "keep", "keep-offered", "save", field("consent"))
        assert {name: sent[name] for name in names} == {n: posted[n] for n in names}
        assert [each.text for each in form.find_next("ul").select("li")] == [
            "Ada Quillfeather"
        ]

    def test_of_the_database_gives_the_step_back(self, client, form_page, monkeypatch):
        walk(client, form_page, until="step/4/")
        monkeypatch.setattr(
            drafts, "change", lambda *a: (_ for _ in ()).throw(OperationalError)
        )

        response = fill_in(client, "/apply/step/4/", long_text="Vermilionazole")

        assert response.status_code == 503
        assert response.headers["Retry-After"]
        assert "Vermilionazole" in response.content.decode()

    @pytest.mark.parametrize("stale", ["", "x" * 64], ids=["missing", "stale"])
    def test_of_the_visit_gives_the_step_back(self, form_page, stale):
        strict = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
        strict.get("/apply/step/1/")

        response = strict.post(
            "/apply/step/1/", {f"q-{ADULT}": "No", "csrfmiddlewaretoken": stale}
        )

        step = soup_of(response)
        assert response.status_code == 403
        assert "Your answers are still here" in step.text
        assert step.select_one("[value=No]").has_attr("checked")
        assert precheck.COOKIE not in response.cookies


def _asked_since():
    return {
        "type": "telephone",
        "id": "0e6a4d51-0000-0000-0000-000000000000",
        "value": {"label": "Asked since", "required": True},
    }
