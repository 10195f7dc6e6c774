"""Background tasks."""

from collections.abc import Sequence

from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django_tasks import task

from users.limits import RESET_MAILS
from users.models import User

_TEMPLATES = "wagtailadmin/account/password_reset"


class MailNotSentError(Exception):
    """The mail server refused a message; tells the reason but no address."""


@task()
def mail_password_resets(users: Sequence[int]) -> None:
    """Send a link for a new password to each of ``users``, by primary key.

    Somebody who was sent several within the hour is sent no more: the links they have
    still work.

    Raises:
        MailNotSentError: The mail server refused or could not be reached.
    """
    for user in User.objects.filter(pk__in=users, is_active=True):
        if RESET_MAILS.allows(user.pk):
            _mail(user)


def _mail(user: User) -> None:
    context = {
        "user": user,
        "uid": urlsafe_base64_encode(force_bytes(user.pk)),
        "token": default_token_generator.make_token(user),
    }
    subject = render_to_string(f"{_TEMPLATES}/email_subject.txt", context)
    body = render_to_string(f"{_TEMPLATES}/email.txt", context)
    try:
        send_mail("".join(subject.splitlines()), body, None, [user.email])
    except Exception as error:  # noqa: BLE001  whatever it is, it may hold the address
        failure = type(error).__name__
    else:
        return
    RESET_MAILS.take_back(user.pk)
    raise MailNotSentError(failure)
