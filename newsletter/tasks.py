"""Letters, sent apart from the request that asked for them."""

from typing import Any
from urllib.parse import urljoin

from django.core.mail import EmailMultiAlternatives
from django_tasks import task

from core.letters import letter
from newsletter.links import link
from newsletter.models import Subscriber


class LetterNotSent(Exception):
    """The mail server did not take a letter. Says why, but not whose it was."""


@task()
def answer_sign_up(uuid: str, root_url: str, site_name: str) -> None:
    """Write to a subscriber who has (or for whom somebody else has) signed up.

    Args:
        uuid: The subscriber's; an address never stands in a task's arguments.
        root_url: Where the site is, such as ``https://example.org``.
        site_name: As the letter calls it.

    Raises:
        LetterNotSent: The mail server refused or could not be reached.
    """
    subscriber = Subscriber.objects.filter(uuid=uuid).first()
    if subscriber is None:
        return
    try:
        _answer(subscriber, root_url, site_name).send()
    except Exception as error:  # noqa: BLE001  whatever it is, it may hold the address
        failure = type(error).__name__
    else:
        return
    # The next try of the visitor need not wait.
    Subscriber.objects.filter(pk=subscriber.pk).update(mailed_at=None)
    raise LetterNotSent(failure)


def _answer(
    subscriber: Subscriber, root_url: str, site_name: str
) -> EmailMultiAlternatives:
    """Return a letter that asks for confirmation, or says that there already is one."""
    known = subscriber.status == Subscriber.Status.CONFIRMED
    name = "already" if known else "confirm"
    unsubscribe = urljoin(root_url, link(subscriber, "unsubscribe"))
    context: dict[str, Any] = {
        "site_name": site_name,
        "root_url": root_url,
        "confirm_url": urljoin(root_url, link(subscriber, "confirm")),
        "unsubscribe_url": unsubscribe,
    }
    return letter(
        f"You already receive the newsletter of {site_name}"
        if known
        else f"Please confirm: the newsletter of {site_name}",
        f"newsletter/emails/{name}",
        context,
        [subscriber.email],
        headers={
            "List-Unsubscribe": f"<{unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-replied",
        },
    )
