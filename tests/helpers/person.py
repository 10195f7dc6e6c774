"""Somebody who applied, subscribed and told a story, and a neighbour who did, too."""

from django.utils import timezone

from applications.models import Application, Upload
from newsletter.models import Subscriber
from tests.helpers.applicants_files import draft_of, kept
from tests.helpers.factories import SiteImageFactory
from tests.helpers.factories_applications import filled_in
from tests.helpers.factories_testimonials import SubjectFactory, TestimonialPageFactory

EMAIL = "ada.quillfeather@example.org"
NEIGHBOUR = "bess.thornbury@example.org"
NAME = "Rosalind Quillfeather"


def applied(client, form_page, email=EMAIL):
    """Return an application that was sent, with a file."""
    client.cookies.clear()
    before = set(Application.objects.values_list("pk", flat=True))
    answer = client.post(form_page.url, filled_in(form_page, email=email))
    assert answer.status_code == 303, answer.status_code
    application = Application.objects.exclude(pk__in=before).get()
    upload = kept(draft_of(form_page))
    draft = upload.draft
    Upload.objects.filter(pk=upload.pk).update(application=application, draft=None)
    draft.delete()
    return application


def subscribed(email=EMAIL):
    return Subscriber.objects.create(
        email=email,
        status=Subscriber.Status.CONFIRMED,
        confirmed_at=timezone.now(),
        wording_version="general",
    )


def told(index, name=NAME):
    """Return a subject with a portrait and a story whose drafts name them."""
    subject = SubjectFactory(name=name, portrait=SiteImageFactory(title="A portrait"))
    named = f"How {name} walks again"
    story = TestimonialPageFactory(
        parent=index, subject=subject, title=named, draft_title=named, live=False
    )
    story.save_revision(log_action=True)
    story.title, story.slug = "Walking again", f"walks-{subject.pk}"
    story.save_revision(log_action=True).publish()
    story.title = f"{name}, a year on"
    story.save_revision()
    return subject
