"""More kinds of change: by the clock, of what pages print, and of consents."""

from datetime import timedelta

from django.utils import timezone
from wagtail.models import Page

from core.models.images import SiteImage
from core.models.topics import Topic
from testimonials.consent.changing import take_back
from testimonials.models import Consent, Subject, TestimonialPage
from tests.deploy.changes import CHANGES, change
from tests.deploy.own_content import SETTINGS

__all__ = ["CHANGES"]
SOON = timedelta(seconds=1.5)
LATER = timedelta(hours=6)
_LETTERS = str.maketrans("0123456789", "bdfghjklmn")


# --- By the clock ---------------------------------------------------------------------


@change
def an_end_to_come(own, title):
    """Have all pages be kept for a short period, or no longer."""
    beside = Page.objects.filter(pk=own.beside)
    end = None if beside.get().expire_at else timezone.now() + LATER
    beside.update(expire_at=end)
    yield


@change
def its_end_by_the_clock(own, title):
    over = timezone.now() + SOON
    pages = Page.objects.filter(pk=own.pk)
    pages.update(title=title, expire_at=over)
    yield
    while timezone.now() <= over:
        yield
    yield
    pages.update(expire_at=None)
    yield


# --- What pages print -----------------------------------------------------------------


def _picture(own):
    return SiteImage.objects.filter(pk=own.number)


@change
def a_picture(own, title):
    picture = _picture(own).get()
    picture.credit = title
    picture.save()
    yield


@change
def a_focal_point(own, title):
    left = 10 + (_picture(own).get().focal_point_x or 0) % 20
    size = {"focal_point_width": 8, "focal_point_height": 8}
    _picture(own).update(focal_point_x=left, focal_point_y=20, **size)
    yield


@change
def tags(own, title):
    _picture(own).get().tags.set([title])
    _picture(own).update(credit=title)
    yield


@change
def a_snippet(own, title):
    topic = Topic.objects.get(pk=own.number)
    topic.name = title
    topic.save()
    yield


@change
def settings_of_the_site(own, title):
    model, field = SETTINGS[own.slug]
    record = model.objects.get()
    setattr(record, field, title)
    record.save(update_fields=[field])
    yield


@change
def a_name(own, title):
    # No title may print it.
    name = f"Quill {title[-4:].translate(_LETTERS)}"
    Subject.objects.filter(pk=own.number).update(name=name)
    yield


# --- Consent --------------------------------------------------------------------------


@change
def a_consent_withdrawn(own, title):
    subject = Subject.objects.get(pk=own.number)
    take_back(subject)
    yield
    own.consent(subject)
    TestimonialPage.objects.filter(pk=own.story).update(title=f"Story {title}")
    yield


@change
def a_consent_that_ends(own, title):
    consents = Consent.objects.filter(subject=own.number, withdrawn_at=None)
    consents.update(valid_until=timezone.localdate() - timedelta(days=1))
    yield
    consents.update(valid_until=None)
    yield
