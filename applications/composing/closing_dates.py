"""When forms close by themselves, and when paused ones were to open again."""

from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from applications.admissions.rights import Right, forms_where, is_granted
from core.due.pages import KindOfPages, item_of, own_pages, told_of, works_on_pages
from core.due.registry import DueItem, Kind, Span


class _OfForms(KindOfPages):
    """For whoever works on the form's page, or sees what arrives by it."""

    def concerns(self, user: Any) -> bool:
        return works_on_pages(user) or _sees_any(user)

    def seen(self, user: Any, forms: QuerySet[Page], span: Span) -> QuerySet[Page]:
        """Return those of ``forms`` that ``user`` is told of.

        With ``is_edited``, whether they work on the page.
        """
        own = Q(pk__in=own_pages(user).values("pk"))
        seen = own | Q(pk__in=forms_where(user, Right.SEE).values("pk"))
        forms = told_of(forms, span).filter(seen, live=True, alias_of=None)
        is_edited = ExpressionWrapper(own, output_field=BooleanField())
        return forms.annotate(is_edited=is_edited).order_by("due_at", "pk")

    def item(self, page: Any) -> DueItem:
        where = {} if page.is_edited else {"url": _inbox(page)}
        return item_of(self, page, page.due_at, **where)


class FormCloses(_OfForms):
    code = "form-closes"
    name = _("Form closes")
    icon = "form"
    passes = True

    def rows(self, user: Any, span: Span) -> QuerySet[Page]:
        field = "applicationformpage__closes_at"
        forms = Page.objects.filter(**span.of_moments(field)).annotate(due_at=F(field))
        if span.first is None:
            forms = forms.filter(due_at__gte=timezone.now())
        return self.seen(user, forms, span)


class FormReopens(_OfForms):
    """Readers are told this day, and the form does not open by itself."""

    code = "form-reopens"
    name = _("Paused form is to open again")
    icon = "form"

    def rows(self, user: Any, span: Span) -> QuerySet[Page]:
        field = "applicationformpage__reopens_on"
        forms = Page.objects.filter(
            applicationformpage__paused=True, **span.of_days(field)
        )
        return self.seen(user, forms.annotate(due_at=F(field)), span)


def _sees_any(user: Any) -> bool:
    """Return whether ``user`` sees what arrives by any form.

    Kept with the object of a request's user, as Wagtail keeps its permissions: the
    admin's menu asks on every page, for each kind.
    """
    if not hasattr(user, "_sees_any_form"):
        user._sees_any_form = is_granted(user, Right.SEE)
    return bool(user._sees_any_form)


def _inbox(page: Page) -> str:
    return f"{reverse('application:index')}?form={page.pk}"


def due_kinds() -> list[Kind]:
    return [FormCloses(), FormReopens()]
