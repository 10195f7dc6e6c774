"""What a page type has that can be medical: its review."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any, ClassVar, NamedTuple

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.url_routing import RouteResult

from core.models.base_page import BasePage
from core.pictures.provenance import is_made_with_ai
from core.prefetch.sources import Relation
from review.coverage import covering
from review.history.earlier import ADDRESS, correction_after, serve_version
from review.history.listing import History, history_of
from review.lapses import is_lapsed
from review.models.corrections import PublishedCorrection
from review.models.records import ReviewRecord
from review.provenance import TextProvenance, text_properties
from review.returning import take_back
from review.structured_data import correction_properties, review_properties
from review.versions import version_of

# What belongs to the published version alone.
_OF_THE_LIVE_VERSION = (
    "review",
    "reviewed_digest",
    "changed_since_review",
    "updated_note",
)


class Shown(NamedTuple):
    """A review as readers see it.

    Args:
        record: The `ReviewRecord`.
        changed_on: Since when readers see another version than was reviewed.
        has_lapsed: Whether it was due long enough ago to be told of.
    """

    record: ReviewRecord
    changed_on: date | None
    has_lapsed: bool


class ReviewedMixin(BasePage):
    """A page that may be medical, and whose reviews are then asked for and shown.

    Stands first among the bases. Whoever is among its ``contributors``,
    where it has them, with ``person_id`` and ``name``, may not review it. ``review`` is
    the record that covers the published version, set whenever one goes live.
    """

    is_medical = models.BooleanField(
        _("medical content"),
        default=True,
        db_default=True,
        help_text=_(
            "Readers may act on it for their health. It goes live with the review of a "
            "clinician."
        ),
    )
    spelling_only = models.BooleanField(
        _("only spelling has changed since the review"),
        default=False,
        db_default=False,
        help_text=_(
            "The review stands. Taken at its word only where a letter or a comma has "
            "changed in a few words, none of them beside a figure, a unit or a “not”."
        ),
    )
    text_provenance = models.CharField(
        _("how the text was written"),
        max_length=10,
        choices=TextProvenance,
        blank=True,
        default="",
        db_default="",
        help_text=_("Readers are told at the beginning of the page."),
    )
    review: Any = models.ForeignKey(
        ReviewRecord,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    review.wagtail_reference_index_ignore = True
    # Of the version that it covers, which may have been corrected in spelling since.
    reviewed_digest = models.CharField(
        max_length=64, blank=True, default="", db_default="", editable=False
    )
    changed_since_review = models.DateField(null=True, blank=True, editable=False)
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

    # Parts that say nothing a clinician would check.
    not_reviewed: ClassVar[frozenset[str]] = frozenset()
    of_one_publication: ClassVar[dict[str, Any]] = {
        "spelling_only": False,
        "change_note": "",
    }
    exclude_fields_in_copy = [
        *BasePage.exclude_fields_in_copy,
        *_OF_THE_LIVE_VERSION,
        "spelling_only",
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
        MultiFieldPanel(
            [
                FieldPanel("is_medical", permission="review.decide_medical"),
                FieldPanel("spelling_only"),
            ],
            heading=_("Medical review"),
        ),
        FieldPanel("text_provenance"),
    ]

    class Meta:
        abstract = True

    # --- What readers see ------------------------------------------------------------

    def relations(self) -> Iterator[Relation]:
        yield from super().relations()
        yield self, "review"

    @property
    def is_written_with_ai(self) -> bool:
        """Whether readers are told that AI took part in the text."""
        return is_made_with_ai(self.text_provenance)

    @cached_property
    def shown_review(self) -> Shown | None:
        """The review of what is published, None where there is none to tell of."""
        source: Any = self
        if self.alias_of_id:
            source = type(self)._default_manager.filter(pk=self.alias_of_id)
            source = source.select_related("review__person").first()
        if source is None or source.review is None or not source.is_published:
            return None
        record, changed = source.review, source.changed_since_review
        # Of one that was an alias once, the review was its source's.
        if record.page_id != source.pk:
            return None
        return Shown(record, changed, is_lapsed(record))

    @cached_property
    def history(self) -> History:
        """When the page was published, updated, reviewed and corrected."""
        return history_of(self)

    def schema_properties(self) -> dict[str, Any]:
        return {
            **super().schema_properties(),
            **review_properties(self.shown_review),
            **correction_properties(self.history.corrections),
            **text_properties(self.text_provenance),
        }

    # The correction whose earlier version was asked for.
    asked_for: PublishedCorrection | None = None

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Find earlier versions beneath the page, and else what Wagtail finds."""
        if self.is_published and path_components[:1] == [ADDRESS]:
            self.asked_for = correction_after(self, path_components)
            if self.asked_for:
                return RouteResult(self)
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.asked_for:
            return serve_version(self, self.asked_for, request)
        response: HttpResponse = super().serve(request, *args, **kwargs)
        return response

    # --- What goes live --------------------------------------------------------------

    def save(self, clean: bool = True, **kwargs: Any) -> Any:
        if self._state.adding and self.alias_of_id:
            # Wagtail copies all fields; an alias shows the review of its source.
            self.review, self.reviewed_digest = None, ""
            self.changed_since_review = None
        return super().save(clean=clean, **kwargs)

    def save_revision(self, user: Any = None, *args: Any, **kwargs: Any) -> Any:
        """Save a version; one that says something else goes back to its review.

        Beside a version that was reviewed, which corrections are compared with, and
        beside the published one, which readers may be led to later.
        """
        self._keep_decisions(user)
        if self._is_kept(kwargs.get("overwrite_revision")):
            kwargs["overwrite_revision"] = None
        saved = super().save_revision(user, *args, **kwargs)
        self.went_back = take_back(self, saved, user)
        return saved

    def _is_kept(self, overwritten: Any) -> bool:
        """Return whether a version was reviewed, or is one that readers have seen."""
        return bool(overwritten) and (
            overwritten.pk == self.live_revision_id
            or ReviewRecord.objects.filter(revision=overwritten).exists()
        )

    def _keep_decisions(self, user: Any) -> None:
        """Keep what ``user`` may not decide, and no mark of others for other words.

        An earlier version brings its own answers when it is restored.
        """
        if user is None or (self.is_medical and not self.spelling_only):
            return
        stored = type(self)._default_manager.filter(pk=self.pk).first()
        if stored is None:
            return
        before = stored.get_latest_revision_as_object()
        if before.is_medical and not user.has_perm("review.decide_medical"):
            self.is_medical = True
        latest = stored.latest_revision
        is_of_others = bool(latest and latest.user_id != user.pk)
        if is_of_others and before.spelling_only:
            is_same = version_of(before).digest == version_of(self).digest
            self.spelling_only = self.spelling_only and is_same

    # What `review.history.keeping` has found in the version that is stored.
    new_corrections: Mapping[str, str] = {}
    put_back = False
    # Whether the version that was saved last has to be reviewed again.
    went_back = False

    @property
    def why_copies_wait(self) -> str:
        """Why a copy cannot go live with the copying, "" if it can."""
        if not self.is_medical:
            return ""
        return gettext(
            "A copy of a medical page goes to a medical review of its own first. Copy "
            "it without publishing, and submit the copy to a workflow."
        )

    def _note_publication(self) -> None:
        self._note_review()
        if self.change_note.strip() or self.new_corrections:
            self.significant_change = True
        if self.significant_change:
            self.updated_note = self.change_note.strip()
        self.change_note = ""
        super()._note_publication()

    def _note_review(self) -> None:
        """Keep which review covers the version that goes live."""
        if self.alias_of_id:
            return
        if record := covering(self):
            self.review = record
            self.reviewed_digest = version_of(self).digest
            self.changed_since_review = None
        elif self.review_id and not self.changed_since_review:
            self.changed_since_review = timezone.localdate()
        self.spelling_only = False

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """Restore a version, but with the review of the published one."""
        page = super().with_content_json(content)
        for name in (*_OF_THE_LIVE_VERSION[1:], "review_id"):
            setattr(page, name, getattr(self, name))
        return page
