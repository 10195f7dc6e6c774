"""Applications by telephone and on paper, entered through the same form."""

from datetime import datetime, time, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from applications.applying.entered.finding import token_of
from applications.applying.tokens import FormToken
from applications.exporting.rows import table
from applications.models import Application, ApplicationLogEntry, Draft, FormCount
from applications.status.download import own_copy
from applications.tasks import tell_of_news
from home.roles import ADMISSIONS
from tests.applications.entering.conftest import ENTER
from tests.helpers.factories_applications import (
    ApplicationFormPageFactory,
    field,
    filled_in,
    take_all,
    token_in,
)
from tests.helpers.factories_steps import fill_in, soup_of, walk

TYPED = {
    "short_text": "Ada Quillfeather",
    "long_text": "Vermilionazole",
    "email": "ada@example.org",
    "number": "2009",
    "single_choice": "Not far",
    "yes_no": "Yes",
    "consent": "on",
    f"{field('date')}_day": "27",
    f"{field('date')}_month": "3",
    f"{field('date')}_year": "1974",
}


def test_a_form_of_one_page_is_stored_with_how_and_when_it_came(
    officer, begin, one_page
):
    day = timezone.localdate() - timedelta(days=3)
    opened = begin(
        one_page, channel="paper", consent_given="signed", received_on=day.isoformat()
    )

    assert opened.url == one_page.url
    sent = fill_in(officer, opened.url, homepage="filled in by a browser", **TYPED)

    application = Application.objects.get()
    assert (application.channel, application.consent_given) == ("paper", "signed")
    assert application.entered_by == officer.user
    assert application.submitted_at == timezone.make_aware(
        datetime.combine(day, time(12))
    )
    assert not application.suspicion
    assert not Draft.objects.exists()
    assert not FormCount.objects.exists()
    entry = ApplicationLogEntry.objects.get(action="applications.enter")
    assert entry.user == officer.user
    assert entry.object_id == str(application.pk)
    thanks = officer.get(sent.url).content.decode()
    assert application.reference in thanks
    assert reverse("application:inspect", args=[application.pk]) in thanks
    assert "/admin/" not in Client().get(sent.url).content.decode()


def test_a_form_in_steps_is_stored_at_this_time_of_day(officer, begin, stepped):
    before = timezone.now()
    opened = begin(stepped)
    assert opened.url == f"{stepped.url}step/1/"

    fill_in(officer, walk(officer, stepped), homepage="x")

    application = Application.objects.get()
    assert application.channel == "telephone"
    assert before <= application.submitted_at <= timezone.now()
    assert not application.suspicion
    assert not FormCount.objects.exists()


@pytest.mark.parametrize("is_ticked", [False, True])
def test_the_applicant_is_mailed_only_if_that_was_ticked(
    officer, begin, one_page, commits, is_ticked
):
    begin(one_page, **({"tells_applicant": "on"} if is_ticked else {}))
    fill_in(officer, one_page.url, **TYPED)
    moved = timezone.now()
    Application.objects.update(state_since=moved)
    with commits():
        tell_of_news.call(str(Application.objects.get().pk), moved.isoformat())

    mailed = [address for each in mail.outbox for address in each.to]
    assert mailed.count("ada@example.org") == (2 if is_ticked else 0)


@pytest.mark.parametrize("address", ["", "step/1/", "review/", "clear/"])
def test_each_page_says_so_and_offers_no_link_by_mail(officer, begin, stepped, address):
    begin(stepped)
    if address != "step/1/":
        walk(officer, stepped)

    response = officer.get(stepped.url + address)
    page = response.content.decode()

    assert "no-store" in response.headers["Cache-Control"]
    assert "You are entering an application for somebody" in page
    assert f'href="{ENTER}"' in page
    assert "save/" not in page
    assert 'name="save"' not in page
    assert 'name="keep"' not in page


@pytest.mark.parametrize("how", ["paused", "private", "unpublished"])
@pytest.mark.parametrize("form", ["one_page", "stepped"])
def test_a_form_that_others_cannot_begin_is_entered(officer, begin, request, how, form):
    page = request.getfixturevalue(form)
    if how == "paused":
        type(page).objects.filter(pk=page.pk).update(paused=True)
    if how == "private":
        PageViewRestriction.objects.create(
            page=page, restriction_type="password", password="x"
        )
    begin(page)
    if how == "unpublished":
        page.unpublish()

    opened = officer.get(page.url, follow=True)
    assert "You are entering" in opened.content.decode()
    if form == "stepped":
        fill_in(officer, walk(officer, page))
    elif how == "unpublished":
        # What was typed before it was taken away is taken all the same.
        token = token_of(Draft.objects.get())
        officer.post(page.url, filled_in(page, token=token))
    else:
        told = "This form takes no applications from the public"
        assert told in opened.content.decode()
        fill_in(officer, page.url, **TYPED)

    assert Application.objects.get().channel == "telephone"


def test_a_form_that_moved_is_gone_on_with_and_not_what_took_its_place(
    officer, begin, one_page
):
    begin(one_page)
    old = one_page.url
    one_page.slug = "elsewhere"
    one_page.save()
    other = ApplicationFormPageFactory(parent=one_page.get_parent())
    assert other.url == old

    assert officer.get(old).url.startswith(one_page.get_url())

    token = token_of(Draft.objects.get())
    officer.post(old, filled_in(one_page, token=token))
    assert Application.objects.get().definition.page == one_page


class TestBegin:
    def test_says_what_is_wrong_and_begins_nothing(self, begin, one_page):
        tomorrow = timezone.localdate() + timedelta(days=1)

        page = begin(one_page, received_on=tomorrow.isoformat(), consent_given="")

        assert "Choose a day that is not to come." in page.content.decode()
        assert "Without their agreement" in page.content.decode()
        assert not Draft.objects.exists()

    def test_is_offered_for_forms_whose_applications_one_decides_about(
        self, begin, officer, one_page, stepped
    ):
        take_all(stepped)

        page = begin(stepped)

        assert page.status_code == 200
        assert not Draft.objects.exists()
        options = soup_of(page).select("#id_form option")
        assert [option["value"] for option in options] == [str(one_page.pk)]
        assert ENTER in officer.get("/admin/applications/").content.decode()

    def test_offers_what_was_not_finished_to_its_officer_alone(
        self, officer, begin, stepped, log_in
    ):
        begin(stepped)
        walk(officer, stepped, until="step/3/")
        entry = Draft.objects.get()
        officer.cookies.pop("entry")
        go_on = reverse("application:go_on", args=[entry.pk])
        assert go_on in officer.get(ENTER).content.decode()

        colleague = log_in(ADMISSIONS, Client())
        assert go_on not in colleague.get(ENTER).content.decode()
        assert colleague.post(go_on).status_code == 404
        assert officer.post(go_on).url == f"{stepped.url}step/3/"
        assert b"You are entering" in officer.get(f"{stepped.url}step/3/").content


class TestSending:
    def test_twice_stores_one(self, officer, begin, one_page):
        begin(one_page)
        posted = filled_in(one_page, token=token_of(Draft.objects.get()))
        cookie = officer.cookies["entry"].value

        first = officer.post(one_page.url, posted)
        officer.cookies["entry"] = cookie  # sent before the answer had come
        second = officer.post(one_page.url, posted)
        third = officer.post(one_page.url, posted | {field("number"): ["2010"]})

        assert first.status_code == second.status_code == 303
        assert third.status_code == 409
        assert Application.objects.count() == 1

    @pytest.mark.parametrize("form", ["one_page", "stepped"])
    def test_without_the_right_stores_nothing_and_loses_nothing(
        self, officer, begin, request, form
    ):
        page = request.getfixturevalue(form)
        begin(page)
        address = page.url if form == "one_page" else walk(officer, page)
        take_all(page)

        refused = fill_in(officer, address, **(TYPED if form == "one_page" else {}))

        assert refused.status_code == 403
        assert "you may no longer enter applications" in refused.content.decode()
        assert "Ada Quillfeather" in refused.content.decode()
        assert not Application.objects.exists()
        assert Draft.objects.exists()

    @pytest.mark.parametrize("form", ["one_page", "stepped"])
    def test_signed_out_never_makes_it_an_applicants_own(
        self, officer, begin, request, form
    ):
        page = request.getfixturevalue(form)
        begin(page)
        token = token_of(Draft.objects.get())
        entry = officer.cookies["entry"].value
        officer.logout()
        officer.cookies["entry"] = entry
        address = page.url if form == "one_page" else f"{page.url}step/1/"

        refused = officer.post(address, filled_in(page, token=token))

        assert refused.status_code == 409
        assert "no longer signed in" in refused.content.decode()
        assert "Ada Quillfeather" in refused.content.decode()
        assert not Application.objects.exists()
        assert Draft.objects.get().answers == "{}"
        # The next person at this device finds the form as everybody does.
        assert officer.get(address).cookies["entry"]["max-age"] == 0

    @pytest.mark.parametrize("form", ["one_page", "stepped"])
    def test_after_signing_in_again_shows_what_was_typed_to_be_sent(
        self, officer, begin, request, form
    ):
        page = request.getfixturevalue(form)
        begin(page)
        token = token_of(Draft.objects.get())
        address = page.url if form == "one_page" else f"{page.url}step/2/"
        officer.handler.enforce_csrf_checks = True

        shown = officer.post(address, filled_in(page, token=token))

        assert shown.status_code == 403
        assert "You are entering" in shown.content.decode()
        assert "Ada Quillfeather" in shown.content.decode()
        again = FormToken.read(token_in(shown))
        assert again.submission_key == token.submission_key
        assert not Application.objects.exists()

    @pytest.mark.parametrize("address", ["step/1/", "clear/"])
    def test_from_another_window_mixes_no_two_people(
        self, officer, begin, stepped, address
    ):
        begin(stepped)
        earlier = soup_of(officer.get(stepped.url + address)).select_one("form.form")
        posted = {
            each["name"]: each.get("value", "") for each in earlier.select("input")
        }
        begin(stepped)

        refused = officer.post(stepped.url + address, posted)

        assert "another application is being entered" in refused.content.decode()
        assert [each.answers for each in Draft.objects.all()] == ["{}", "{}"]

    def test_leaves_what_the_officer_has_begun_for_themselves(
        self, officer, begin, stepped
    ):
        walk(officer, stepped, until="step/3/")
        own = Draft.objects.get()
        begin(stepped)

        fill_in(officer, walk(officer, stepped))

        assert Application.objects.get().is_entered
        assert Draft.objects.get() == own
        page = officer.get(f"{stepped.url}step/2/").content.decode()
        assert "Ada Quillfeather" in page
        assert "You are entering" not in page


def test_a_stolen_cookie_opens_nothing_without_the_account(officer, begin, stepped):
    begin(stepped)
    walk(officer, stepped, until="step/3/")
    thief = Client()
    for name in ("entry", "draft"):
        thief.cookies[name] = officer.cookies["entry"].value
        page = thief.get(f"{stepped.url}step/2/", follow=True).content.decode()
        assert "Ada Quillfeather" not in page


class TestShowing:
    @pytest.fixture
    def application(self, officer, begin, one_page):
        begin(one_page)
        fill_in(officer, one_page.url, **TYPED)
        return Application.objects.get()

    def test_the_list_marks_it_and_narrows_it_down(self, officer, application):
        page = officer.get("/admin/applications/?channel=telephone")
        assert application.reference in page.content.decode()
        cells = soup_of(page).select("#listing-results td")
        assert "By telephone" in [cell.text.strip() for cell in cells]

        page = officer.get("/admin/applications/?channel=paper")
        assert application.reference not in page.content.decode()

    def test_its_page_says_who_entered_it_and_how_consent_was_given(
        self, officer, application
    ):
        address = reverse("application:inspect", args=[application.pk])
        page = soup_of(officer.get(address)).get_text(" ")

        assert "By telephone. Consent: Read out, and agreed to." in page
        assert (officer.user.get_full_name() or officer.user.get_username()) in page

    def test_the_export_and_the_applicants_copy_say_how_it_came(self, application):
        headings, row = table(Application.objects.all())
        assert row[headings.index("How it came")] == "By telephone"
        assert "by telephone, and we entered" in own_copy(application).content.decode()


def test_what_the_public_asks_for_needs_no_query_more(client, one_page):
    client.get(one_page.url)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(one_page.url)

    assert b"You are entering" not in page.content
    told = [each["sql"] for each in asked if "applications_draft" in each["sql"]]
    assert not told
    assert not [each for each in asked if "users_user" in each["sql"]]
