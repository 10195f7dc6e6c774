"""Tasks that run after an application is stored."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext
from django_tasks import task

from applications.models.applications import Application
from applications.models.site_settings import ApplicationSettings
from core.mail import letter


@task()
def notify(application_pk: str) -> None:
    """Notify staff of a new application, without its contents."""
    application = (
        Application.objects.select_related("definition__page")
        .filter(pk=application_pk)
        .first()
    )
    if application is None:
        return
    site = application.definition.page.get_site()
    notified = ApplicationSettings.objects.filter(site=site).first()
    if notified is None or not notified.addresses:
        return
    link = settings.WAGTAILADMIN_BASE_URL + reverse(
        "application:inspect", args=[application.pk]
    )
    letter(
        gettext("Application {reference} has arrived").format(
            reference=application.reference
        ),
        "applications/emails/arrived",
        {
            "reference": application.reference,
            "url": link,
            "site_name": site.site_name or site.hostname,
            "root_url": site.root_url,
        },
        notified.addresses,
        headers={"Auto-Submitted": "auto-generated"},
    ).send()
