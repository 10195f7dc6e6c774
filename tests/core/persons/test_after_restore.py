"""What the erasure list says is done again, and nothing that began later."""

import runpy
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import config
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from applications.forgetting import delete_application
from applications.management.commands import delete_due_applications
from applications.models import Application, DeletedApplication
from core.backup import restoring, uncleaned
from core.models import OutgoingMail
from core.persons import registry
from core.persons.after_restore import NotAllRedone, note_all, redo
from core.persons.erasure_list import ERASED, ErasureList
from core.persons.person import CODE, REFERENCE, name
from core.persons.person import EMAIL as AN_EMAIL
from newsletter.models import Subscriber
from testimonials.models import Subject, TestimonialPage
from tests.helpers.factories_applications import ApplicationFormPageFactory
from tests.helpers.factories_testimonials import TestimonialIndexPageFactory
from tests.helpers.person import EMAIL, NEIGHBOUR, applied, subscribed, told
from tests.helpers.worker import queue  # noqa: F401  (fixture)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("queue", "moves_at_once", "quick_pictures"),
]
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def own_list(settings, tmp_path, monkeypatch):
    settings.ERASURE_LIST = str(tmp_path / "list")
    # A test's own transaction never ends, and no database is rewritten within it.
    monkeypatch.setattr("core.persons.after_restore.remove_traces", lambda: None)
    return ErasureList()


def test_erases_what_is_back_and_leaves_a_new_beginning(client, home, own_list):
    erased_at = timezone.now()
    form_page = ApplicationFormPageFactory(parent=home)
    old, new = applied(client, form_page), applied(client, form_page)
    other = applied(client, form_page, NEIGHBOUR)
    Application.objects.filter(pk=old.pk).update(submitted_at=erased_at - DAY)
    Application.objects.filter(pk=other.pk).update(submitted_at=erased_at - DAY)
    EmailMessage("Hello", "Words", to=[EMAIL]).send()
    OutgoingMail.objects.update(created_at=erased_at - DAY)
    again = subscribed()
    own_list.add([(ERASED, name(AN_EMAIL, EMAIL), erased_at)])

    done = redo(own_list.known())

    assert done["applications"] == 1
    assert set(Application.objects.all()) == {new, other}
    assert not any(EMAIL in str(mail.message) for mail in OutgoingMail.objects.all())
    assert Subscriber.objects.get() == again
    assert redo(own_list.known()) == {}


def test_erases_a_subject_that_is_back_with_the_story(home, own_list):
    index = TestimonialIndexPageFactory(parent=home)
    subject, neighbour = told(index), told(index, "Bess Thornbury")
    own_list.add([(ERASED, name(CODE, subject.reference_code), timezone.now())])

    # Long after, somebody else was given the code.
    Subject.objects.update(created_at=timezone.now() + DAY)
    assert redo(own_list.known()) == {}
    Subject.objects.update(created_at=None)

    assert redo(own_list.known()) == {"subjects": 1}

    assert Subject.objects.get() == neighbour
    assert TestimonialPage.objects.get().subject == neighbour


def test_a_subscription_that_was_confirmed_again_goes_on(own_list):
    ended, going = subscribed(), subscribed(NEIGHBOUR)
    now = timezone.now()
    for email, at in ((EMAIL, now + DAY), (NEIGHBOUR, now - DAY)):
        own_list.add([("newsletter.ended", name(AN_EMAIL, email), at)])

    assert redo(own_list.known()) == {"newsletter.ended": 1}

    ended.refresh_from_db()
    going.refresh_from_db()
    assert ended.status == Subscriber.Status.UNSUBSCRIBED
    assert ended.unsubscribed_at == now + DAY
    assert going.status == Subscriber.Status.CONFIRMED


def test_an_application_that_was_due_stays_deleted_and_a_mistake_comes_back(
    client, home, own_list, commits, monkeypatch
):
    form_page = ApplicationFormPageFactory(parent=home)
    due, mistaken = applied(client, form_page), applied(client, form_page, NEIGHBOUR)
    numbers = [due.reference, mistaken.reference]
    monkeypatch.setattr(
        f"{delete_due_applications.__name__}.due",
        lambda: Application.objects.filter(pk=due.pk),
    )
    with commits():
        call_command("delete_due_applications")
        delete_application(mistaken)
    for number in numbers:
        back = applied(client, form_page)
        Application.objects.filter(pk=back.pk).update(reference=number)

    assert redo(own_list.known()) == {"applications.due": 1}

    assert Application.objects.get().reference == numbers[1]
    assert not DeletedApplication.objects.exists()


def test_what_was_not_noted_is_noted_once(own_list):
    subscribed().unsubscribe()

    assert note_all() == 1
    assert note_all() == 0


def test_one_that_fails_keeps_no_other_from_being_done(own_list, monkeypatch):
    subscribed()
    own_list.add([(ERASED, name(AN_EMAIL, EMAIL), timezone.now())])
    broken = registry.kind_of("applications")
    monkeypatch.setattr(broken, "everything", lambda: 1 / 0)

    with pytest.raises(NotAllRedone) as raised:
        redo(own_list.known())

    assert raised.value.failed == ("applications",)
    assert raised.value.done == {"subscriptions": 1}
    assert not Subscriber.objects.exists()


def test_a_restored_site_stays_closed_until_all_is_done_again(own_list, monkeypatch):
    uncleaned.mark()
    uncleaned.mark_whole()
    with pytest.raises(ImproperlyConfigured, match="redo_erasures"):
        runpy.run_path(str(Path(config.__file__).with_name("wsgi.py")))
    with pytest.raises(ImproperlyConfigured, match="redo_erasures"):
        call_command("db_worker")
    with pytest.raises(CommandError, match="no erasure list"):
        call_command("redo_erasures", unfinished=True)
    own_list.add([(ERASED, name(AN_EMAIL, EMAIL), timezone.now())])
    kind = registry.kind_of("subscriptions")
    with monkeypatch.context() as patch:
        patch.setattr(kind, "everything", lambda: 1 / 0)
        with pytest.raises(CommandError, match="subscriptions"):
            call_command("redo_erasures", unfinished=True)
    assert uncleaned.is_uncleaned()

    call_command("redo_erasures", unfinished=True)

    uncleaned.refuse_uncleaned()


def test_is_marked_before_the_database_is_replaced(own_list, monkeypatch, tmp_path):
    def killed(copy):
        assert uncleaned.is_uncleaned()
        raise KeyboardInterrupt

    manifest = SimpleNamespace(elsewhere=[])
    monkeypatch.setattr(restoring, "_read", lambda *args: manifest)
    monkeypatch.setattr(restoring, "_stores", list)
    monkeypatch.setattr(restoring.databases, "folder", lambda: tmp_path)
    monkeypatch.setattr(restoring.databases, "check", lambda copy: None)
    monkeypatch.setattr(restoring.databases, "replace_with", killed)

    with pytest.raises(KeyboardInterrupt):
        restoring.restore(tmp_path, tmp_path, keys_lost=False)

    assert uncleaned.is_uncleaned()


def test_asks_as_little_of_the_database_however_many_applied(client, home, own_list):
    form_page = ApplicationFormPageFactory(parent=home)
    applied(client, form_page)
    own_list.add([(ERASED, name(REFERENCE, "APP-00000"), timezone.now())])

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert redo(own_list.known()) == {}
        return len(captured)

    queries()  # reads what is kept in memory from then on
    before = queries()
    applied(client, form_page, NEIGHBOUR), applied(client, form_page, NEIGHBOUR)

    assert queries() == before
