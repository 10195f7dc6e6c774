"""Somebody is erased wherever the site keeps anything, and nobody else is."""

import io
import os
import signal
import sqlite3
from contextlib import contextmanager

import pytest
from django.core.cache import cache
from django.core.files.storage import storages
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.db import connection
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.search_promotions.models import Query
from wagtail.models import PageLogEntry, Revision

from applications.models import (
    Application,
    ApplicationLogEntry,
    Draft,
    Feedback,
    Upload,
)
from core.models import OutgoingMail, PersonLogEntry, PersonRequest, SiteImage
from core.persons.erasing import (
    ask_for_erasure,
    carry_out,
    found,
    open_request,
    person_of,
)
from core.persons.person import Person
from newsletter.models import Subscriber
from testimonials.models import Consent, Subject, TestimonialPage
from tests.helpers.children import in_a_child
from tests.helpers.database_gone import IS_POSTGRESQL
from tests.helpers.factories import (
    ContentPageFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
    UserFactory,
)
from tests.helpers.factories_applications import ApplicationFormPageFactory
from tests.helpers.factories_testimonials import (
    TestimonialIndexPageFactory,
    embed,
    every_block,
)
from tests.helpers.person import EMAIL, NAME, NEIGHBOUR, applied, subscribed, told
from tests.helpers.worker import queue, run_queued  # noqa: F401  (queue: a fixture)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("queue", "own_list", "quick_pictures"),
]


@pytest.fixture
def own_list(settings, tmp_path):
    settings.ERASURE_LIST = str(tmp_path / "erasures" / "list")


@pytest.fixture
def form_page(home):
    return ApplicationFormPageFactory(parent=home)


@pytest.fixture
def index(home):
    return TestimonialIndexPageFactory(parent=home, slug="stories")


def wanted(text):
    """Have somebody erased, but for the work itself."""
    request = open_request(Person.typed(text), "She wrote to us", UserFactory())
    assert ask_for_erasure(request, request.opened_by)
    return request


def erased(text):
    return carry_out(wanted(text))


def files_of_applicants():
    store = storages["applicants"]
    folders = store.listdir("")[0]
    return [f"{each}/{name}" for each in folders for name in store.listdir(each)[1]]


def proof(text, monkeypatch, capsys):
    """Return where ``text`` is found, by the command."""
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{text}\n"))
    try:
        call_command("prove_erased")
    except CommandError:
        return set(capsys.readouterr().out.split("\n")) - {""}
    return set()


def test_erases_an_applicant_and_leaves_no_byte(client, form_page, monkeypatch, capsys):
    # Who emptied all tables before took the seals with them.
    call_command("verify_log", "--seal")
    application = applied(client, form_page)
    neighbour = applied(client, form_page, NEIGHBOUR)
    subscribed(), subscribed(NEIGHBOUR)
    EmailMessage("Hello", "Words", to=[f"Ada <{EMAIL.title()}>"]).send()
    EmailMessage("Hello", "Words", to=[NEIGHBOUR]).send()
    ApplicationLogEntry.objects.log_action(application, "applications.read")
    cache.set("typed", EMAIL)
    before = proof(EMAIL, monkeypatch, capsys)
    assert {"newsletter_subscriber.email", "applications_answer.value (encrypted)"} <= (
        before
    )

    receipt = erased(EMAIL.upper())

    assert receipt.counts["applications"] == receipt.counts["subscriptions"] == 1
    assert receipt.counts["mail"] >= 1
    assert receipt.person is receipt.reason is None
    assert proof(EMAIL, monkeypatch, capsys) == set()
    assert proof(application.reference, monkeypatch, capsys) == set()
    assert Application.objects.get() == neighbour
    assert neighbour.answers.count() == 10
    upload = Upload.objects.get()
    assert storages["applicants"].exists(upload.stored_name)
    assert files_of_applicants() == [upload.stored_name]
    assert Subscriber.objects.get().email == NEIGHBOUR
    assert any(NEIGHBOUR in str(mail.message) for mail in OutgoingMail.objects.all())
    call_command("verify_log")
    assert ApplicationLogEntry.objects.get().action == "applications.read"
    said = PersonLogEntry.objects.order_by("number")
    actions = [entry.action.rpartition(".")[2] for entry in said]
    assert actions == ["found", "asked", "erased"]


def test_erases_whoever_told_a_story(client, index, monkeypatch, capsys):
    subject, neighbour = told(index), told(index, "Bess Thornbury")
    story = TestimonialPage.objects.get(subject=subject)
    Redirect.objects.create(old_path="/stories/rosalind", redirect_page=story)
    # Its file was moved meanwhile.
    SiteImage.objects.get(pk=subject.portrait_id).get_rendition("width-10")
    assert client.get(story.url).status_code == 200
    before = proof(NAME, monkeypatch, capsys)
    assert {"wagtailcore_pagelogentry.label", "wagtailcore_revision.content"} <= before

    erased(subject.reference_code)

    for text in (NAME, "rosalind", subject.reference_code):
        assert proof(text, monkeypatch, capsys) == set()
    answer = client.get(story.url)
    assert answer.status_code == 410
    assert "no longer here" in answer.content.decode()
    assert client.get("/stories/rosalind").status_code == 410
    assert client.get("/stories/nobody/").status_code == 404
    assert Subject.objects.get() == neighbour
    assert Consent.objects.get().subject == neighbour
    assert SiteImage.objects.get() == neighbour.portrait
    other = TestimonialPage.objects.get()
    assert client.get(other.url).status_code == 200
    assert Revision.objects.for_instance(other).count() == 3
    kept = PageLogEntry.objects.filter(page_id=story.pk)
    assert {entry.action for entry in kept} >= {"wagtail.publish", "wagtail.delete"}
    assert all(not entry.label and not entry.data for entry in kept)
    assert storages["private"].listdir("")[0], "the neighbour's portrait"


def test_names_pages_that_quote_a_story_and_not_its_own_versions(home, index):
    subject = told(index)
    article = embed(home, *every_block(TestimonialPage.objects.get()))
    profile = PersonPageFactory(parent=PeopleIndexPageFactory(parent=home))
    Subject.objects.filter(pk=subject.pk).update(person=profile)
    run_queued()  # what refers to what is found out by a task

    request = open_request(Person.typed(subject.reference_code), "Asked", None)
    kinds = found(person_of(request), request)

    by_hand = [item.url for _, items in kinds for item in items if item.by_hand]
    assert set(by_hand) == {
        f"/admin/pages/{page.pk}/edit/" for page in (article, profile)
    }


def test_stays_open_until_nothing_is_left_to_see_to(home, index, log_in):
    subject = told(index)
    article = embed(home, *every_block(TestimonialPage.objects.get()))
    run_queued()  # what refers to what is found out by a task
    staff = log_in(None)

    receipt = erased(subject.reference_code)

    assert receipt.waits_for_hands
    assert not Subject.objects.exists()
    answer = staff.get(f"/admin/persons/{receipt.pk}/")
    assert f"/admin/pages/{article.pk}/edit/" in answer.content.decode()
    assert "Refresh" not in answer.headers
    call_command("erase_person", unfinished=True)
    receipt.refresh_from_db()
    assert receipt.person
    assert receipt.waits_for_hands

    article.body = []
    article.save_revision().publish()
    run_queued()
    call_command("erase_person", unfinished=True)

    receipt.refresh_from_db()
    assert receipt.finished_at
    assert receipt.person is None
    assert receipt.left_by_hand == 0


def test_finds_by_number_what_waits_for_that_mailbox(client, form_page):
    application = applied(client, form_page)
    EmailMessage("Your code", "123 456", to=[EMAIL]).send()

    erased(application.reference.lower())

    assert not Application.objects.exists()
    assert not any(EMAIL in str(mail.message) for mail in OutgoingMail.objects.all())


def test_lists_an_account_of_staff_and_leaves_it(client, root):
    user = UserFactory(email=EMAIL)

    [(_kind, [item])] = found(Person.typed(EMAIL))
    erased(EMAIL)

    assert item.by_hand
    assert type(user).objects.filter(pk=user.pk).exists()


def test_takes_the_person_out_of_texts_about_other_things(client, home):
    page = ContentPageFactory(parent=home, title="A page")
    for title in ("A page", f"Write to {EMAIL}", f"Again {EMAIL.upper()}"):
        page.title = title
        page.save_revision(log_action=True)
    Query.get(f"who is {EMAIL}").add_hit()
    Query.get("walking").add_hit()

    by_hand = [
        item
        for _kind, items in found(Person.typed(EMAIL))
        for item in items
        if item.by_hand
    ]
    receipt = erased(EMAIL)

    assert [item.url for item in by_hand] == [f"/admin/pages/{page.pk}/edit/"]
    assert receipt.waits_for_hands
    assert receipt.counts["versions"] >= receipt.counts["searches"] == 1
    page.refresh_from_db()
    named = Revision.objects.filter(content__title__icontains=EMAIL)
    assert [*named] == [page.latest_revision], "the latest one is left to an editor"
    unnamed = Revision.objects.for_instance(page).filter(content__title="A page")
    assert unnamed.exists()
    entries = PageLogEntry.objects.filter(page_id=page.pk)
    assert not entries.filter(label__icontains=EMAIL).exists()
    assert entries.filter(label="A page").exists()
    assert Query.objects.get().query_string == "walking"


def test_leaves_a_neighbour_whose_address_has_the_other_one_in_it(form_page):
    neighbours = [f"x.{EMAIL}", f"{EMAIL}.uk", f"bess-{EMAIL}", f"x{EMAIL}"]
    for address in neighbours:
        EmailMessage("Hello", f"Write to {address}", to=[address]).send()
        Query.get(address).add_hit()
        Feedback.objects.create(text=f"Ask {address}", form=form_page)
    EmailMessage("Hello", f"Write to {EMAIL}.", to=["staff@example.org"]).send()
    Feedback.objects.create(text=f"Ask {EMAIL.upper()}.", form=form_page)

    receipt = erased(EMAIL)

    assert receipt.counts == {"mail": 1, "feedback": 1}
    assert Query.objects.count() == len(neighbours)


def test_takes_a_name_with_an_umlaut_out_of_blocks(index, monkeypatch, capsys):
    subject = told(index, "Zoë Müller-Brandt")
    page = ContentPageFactory(parent=index.get_parent(), title="A page")
    for said in ("She is Zoë Müller-Brandt.", "ZOËMÜLLER", "ZOË MÜLLER-BRANDT", "-"):
        page.body = [("paragraph", f"<p>{said}</p>")]
        page.save_revision()

    erased(subject.reference_code)

    assert proof("Zoë Müller-Brandt", monkeypatch, capsys) == set()
    left = Revision.objects.for_instance(page)
    assert any("ZO" in str(each.content["body"]) for each in left)


@pytest.mark.skipif(IS_POSTGRESQL, reason="PostgreSQL has no such journal")
def test_is_not_finished_while_somebody_s_reading_keeps_the_journal(root, monkeypatch):
    monkeypatch.setattr("core.persons.traces._PATIENCE", 0)
    subscribed()
    request = wanted(EMAIL)
    reader = sqlite3.connect(connection.settings_dict["NAME"])
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM newsletter_subscriber").fetchone()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 10")  # milliseconds

    with pytest.raises(CommandError, match="repeat it"):
        call_command("erase_person", request.number)

    request.refresh_from_db()
    assert request.is_running
    reader.close()
    assert carry_out(request).finished_at
    connection.close()  # the next one is as patient as ever


@contextmanager
def killed_before(number):
    """Kill this process when it is about to execute one statement more than that."""
    left = number

    def execute(run, sql, params, many, context):
        nonlocal left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
        return run(sql, params, many, context)

    with connection.execute_wrapper(execute):
        yield


def test_erasing_is_finished_after_it_was_killed_anywhere(client, form_page):
    applied(client, form_page), subscribed()
    Draft.objects.all().delete()
    request, number = wanted(EMAIL), 0

    def work():
        with killed_before(number):
            carry_out(PersonRequest.objects.get(pk=request.pk))

    # It goes on where it was killed, each time a little further.
    while in_a_child(work):
        number += 1
        assert number < 1000
    receipt = carry_out(request)

    assert number > 25, "it was killed at many moments"
    assert receipt.counts["applications"] == receipt.counts["subscriptions"] == 1
    assert receipt.finished_at
    assert not Application.objects.exists()
    assert not Upload.objects.exists()
    assert not files_of_applicants()
    actions = PersonLogEntry.objects.values_list("action", flat=True)
    assert [*actions].count("core.person.erased") == 1
