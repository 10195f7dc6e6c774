"""Staff see to reports, and tell readers what came of it."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from core.models.mail_record import MailRecord
from core.persons.person import Person
from home.roles import EDITORS, MODERATORS
from review.feedback.personal_data import ReportsByReaders
from review.feedback.telling import tell
from review.models import ReaderReport
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

ADDRESS = "mira.holt@example.org"
ANSWER = "You were right: it is one tablet a day. We have corrected it."


@pytest.fixture
def article(home):
    index = ArticleIndexPageFactory(parent=home)
    return ArticlePageFactory(parent=index, title="Rest and work")


@pytest.fixture
def report(article):
    return ReaderReport.objects.create(
        page=article,
        kind="wrong",
        passage="Take two a day.",
        text="It is one.",
        email=ADDRESS,
        language="en-gb",
    )


def edit(report):
    return reverse("reader_reports:edit", args=[report.pk])


def tell_url(report):
    return reverse("reader_reports:tell", args=[report.pk])


def filled(report, **changes):
    return {
        "status": "answered",
        "assignee": "",
        "note": "",
        "answer": ANSWER,
        "version": report.version,
    } | changes


@pytest.fixture
def answered(report):
    report.status, report.answer, report.version = "answered", ANSWER, 1
    report.closed_at = timezone.now()
    report.save()
    return report


def test_lists_reports_without_what_was_typed(log_in, report):
    page = log_in(MODERATORS).get(reverse("reader_reports:index")).content.decode()

    assert "Rest and work" in page
    assert "Something is wrong" in page
    assert ADDRESS not in page
    assert "It is one." not in page


def test_shows_a_report_but_no_address(log_in, report):
    page = log_in(MODERATORS).get(edit(report)).content.decode()

    assert "Take two a day." in page
    assert "It is one." in page
    assert "has left an address" in page
    assert ADDRESS not in page


@pytest.mark.parametrize("url", [edit, tell_url, lambda _: "/admin/reader_reports/"])
def test_is_for_those_with_the_permission_alone(log_in, report, url):
    page = log_in(EDITORS).get(url(report), follow=True).content.decode()

    assert "It is one." not in page
    assert "Something is wrong" not in page


@pytest.mark.parametrize(
    ("query", "is_listed"),
    [
        ({"standing": "open"}, True),
        ({"standing": "closed"}, False),
        ({"status": "new"}, True),
        ({"status": "dismissed"}, False),
        ({"kind": "wrong"}, True),
        ({"kind": "broken"}, False),
        ({"q": "Rest"}, True),
        ({"q": "Sleep"}, False),
    ],
)
def test_is_filtered_and_searched_by_page(log_in, report, query, is_listed):
    page = log_in(MODERATORS).get(reverse("reader_reports:index"), query)

    assert (edit(report) in page.content.decode()) is is_listed


def test_is_given_to_somebody_whose_dashboard_says_so(log_in, report):
    client = log_in(MODERATORS)
    assert "waits for somebody" in client.get("/admin/").content.decode()
    user = client.get("/admin/").wsgi_request.user

    client.post(
        edit(report), filled(report, status="in_work", assignee=user.pk, answer="")
    )

    assert "is assigned to you" in client.get("/admin/").content.decode()
    listed = client.get(reverse("reader_reports:index"), {"assignee": user.pk})
    assert edit(report) in listed.content.decode()


def test_cannot_be_given_to_somebody_who_does_not_see_it(log_in, report):
    stranger = UserFactory(username="stranger")

    response = log_in(MODERATORS).post(
        edit(report), filled(report, status="in_work", assignee=stranger.pk)
    )

    assert response.status_code == 200
    report.refresh_from_db()
    assert report.assignee is None


def test_who_saves_after_a_colleague_keeps_what_they_typed(log_in, report):
    client = log_in(MODERATORS)
    client.post(edit(report), filled(report, status="in_work", note="Mine."))

    response = client.post(edit(report), filled(report, answer="Typed at length."))

    assert "Typed at length." in response.content.decode()
    assert "Somebody else has changed" in response.content.decode()
    report.refresh_from_db()
    assert (report.status, report.note) == ("in_work", "Mine.")


def test_is_not_closed_without_a_word_to_who_left_an_address(log_in, report):
    response = log_in(MODERATORS).post(edit(report), filled(report, answer=""))

    assert "left an address to be told" in response.content.decode()
    report.refresh_from_db()
    assert report.is_open


def test_the_reader_is_told_once_after_a_look_at_the_mail(
    log_in, report, django_capture_on_commit_callbacks
):
    client = log_in(MODERATORS)

    saved = client.post(edit(report), filled(report))

    assert saved.url == tell_url(report)
    shown = BeautifulSoup(client.get(saved.url).content, "html.parser")
    assert ANSWER in shown.select_one("blockquote").text
    version = shown.select_one("input[name=version]")["value"]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(saved.url, {"version": version})
        client.post(saved.url, {"version": version})
    [message] = mail.outbox
    assert message.to == [ADDRESS]
    for body in (message.body, message.alternatives[0][0]):
        assert "Rest and work" in body
        assert "It is one." not in body
    assert ANSWER in message.body
    report.refresh_from_db()
    assert report.told_at


def test_what_was_changed_since_the_look_is_not_sent(log_in, answered):
    log_in(MODERATORS).post(tell_url(answered), {"version": "0"})

    answered.refresh_from_db()
    assert answered.told_at is None


def test_of_two_who_tell_at_once_the_second_sends_nothing(
    answered, django_capture_on_commit_callbacks
):
    other = ReaderReport.objects.get(pk=answered.pk)
    with django_capture_on_commit_callbacks(execute=True):
        assert tell(answered)
        assert not tell(other)

    assert len(mail.outbox) == 1


def test_what_was_told_is_changed_no_more(log_in, answered):
    tell(answered)

    log_in(MODERATORS).post(edit(answered), filled(answered, answer="Something else."))

    answered.refresh_from_db()
    assert answered.answer == ANSWER


@pytest.mark.parametrize(
    ("days_closed", "days_since", "is_kept"),
    [(29, 40, True), (31, 40, False), (None, 179, True), (None, 181, False)],
)
def test_the_address_is_deleted_in_time(report, days_closed, days_since, is_kept):
    now = timezone.now()
    report.received_at = now - timedelta(days=days_since)
    if days_closed is not None:
        report.status = "answered"
        report.closed_at = now - timedelta(days=days_closed)
    report.save()

    call_command("tidy_feedback")

    report.refresh_from_db()
    assert (report.email is not None) is is_kept


def test_a_report_is_deleted_a_year_after_it_was_closed(report):
    report.closed_at = timezone.now() - timedelta(days=366)
    report.save()

    call_command("tidy_feedback")

    assert not ReaderReport.objects.exists()


def test_a_waiting_mail_goes_with_its_report(answered, queued_mail):
    tell(answered)
    assert MailRecord.objects.filter(about=answered.about).exists()

    answered.delete()

    assert not MailRecord.objects.exists()


@pytest.mark.parametrize("whose", ["Mira.Holt@EXAMPLE.org", "it@example.org"])
def test_is_found_and_erased_by_address(report, whose):
    report.text = "Ask it@example.org."
    report.save()
    kind = ReportsByReaders()

    [item] = kind.find(Person.typed(whose))

    assert ADDRESS in [value for _, value in kind.export(item).rows]
    assert kind.erase(item)
    assert not kind.erase(item)
    assert not list(kind.find(Person.typed(whose)))


def test_nobody_elses_is_found(report):
    assert not list(ReportsByReaders().find(Person.typed("ben@example.org")))


def test_names_nobody(report):
    assert "mira" not in f"{report} {report!r}".lower()


def test_is_deleted_and_asks_before(log_in, report):
    client, url = (
        log_in(MODERATORS),
        reverse("reader_reports:delete", args=[report.pk]),
    )

    assert client.get(url).status_code == 200
    assert ReaderReport.objects.exists()
    client.post(url)
    assert not ReaderReport.objects.exists()


def test_a_page_that_is_deleted_leaves_the_report(log_in, report, article):
    article.delete()

    page = log_in(MODERATORS).get(edit(report)).content.decode()
    assert "The site, or a page that is gone" in page
