"""What a page type has that tells its readers what happened to a page."""

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.url_routing import RouteResult

from core.history.telling import Answer, teller
from core.models.base_page import BasePage
from core.text.provenance import TextProvenance, is_written_with_ai, text_properties


class HistoryMixin(BasePage):
    """A page that says when it was published, updated and corrected, and how written.

    Stands first among the bases. Versions that a correction leads to have an address
    beneath the page's own.
    """

    text_provenance = models.CharField(
        _("how the text was written"),
        max_length=10,
        choices=TextProvenance,
        blank=True,
        default="",
        db_default="",
        help_text=_("Readers are told at the beginning of the page."),
    )
    change_note = models.CharField(
        _("what has changed, for readers"),
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text=_(
            "In a sentence, such as “The results of a new trial.” Readers get it with "
            "the date, which moves to the day of publication."
        ),
    )
    updated_note = models.CharField(
        max_length=200, blank=True, default="", db_default="", editable=False
    )

    of_one_publication: ClassVar[dict[str, Any]] = {"change_note": ""}
    exclude_fields_in_copy = [
        *BasePage.exclude_fields_in_copy,
        "updated_note",
        "change_note",
    ]
    publication_panels: ClassVar[list[Panel]] = [
        MultiFieldPanel(
            [
                FieldPanel("significant_change"),
                FieldPanel("change_note"),
                FieldPanel("override_reason"),
            ],
            heading=_("Publication"),
        ),
        FieldPanel("text_provenance"),
    ]

    class Meta:
        abstract = True

    # --- What readers see ------------------------------------------------------------

    @property
    def is_written_with_ai(self) -> bool:
        """Whether readers are told that AI took part in the text."""
        return is_written_with_ai(self.text_provenance)

    @cached_property
    def history(self) -> Any:
        """When the page was published, updated and corrected, as readers are told."""
        return teller().history_of(self)

    def closed_versions(self, versions: Collection[int]) -> set[int]:
        """Return those of its versions, by their keys, that nobody may read today."""
        return set()

    def may_print(self, text: str) -> bool:
        """Return whether words that nobody can change may be printed today."""
        return True

    def schema_properties(self) -> dict[str, Any]:
        return {
            **super().schema_properties(),
            **teller().corrections_for_machines(self),
            **text_properties(self.text_provenance),
        }

    # What answers beneath the page, where it was asked for.
    answer_beneath: Answer | None = None

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Find what answers beneath the page, and else what Wagtail finds."""
        if path_components and self.is_published:
            self.answer_beneath = teller().answer(self, path_components)
            if self.answer_beneath:
                return RouteResult(self)
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.answer_beneath:
            return self.answer_beneath(request)
        response: HttpResponse = super().serve(request, *args, **kwargs)
        return response

    # --- What goes live --------------------------------------------------------------

    # What was found of corrections in the version that is stored: the stream of each
    # that is new, and whether one that was published had to be put back.
    new_corrections: Mapping[str, str] = {}
    put_back = False

    def save_revision(self, user: Any = None, *args: Any, **kwargs: Any) -> Any:
        """Save a version, beside the published one, to which readers may be led."""
        overwritten = kwargs.get("overwrite_revision")
        if overwritten and overwritten.pk == self.live_revision_id:
            kwargs["overwrite_revision"] = None
        return super().save_revision(user, *args, **kwargs)

    def _note_publication(self) -> None:
        if self.change_note.strip() or self.new_corrections:
            self.significant_change = True
        if self.significant_change:
            self.updated_note = self.change_note.strip()
        self.change_note = ""
        super()._note_publication()

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """Restore a version, but with the note on the last update of the live one."""
        page = super().with_content_json(content)
        page.updated_note = self.updated_note
        return page
