"""Wagtail hooks of this app."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Min, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet

from core.admin.dashboard import ITEMS_SHOWN, Task
from delivery import calendar
from testimonials.consent.due import due_kinds
from testimonials.consent.recording import consent_actions
from testimonials.consent.register_admin import consent_wording_viewset
from testimonials.models.consent import SCOPES, Consent
from testimonials.models.subject import Subject
from testimonials.viewsets import subject_chooser_viewset, subject_viewset

SOON = timedelta(days=30)


@hooks.register("register_admin_viewset")
def register_subjects() -> list[ViewSet]:
    return [subject_viewset, subject_chooser_viewset, consent_wording_viewset]


hooks.register("register_log_actions", consent_actions)
hooks.register("register_due_kinds", due_kinds)


@hooks.register("register_permissions")
def register_log_permission() -> QuerySet[Permission]:
    return Permission.objects.filter(
        content_type__app_label="testimonials",
        codename__in=[
            "view_consentlogentry",
            "view_consent",
            "add_consent",
            "change_consent",
        ],
    )


@hooks.register("register_dashboard_tasks")
def tell_of_consents_that_end(request: HttpRequest) -> Iterator[Task]:
    """Yield the people whose consents end soon, by code."""
    if not request.user.has_perm("testimonials.view_consent"):
        return
    yield from _to_see_to_elsewhere()
    yield from _to_be_confirmed()
    ending = _ending()
    if count := ending.count():
        sentence = ngettext(
            "The consent of %(count)d person ends within thirty days.",
            "The consents of %(count)d people end within thirty days.",
            count,
        )
        items = [
            (
                gettext("{code}, until {day}").format(
                    code=subject.reference_code,
                    day=date_format(subject.last_day, "DATE_FORMAT"),
                ),
                reverse(subject_viewset.get_url_name("edit"), args=[subject.pk]),
            )
            for subject in ending.order_by("last_day", "pk")[:ITEMS_SHOWN]
        ]
        yield Task(
            sentence % {"count": count},
            items,
            reverse(subject_viewset.get_url_name("index")),
        )


def _to_be_confirmed() -> Iterator[Task]:
    """Yield the people who are to be asked whether their consent still holds."""
    people = Subject.objects.filter(consents__in=Consent.objects.unconfirmed())
    people = people.distinct()
    yield from _asked_of(
        people,
        lambda count: ngettext(
            "%(count)d person has not confirmed their consent for a year.",
            "%(count)d people have not confirmed their consent for a year.",
            count,
        ),
    )


def _to_see_to_elsewhere() -> Iterator[Task]:
    """Yield the people who took back what was allowed for social media or print."""
    taken_back = Consent.objects.to_see_to_elsewhere()
    yield from _asked_of(
        Subject.objects.filter(consents__in=taken_back).distinct(),
        lambda count: ngettext(
            "%(count)d person took back a consent to social media or print.",
            "%(count)d people took back a consent to social media or print.",
            count,
        ),
    )


def _asked_of(
    people: QuerySet[Subject], sentence: Callable[[int], str]
) -> Iterator[Task]:
    """Yield a task about ``people``, by code, if there are any."""
    if count := people.count():
        items = [
            (
                subject.reference_code,
                reverse(subject_viewset.get_url_name("register"), args=[subject.pk]),
            )
            for subject in people.order_by("reference_code")[:ITEMS_SHOWN]
        ]
        index = reverse(subject_viewset.get_url_name("index"))
        yield Task(sentence(count) % {"count": count}, items, index)


def _ending() -> QuerySet[Any]:
    """Return people who soon allow less than today, with the first ``last_day``."""
    today = calendar.today()
    later = Consent.objects.in_force(today + SOON)
    lost = Q()
    for scope in SCOPES:
        covered = later.filter(**{scope: True}).values("subject")
        lost |= Q(**{scope: True}) & ~Q(subject__in=covered)
    losing = Consent.objects.in_force(today).filter(lost)
    return Subject.objects.filter(consents__in=losing).annotate(
        last_day=Min("consents__valid_until")
    )
