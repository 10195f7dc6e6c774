"""Tasks that send the newsletter's e-mails."""

from typing import Any
from urllib.parse import urljoin

from django.core.mail import EmailMultiAlternatives
from django.utils.translation import gettext
from django_tasks import task

from core.mail import letter
from newsletter.links import link
from newsletter.models import Subscriber


@task()
def answer_sign_up(uuid: str, root_url: str, site_name: str) -> None:
    """E-mail whoever's address was signed up.

    Args:
        uuid: The subscriber's; an address never stands in a task's arguments.
        root_url: Where the site is, such as ``https://example.org``.
        site_name: As the letter calls it.
    """
    subscriber = Subscriber.objects.filter(uuid=uuid).first()
    if subscriber is not None:
        _answer(subscriber, root_url, site_name).send()


def _answer(
    subscriber: Subscriber, root_url: str, site_name: str
) -> EmailMultiAlternatives:
    """Return the e-mail that asks for confirmation, or says it was given before."""
    known = subscriber.status == Subscriber.Status.CONFIRMED
    if known:
        name, subject = (
            "already",
            gettext("You already receive the newsletter of {site}"),
        )
    else:
        name, subject = "confirm", gettext("Please confirm: the newsletter of {site}")
    unsubscribe = urljoin(root_url, link(subscriber, "unsubscribe"))
    context: dict[str, Any] = {
        "site_name": site_name,
        "root_url": root_url,
        "confirm_url": urljoin(root_url, link(subscriber, "confirm")),
        "unsubscribe_url": unsubscribe,
    }
    return letter(
        subject.format(site=site_name),
        f"newsletter/emails/{name}",
        context,
        [subscriber.email],
        headers={
            "List-Unsubscribe": f"<{unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-replied",
        },
    )
