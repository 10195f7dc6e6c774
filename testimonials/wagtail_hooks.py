"""Wagtail hooks of this app."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Min, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet

from core.admin.dashboard import ITEMS_SHOWN, Task
from testimonials.models.consent import Consent
from testimonials.models.subject import Subject
from testimonials.viewsets import subject_chooser_viewset, subject_viewset

SOON = timedelta(days=30)


@hooks.register("register_admin_viewset")
def register_subjects() -> list[ViewSet]:
    return [subject_viewset, subject_chooser_viewset]


@hooks.register("register_dashboard_tasks")
def tell_of_consents_that_end(request: HttpRequest) -> Iterator[Task]:
    """Yield the people whose consents end soon, by code."""
    if not request.user.has_perm("testimonials.view_consent"):
        return
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


def _ending() -> QuerySet[Any]:
    """Return people who soon allow less than today, with the first ``last_day``."""
    today = timezone.localdate()
    later = Consent.objects.in_force(today + SOON)
    scopes = ("scope_medical_detail", "scope_name", "scope_photograph")
    lost = Q()
    for scope in scopes:
        covered = later.filter(**{scope: True}).values("subject")
        lost |= Q(**{scope: True}) & ~Q(subject__in=covered)
    losing = Consent.objects.in_force(today).filter(lost)
    return Subject.objects.filter(consents__in=losing).annotate(
        last_day=Min("consents__valid_until")
    )
