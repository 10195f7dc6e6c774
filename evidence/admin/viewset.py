"""The library of references in the admin."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.db import IntegrityError
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn, UsageCountColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.models import Page, ReferenceIndex
from wagtail.snippets.views.snippets import (
    CreateView,
    IndexView,
    SnippetViewSet,
    UsageView,
)

from core.records.changing import PrintedRecordMixin
from evidence.admin.choosers import ReferenceChooserViewSet
from evidence.admin.exporting import ExportedListMixin, ReferenceEditView
from evidence.admin.forms import ReferenceForm
from evidence.library.printed import is_told_at_once, printed_on
from evidence.library.usage import Place, places
from evidence.models import Reference


class ReferenceUsageView(UsageView):
    """Everything that cites a reference, including drafts."""

    def get_queryset(self) -> list[Place]:
        return places([self.object]).get(self.object, [])

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("title", label=_("Name"), get_url=lambda row: row["edit_url"]),
            Column("type", label=_("Type")),
            Column("cited_in", label=_("Cited in")),
        ]

    def get_table(self, object_list: list[Place], **kwargs: Any) -> Any:
        finder = AdminURLFinder(self.request.user)
        draft, public = gettext("A draft"), gettext("What readers see")
        rows = []
        for place in object_list:
            edit_url = finder.get_edit_url(place.source)
            kind = place.source._meta.verbose_name
            private = gettext("(Private {kind})").format(kind=kind)
            rows.append(
                {
                    "title": place.title if edit_url else private,
                    "edit_url": edit_url,
                    "type": capfirst(kind),
                    "cited_in": draft if place.draft else public,
                }
            )
        return BaseListingView.get_table(self, rows, **kwargs)


class ReferenceIndexView(ExportedListMixin, IndexView):
    """Counts the uses of the listed references in one query."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().unmerged()

    @cached_property
    def header_buttons(self) -> list[Button]:
        buttons: list[Button] = super().header_buttons
        if not self.user_has_permission("add"):
            return buttons
        url = reverse("reference_import")
        return [*buttons, HeaderButton(gettext("Import"), url=url, icon_name="upload")]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons: list[Button] = super().header_more_buttons
        return [
            *buttons,
            Button(
                gettext("Find duplicates"),
                url=reverse("reference_duplicates"),
                icon_name="copy",
                priority=90,
            ),
        ]

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        paginator, page, found, has_others = super().paginate_queryset(
            queryset, page_size
        )
        references = list(found)
        signposts = Reference.objects.filter(merged_into__in=references)
        counts = ReferenceIndex.get_count_references_to_in_bulk(
            [*references, *signposts]
        )
        merged: defaultdict[int | None, int] = defaultdict(int)
        for signpost in signposts:
            merged[signpost.merged_into_id] += counts[signpost]
        usage = Reference.snippet_viewset.get_url_name("usage")
        for reference in references:
            reference.usage_count = counts[reference] + merged[reference.pk]
            reference.usage_url = reverse(usage, args=[reference.pk])
        page.object_list = references
        return paginator, page, references, has_others


class StoredMeanwhileMixin:
    """Shows the form again when another request stored its DOI first."""

    def form_valid(self, form: Any) -> Any:
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except IntegrityError:
            form.full_clean()  # which finds the other work now, and names it
            if self.is_valid(form):  # type: ignore[attr-defined]
                raise
            return self.form_invalid(form)  # type: ignore[attr-defined]


class ReferenceAddView(StoredMeanwhileMixin, CreateView):
    """The form of a new reference."""


class ReferenceChangeView(StoredMeanwhileMixin, PrintedRecordMixin, ReferenceEditView):
    """The form of a reference in the library."""

    what_is_free = _("That the work was corrected or retracted you can say at once.")

    def pages_printing(self) -> Collection[Page]:
        return printed_on([self.object])

    def is_free(self, name: str, before: Any, after: Any) -> bool:
        """A retraction is told of at once, whoever hears of it."""
        return name == "status" and is_told_at_once(before, after)


class ReferenceViewSet(SnippetViewSet):
    model = Reference
    icon = "openquote"
    menu_label = _("References")
    menu_order = 290
    add_to_admin_menu = True
    url_prefix = "references"
    list_per_page = 50
    list_display = [
        "__str__",
        "container_title",
        Column("get_csl_type_display", label=_("Type"), sort_key="csl_type"),
        Column("get_species_display", label=_("Studied in"), sort_key="species"),
        Column("get_status_display", label=_("Status"), sort_key="status"),
        UsageCountColumn("usage_count", label=_("Usage")),
    ]
    list_filter = ["csl_type", "study_design", "species", "status", "issued_year"]
    search_backend_name = "default"
    index_view_class = ReferenceIndexView
    add_view_class = ReferenceAddView
    edit_view_class = ReferenceChangeView
    usage_view_class = ReferenceUsageView
    chooser_viewset_class = ReferenceChooserViewSet
    chooser_admin_url_namespace = "reference_chooser"
    chooser_base_url_path = "references/choose"
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("csl_type"),
                    FieldPanel("title"),
                    FieldPanel("authors"),
                    FieldPanel("more_authors"),
                ],
                heading=_("Work"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("container_title"),
                    FieldPanel("publisher"),
                    FieldRowPanel(
                        [
                            FieldPanel("issued_year"),
                            FieldPanel("issued_month"),
                            FieldPanel("issued_day"),
                        ]
                    ),
                    FieldRowPanel(
                        [
                            FieldPanel("volume"),
                            FieldPanel("issue"),
                            FieldPanel("page"),
                            FieldPanel("number"),
                        ]
                    ),
                ],
                heading=_("Where and when it appeared"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("doi"),
                    FieldRowPanel([FieldPanel("pmid"), FieldPanel("pmcid")]),
                    FieldPanel("url"),
                    FieldPanel("accessed"),
                ],
                heading=_("Where it is found"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("study_design"),
                    FieldRowPanel([FieldPanel("species"), FieldPanel("sample_size")]),
                    FieldPanel("population"),
                    FieldPanel("finding"),
                    FieldPanel("funding"),
                ],
                heading=_("What was studied"),
            ),
            MultiFieldPanel([FieldPanel("status")], heading=_("Standing")),
        ],
        base_form_class=ReferenceForm,
    )
