"""A mail server that can be down, and time that passes for what waits."""

from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from core.models import OutgoingMail


def later(**time):
    """Let so much time pass for whatever waits."""
    for model, field in (
        (DBTaskResult, "run_after"),
        (OutgoingMail, "next_attempt_at"),
    ):
        for row in model.objects.filter(**{f"{field}__year__lt": 9999}):
            setattr(row, field, getattr(row, field) - timedelta(**time))
            row.save(update_fields=[field])


@pytest.fixture(name="server")
def mail_server(settings, monkeypatch):
    """The mail server: what ``server.says`` raises, it answers."""
    from django.core.mail.backends.locmem import EmailBackend

    class Server:
        says = None

    take = EmailBackend.send_messages

    def send_messages(self, messages):
        if Server.says:
            raise Server.says
        return take(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", send_messages)
    return Server
