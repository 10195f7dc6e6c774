"""Redirects in the admin: the list with what it is good for, and the form."""

import re
from collections import OrderedDict
from datetime import date, timedelta
from typing import Any

import django_filters
from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Max, Model, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.contrib.redirects.filters import RedirectsReportFilterSet
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.redirects.views import (
    CreateView,
    EditView,
    IndexView,
    RedirectTargetColumn,
)
from wagtail.models import Page, Site

from seo.redirects.addresses import STAR
from seo.redirects.form import CheckedRedirectForm, pages_at
from seo.redirects.models import RedirectHits
from seo.redirects.spreadsheet import COLUMNS, row_of
from seo.redirects.typed import LONGEST

DAYS = 30  # that hits are added up over


def with_hits(redirects: QuerySet[Redirect]) -> QuerySet[Redirect]:
    """Annotate ``hits_lately``, of the last `DAYS` days, and ``last_hit``, a day."""
    hits = RedirectHits.objects.filter(redirect=OuterRef("pk")).order_by()
    lately = hits.filter(day__gt=_beginning()).values("redirect")
    return redirects.annotate(
        hits_lately=Coalesce(
            Subquery(lately.annotate(all=Sum("count")).values("all")), 0
        ),
        last_hit=Subquery(
            hits.values("redirect").annotate(last=Max("day")).values("last")
        ),
    )


def _beginning() -> date:
    return timezone.localdate() - timedelta(days=DAYS)


class RedirectFilterSet(RedirectsReportFilterSet):
    """Filters by what a redirect is and whether anybody follows it."""

    kind = django_filters.ChoiceFilter(
        label=_("Leads"),
        method="of_kind",
        choices=[
            ("page", _("To a page")),
            ("address", _("To an address")),
            ("gone", _("Nowhere: gone (410)")),
            ("unpublished", _("To a page that is not published")),
        ],
        widget=forms.RadioSelect,
    )
    pattern = django_filters.ChoiceFilter(
        label=_("From"),
        method="of_pattern",
        choices=[
            ("exact", _("One address")),
            ("query", _("An address with a query")),
            ("wildcard", _("All beneath an address (/*)")),
        ],
        widget=forms.RadioSelect,
    )
    origin = django_filters.ChoiceFilter(
        label=_("Made"),
        field_name="automatically_created",
        choices=[(False, _("By somebody")), (True, _("By itself"))],
        widget=forms.RadioSelect,
    )
    followed = django_filters.ChoiceFilter(
        label=_("Followed"),
        method="of_use",
        choices=[
            ("lately", _("In the last 30 days")),
            ("before", _("Before that alone")),
            ("never", _("Never")),
        ],
        widget=forms.RadioSelect,
    )

    def of_kind(self, redirects: Any, name: str, value: str) -> Any:
        typed = Q(redirect_page=None) & ~Q(redirect_link="")
        kinds = {
            "page": Q(redirect_page__isnull=False),
            "address": typed,
            "gone": Q(redirect_page=None, redirect_link=""),
            "unpublished": Q(redirect_page__live=False),
        }
        return redirects.filter(kinds[value])

    def of_pattern(self, redirects: Any, name: str, value: str) -> Any:
        wildcard = Q(old_path__endswith=f"/{STAR}")
        query = Q(old_path__contains="?")
        patterns = {"wildcard": wildcard, "query": query, "exact": ~wildcard & ~query}
        return redirects.filter(patterns[value])

    def of_use(self, redirects: Any, name: str, value: str) -> Any:
        uses = {
            "lately": Q(hits_lately__gt=0),
            "before": Q(hits_lately=0, last_hit__isnull=False),
            "never": Q(last_hit=None),
        }
        return redirects.filter(uses[value])


class _TargetColumn(RedirectTargetColumn):
    """Where a redirect leads, in words where that is nowhere."""

    def get_value(self, instance: Redirect) -> Any:
        return super().get_value(instance) or _("Nowhere: gone (410)")


class ListView(IndexView):
    """Wagtail's list, with how often each redirect is followed."""

    filterset_class = RedirectFilterSet
    columns = [
        IndexView.columns[0],
        _TargetColumn("redirect_page", label=_("To"), width="30%"),
        Column(
            "site",
            label=_("Site"),
            accessor=lambda redirect: redirect.site or _("All sites"),
            sort_key="site__site_name",
        ),
        IndexView.columns[3],
        Column("hits_lately", label=_("Last 30 days"), sort_key="hits_lately"),
        Column("last_hit", label=_("Last followed"), sort_key="last_hit"),
    ]
    list_export = list(COLUMNS)
    export_headings = dict(zip(COLUMNS, COLUMNS, strict=True))
    export_filename = "redirects"

    def get_base_queryset(self) -> Any:
        return with_hits(super().get_base_queryset())

    def to_row_dict(self, item: Redirect) -> OrderedDict[str, str]:
        """Return a row as the import reads it."""
        return OrderedDict(zip(COLUMNS, row_of(item), strict=True))


class _CheckingMixin:
    """Asks one after the other, and says where a page stands at the old address."""

    form_class: type[forms.ModelForm[Any]] = CheckedRedirectForm

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take turns, so that two who say the same at once are not both believed.

        The second is told what the first has done. No index forbids two rules of all
        sites from one address, and none a circle.
        """
        with transaction.atomic():
            sites = Site.objects.select_for_update(no_key=True).order_by("pk")
            list(sites.values_list("pk"))
            response: HttpResponse = super().post(request, *args, **kwargs)  # type: ignore[misc]
        return response

    def save_instance(self) -> Any:
        redirect = super().save_instance()  # type: ignore[misc]
        for page in pages_at(redirect.old_path, redirect.site):
            sentence = gettext(
                "The page “{title}” is published at {path}, and readers get that page: "
                "the redirect counts once it is unpublished or moved."
            )
            messages.warning(
                self.request,  # type: ignore[attr-defined]
                sentence.format(
                    title=page.get_admin_display_title(), path=redirect.old_path
                ),
            )
        return redirect


class CheckedCreateView(_CheckingMixin, CreateView):
    """Adds a redirect, begun with what the address says as the 404 log writes it."""

    def get_initial(self) -> dict[str, Any]:
        old_path = self.request.GET.get("old_path", "")[:LONGEST]
        return {
            **super().get_initial(),
            "old_path": old_path,
            "site": self._named("site", Site),
            "redirect_page": self._named("redirect_page", Page),
        }

    def _named(self, name: str, model: type[Model]) -> int | None:
        """Return the number of a record in the address, None without such a record."""
        text = self.request.GET.get(name, "")
        if not re.fullmatch(r"[0-9]{1,9}", text):
            return None
        found = model._default_manager.filter(pk=int(text))
        return found.values_list("pk", flat=True).first()


class CheckedEditView(_CheckingMixin, EditView):
    """Changes a redirect."""
