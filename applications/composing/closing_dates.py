"""When forms close by themselves, and when paused ones were to open again."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from applications.admissions.rights import Right, forms_where, is_granted
from core.due.pages import item_of, own_pages, told_of, works_on_pages
from core.due.registry import MOST, DueItem, Kind, Span


class _OfForms(Kind):
    """For whoever works on the form's page, or sees what arrives by it."""

    def concerns(self, user: Any) -> bool:
        return works_on_pages(user) or is_granted(user, Right.SEE)

    def items(self, user: Any, forms: QuerySet[Page], span: Span) -> Iterator[DueItem]:
        """Yield an item for each of ``forms``, with when it is in ``due_at``."""
        own = own_pages(user)
        seen = Q(pk__in=own.values("pk"))
        seen |= Q(pk__in=forms_where(user, Right.SEE).values("pk"))
        forms = told_of(forms, span).filter(seen, live=True, alias_of=None)
        found = list(forms.order_by("due_at", "pk")[: MOST + 1])
        edited = set(own.filter(pk__in=[page.pk for page in found]).values_list("pk"))
        for page in found:
            told: Any = page
            where = {} if (page.pk,) in edited else {"url": _inbox(page)}
            yield item_of(self, page, told.due_at, **where)


class FormCloses(_OfForms):
    code = "form-closes"
    name = _("Form closes")
    icon = "form"
    passes = True

    def find(self, user: Any, span: Span) -> Iterator[DueItem]:
        field = "applicationformpage__closes_at"
        forms = Page.objects.filter(**span.of_moments(field)).annotate(due_at=F(field))
        if span.first is None:
            forms = forms.filter(due_at__gte=timezone.now())
        return self.items(user, forms, span)


class FormReopens(_OfForms):
    """Readers are told this day, and the form does not open by itself."""

    code = "form-reopens"
    name = _("Paused form is to open again")
    icon = "form"

    def find(self, user: Any, span: Span) -> Iterator[DueItem]:
        field = "applicationformpage__reopens_on"
        forms = Page.objects.filter(
            applicationformpage__paused=True, **span.of_days(field)
        )
        return self.items(user, forms.annotate(due_at=F(field)), span)


def _inbox(page: Page) -> str:
    return f"{reverse('application:index')}?form={page.pk}"


def due_kinds() -> list[Kind]:
    return [FormCloses(), FormReopens()]
