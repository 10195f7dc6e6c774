"""Reading an application as staff do: with a reason where answers are hidden."""

from django.urls import reverse


def inspect_url(application_pk):
    return reverse("application:inspect", args=[application_pk])


def reveal(client, application_pk, reason="decide"):
    """Reveal what is hidden and return the page that shows it."""
    posted = {"reason": reason}
    return client.post(inspect_url(application_pk), posted, follow=True)
