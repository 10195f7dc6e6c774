"""An operator asks what is wrong with the site, and is told what to do."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from django.core.mail import send_mail
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from applications.admissions.retention import months_before
from applications.models import Application
from core.models import OutgoingMail
from testimonials.models import Consent
from tests.helpers.factories import ContentPageFactory
from tests.helpers.factories_applications import ApplicationFormPageFactory, send
from tests.helpers.factories_testimonials import (
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
)
from tests.helpers.prepared_database import copy_prepared
from tests.helpers.production import REQUIRED, run
from tests.helpers.worker import queue  # noqa: F401  (a fixture)


def said():
    """Return what it says; of test settings it always says something."""
    with pytest.raises(SystemCheckError) as failed:
        call_command("doctor")
    return str(failed.value)


@pytest.mark.django_db
class TestWhatIsLeftUndone:
    @pytest.mark.parametrize(("minutes", "is_late"), [(9, False), (11, True)])
    def test_a_version_that_should_be_live(self, home, minutes, is_late):
        page = ContentPageFactory(parent=home, live=False)
        page.go_live_at = timezone.now() + timedelta(hours=1)
        page.save_revision().publish()
        page.revisions.update(
            approved_go_live_at=timezone.now() - timedelta(minutes=minutes)
        )

        assert ("live for more than ten minutes: 1." in said()) == is_late

    @pytest.mark.usefixtures("queue")
    def test_an_e_mail_that_nobody_sends(self):
        send_mail("Hello", "Words", None, ["a.reader@example.org"])
        assert "core.W01" not in said()

        late = timezone.now() - timedelta(hours=1)
        OutgoingMail.objects.update(created_at=late)
        DBTaskResult.objects.update(enqueued_at=late, run_after=late)

        text = said()
        assert "No worker runs" in text
        assert "E-mails not delivered and tasks that failed: 1." in text
        assert "a.reader" not in text

    @pytest.mark.parametrize(("days", "is_late"), [(1, False), (3, True)])
    def test_what_should_have_been_deleted(self, client, home, days, is_late):
        form = ApplicationFormPageFactory(parent=home)
        send(client, form)
        due = months_before(timezone.now(), form.retention_months)
        Application.objects.update(submitted_at=due - timedelta(days=days))

        assert ("should have been deleted by now: 1." in said()) == is_late

    def test_nothing_is_asked_before_the_database_is_migrated(self, home):
        """`migrate` asks first, when columns are missing that this release knows."""
        TestimonialPageFactory(parent=TestimonialIndexPageFactory(parent=home))
        Consent.objects.update(withdrawn_at=timezone.now())
        assert "testimonials.W010" in said()

        last = MigrationRecorder.Migration.objects.filter(app="testimonials")
        last.latest("pk").delete()

        assert "testimonials.W010" not in said()

    def test_a_story_that_no_consent_covers(self, home):
        TestimonialPageFactory(parent=TestimonialIndexPageFactory(parent=home))
        assert "testimonials.W010" not in said()

        Consent.objects.update(withdrawn_at=timezone.now())

        assert "no consent covers, which no reader sees: 1." in said()


@pytest.mark.one_database
class TestOfASiteInProduction:
    """In a process of its own, with what a deployed site is told."""

    @pytest.fixture
    def doctor(self, pytestconfig, tmp_path):
        database = tmp_path / "site.sqlite3"
        copy_prepared(pytestconfig, database)
        with closing(sqlite3.connect(database)) as prepared, prepared:
            prepared.execute(
                "UPDATE wagtailcore_site SET hostname = 'clinic.example', port = 443"
            )

        def asked(**changes):
            address = f"sqlite:///{database}"
            environment = REQUIRED | {"DATABASE_URL": address} | changes
            return run("manage.py", "doctor", environment=environment)

        return asked

    def test_nothing_is_wrong(self, doctor):
        asked = doctor()

        assert (asked.stderr, asked.returncode) == ("", 0)
        assert "no issues" in asked.stdout

    def test_a_record_of_the_site_that_disagrees(self, doctor):
        asked = doctor(BASE_URL="https://www.clinic.example")

        assert asked.returncode == 1
        assert asked.stderr.count("The site is called “clinic.example”") == 1

    def test_a_key_that_is_none(self, doctor):
        asked = doctor(FIELD_KEYS="typed")

        assert asked.returncode == 1
        assert "FIELD_KEYS must hold keys" in asked.stderr
        assert "Traceback" not in asked.stderr
