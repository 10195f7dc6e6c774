"""What report and calendar are narrowed by."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import django_filters
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.models import Page, get_page_models
from wagtail.permissions import page_permission_policy

from core.due.registry import Found, Kind, Span, find, kinds
from core.models.base_page import BasePage

USUAL_DAYS = 90
_SECTION_DEPTH = 3  # below a home page
MINE, LATE = "mine", "late"


class DueFilterSet(WagtailFilterSet):
    """Narrows what somebody may see to what is asked for."""

    kind = django_filters.ChoiceFilter(label=_("Kind"))
    whose = django_filters.ChoiceFilter(
        label=_("Whose"), choices=[(MINE, _("mine: own, last edited or reviewed"))]
    )
    standing = django_filters.ChoiceFilter(
        label=_("Standing"), choices=[(LATE, _("overdue"))]
    )
    type = django_filters.ChoiceFilter(label=_("Page type"))
    section = django_filters.ChoiceFilter(label=_("Section"))

    class Meta:
        model = Page
        fields: list[str] = []

    def __init__(self, *args: Any, request: Any, **kwargs: Any) -> None:
        kwargs["queryset"] = Page.objects.none()
        super().__init__(*args, request=request, **kwargs)
        self.user = request.user
        self.kinds = {kind.code: kind for kind in kinds(self.user)}
        for each in self.filters.values():
            if isinstance(each, django_filters.ChoiceFilter):
                each.extra.setdefault("empty_label", _("All"))
        self.filters["kind"].extra["choices"] = [
            (code, kind.name) for code, kind in self.kinds.items()
        ]
        self.filters["type"].extra["choices"] = _types()
        self.filters["section"].extra["choices"] = sections(self.user)

    @property
    def asked(self) -> dict[str, Any]:
        """What is asked for; of what cannot be read nothing is."""
        form: Any = self.form
        form.is_valid()
        return {name: value for name, value in form.cleaned_data.items() if value}

    def found(self, span: Span, whole: bool = False) -> Found:
        """Return what is due in these days, narrowed; ``whole``, however much."""
        asked = self.asked
        only: Iterable[Kind] = self.kinds.values()
        if code := asked.get("kind"):
            only = [self.kinds[code]]
        narrowed = span._replace(
            of=self.user.pk if asked.get("whose") else None,
            page_type=int(asked.get("type", 0)) or None,
            section=asked.get("section", ""),
            late=bool(asked.get("standing")),
        )
        return find(self.user, narrowed, only, whole)


class DueListFilterSet(DueFilterSet):
    """The report's, which begins and ends at any day."""

    day = django_filters.DateFromToRangeFilter(
        label=_("Day"), widget=DateRangePickerWidget
    )

    @property
    def span(self) -> Span:
        asked = self.asked.get("day")
        first = asked.start.date() if asked and asked.start else None
        last = asked.stop.date() if asked and asked.stop else None
        return Span.within(first, last or _usual_end(first))


def _usual_end(first: date | None) -> date:
    begin = max(first or timezone.localdate(), timezone.localdate())
    return min(begin, date(2900, 1, 1)) + timedelta(days=USUAL_DAYS)


def sections(user: Any) -> list[tuple[str, str]]:
    """Return the pages right below a home page that have pages beneath them.

    By their paths, which begin those of all that is beneath.
    """
    pages = page_permission_policy.explorable_instances(user)
    below = pages.filter(depth=_SECTION_DEPTH, numchild__gt=0).order_by("path")
    return [(page.path, page.get_admin_display_title()) for page in below]


def _types() -> list[tuple[str, str]]:
    models = [model for model in get_page_models() if issubclass(model, BasePage)]
    types = ContentType.objects.get_for_models(*models)
    named = [
        (str(found.pk), str(model._meta.verbose_name)) for model, found in types.items()
    ]
    return sorted(named, key=lambda pair: pair[1])
