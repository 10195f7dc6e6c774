"""Writes e-mails about applications, none with an answer in it, into the outbox."""

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from wagtail.models import Site

from applications.mailed import APPLICANT, about_application
from applications.models.applications import Application
from applications.notifying.recipients import told_at_once
from core.mail import Subject, letter


def address(site: Site, token: str) -> str:
    """Return the address of the link with this token."""
    return urljoin(site.root_url, reverse("applications:link", args=[token]))


def tell_staff(application: Application, subject: str, name: str) -> None:
    """Write to whoever is told of this form's applications at once."""
    form = application.definition.page
    path = reverse("application:inspect", args=[application.pk])
    about = about_application(application.pk)
    write_to_staff(
        form.get_site(), form, application.reference, path, subject, name, about
    )


def write_to_staff(
    site: Site,
    form: Any,
    reference: str,
    path: str,
    subject: str,
    name: str,
    *about: str,
) -> None:
    """Write to whoever is told of a form's applications at once, with a link.

    Args:
        site: The form's.
        form: Which, None where it is gone.
        reference: Of the application.
        path: In the admin.
        subject: With a place for the reference.
        name: Of the template.
        about: What it is about, see `applications.mailed`.
    """
    context = {"reference": reference, "url": settings.WAGTAILADMIN_BASE_URL + path}
    subject = subject.format(reference=reference)
    for audience, to in told_at_once(site, form):
        write(site, to, subject, name, context, *about, audience=audience)


def write(
    site: Site,
    to: str | list[str],
    subject: str,
    name: str,
    context: dict[str, Any],
    *about: str,
    audience: str = APPLICANT,
) -> None:
    """Queue an e-mail, recorded with each thing that it is about."""
    letter(
        subject,
        f"applications/emails/{name}",
        {
            **context,
            "site_name": site.site_name or site.hostname,
            "root_url": site.root_url,
        },
        [to] if isinstance(to, str) else to,
        headers={"Auto-Submitted": "auto-generated"},
        about_what=Subject(about, name, audience) if about else None,
    ).send()
