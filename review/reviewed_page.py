"""What a page type has that can be medical: its review."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Any, ClassVar, NamedTuple

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel

from core.history.pages import HistoryMixin
from core.prefetch.sources import Relation
from delivery import calendar
from review.coverage import covering
from review.lapses import is_lapsed
from review.models.records import ReviewRecord
from review.returning import take_back
from review.structured_data import review_properties
from review.versions import version_of

# What belongs to the published version alone.
_OF_THE_LIVE_VERSION = (
    "review",
    "reviewed_digest",
    "changed_since_review",
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


class ReviewedMixin(HistoryMixin):
    """A page that may be medical, and whose reviews are then asked for and shown.

    Stands first among the bases. Whoever is among its ``contributors``,
    where it has them, with ``person_id``, ``name``, ``role`` and the roles that are
    ``WRITING``, may not review it. ``review`` is the record that covers the published
    version, set whenever one goes live.
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
    # Parts that say nothing a clinician would check.
    not_reviewed: ClassVar[frozenset[str]] = frozenset()
    of_one_publication: ClassVar[dict[str, Any]] = {
        **HistoryMixin.of_one_publication,
        "spelling_only": False,
    }
    exclude_fields_in_copy = [
        *HistoryMixin.exclude_fields_in_copy,
        *_OF_THE_LIVE_VERSION,
        "spelling_only",
    ]
    publication_panels: ClassVar[list[Panel]] = [
        HistoryMixin.publication_panels[0],
        MultiFieldPanel(
            [
                FieldPanel("is_medical", permission="review.decide_medical"),
                FieldPanel("spelling_only"),
            ],
            heading=_("Medical review"),
        ),
        *HistoryMixin.publication_panels[1:],
    ]

    class Meta:
        abstract = True

    # --- What readers see ------------------------------------------------------------

    def relations(self) -> Iterator[Relation]:
        yield from super().relations()
        yield self, "review"

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

    def schema_properties(self) -> dict[str, Any]:
        return {
            **super().schema_properties(),
            **review_properties(self.shown_review),
        }

    # --- What goes live --------------------------------------------------------------

    def save(self, clean: bool = True, **kwargs: Any) -> Any:
        if self._state.adding and self.alias_of_id:
            # Wagtail copies all fields; an alias shows the review of its source.
            self.review, self.reviewed_digest = None, ""
            self.changed_since_review = None
        return super().save(clean=clean, **kwargs)

    def save_revision(self, user: Any = None, *args: Any, **kwargs: Any) -> Any:
        """Save a version; one that says something else goes back to its review.

        Beside a version that was reviewed, which corrections are compared with.
        """
        self._keep_decisions(user)
        overwritten = kwargs.get("overwrite_revision")
        if overwritten and ReviewRecord.objects.filter(revision=overwritten).exists():
            kwargs["overwrite_revision"] = None
        saved = super().save_revision(user, *args, **kwargs)
        self.went_back = take_back(self, saved, user)
        return saved

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
            self.changed_since_review = calendar.today()
        self.spelling_only = False

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """Restore a version, but with the review of the published one."""
        page = super().with_content_json(content)
        for name in (*_OF_THE_LIVE_VERSION[1:], "review_id"):
            setattr(page, name, getattr(self, name))
        return page
