"""``manage.py tidy_links``: what is over goes, and applications stay findable."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from applications.models import AccessLink, Answer, Application, LinkRequest
from core import encryption
from tests.helpers.factories_applications import (
    IDS,
    ApplicationFormPageFactory,
    send,
)

DAY = timedelta(days=1)
NEW_KEY = "bm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm4="


@pytest.fixture
def application(client, home, commits):
    send(client, ApplicationFormPageFactory(parent=home))
    return Application.objects.get()


def tidy(capsys):
    call_command("tidy_links")
    return capsys.readouterr().out


class TestTidying:
    def test_deletes_links_that_have_been_over_for_a_day(self, application, capsys):
        tidy(capsys)
        assert AccessLink.objects.count() == 1

        AccessLink.objects.update(expires_at=timezone.now() - 2 * DAY)

        assert "Links deleted: 1" in tidy(capsys)
        assert not AccessLink.objects.exists()

    def test_deletes_links_that_were_ended(self, application, capsys):
        AccessLink.objects.update(revoked_at=timezone.now() - 2 * DAY)

        tidy(capsys)

        assert not AccessLink.objects.exists()

    def test_forgets_who_asked_for_links(self, db, capsys):
        LinkRequest.objects.create(contact_hash="x")
        LinkRequest.objects.create(
            contact_hash="y", created_at=timezone.now() - 2 * DAY
        )

        tidy(capsys)

        assert LinkRequest.objects.get().contact_hash == "x"

    def test_makes_applications_findable_that_came_before_there_were_links(
        self, application, capsys
    ):
        wanted = application.contact_hash
        Application.objects.update(contact_hash=None)

        assert "addresses hashed: 1" in tidy(capsys)

        application.refresh_from_db()
        assert application.contact_hash == wanted
        assert "addresses hashed: 0" in tidy(capsys)

    def test_hashes_again_under_a_new_key(self, application, settings, capsys):
        settings.FIELD_KEYS = [NEW_KEY, *settings.FIELD_KEYS]

        tidy(capsys)

        application.refresh_from_db()
        assert application.contact_hash.startswith(encryption.key_names()[0])

    def test_leaves_what_has_no_address(self, application, capsys):
        Answer.objects.filter(question=IDS["email"]).delete()
        Application.objects.update(contact_hash=None)

        tidy(capsys)

        application.refresh_from_db()
        assert application.contact_hash == ""
        assert "addresses hashed: 0" in tidy(capsys)

    def test_names_what_cannot_be_read_and_goes_on(self, application, settings, capsys):
        settings.FIELD_KEYS = [NEW_KEY]

        assert "unreadable: 1" in tidy(capsys)
