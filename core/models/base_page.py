"""The base class of every page type."""

from collections.abc import Iterator
from contextlib import nullcontext
from functools import cached_property
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.log_actions import log
from wagtail.models import Page, PageManager, Revision, Site
from wagtail.search import index
from wagtail.utils.decorators import cached_classmethod

from core.models.images import SiteImage
from core.models.latest_version import note_version
from core.models.structured_data import picture_nodes, video_nodes
from core.page_language import language_of
from core.prefetch.page import prefetch
from core.prefetch.shown_media import ShownMediaMixin
from core.prefetch.sources import Relation
from core.prefetch.walk import Place, walk
from core.publishing import gate
from core.publishing.addresses import OwnAddressMixin
from core.publishing.forms import BasePageForm, GatedCopyForm
from core.publishing.metadata.row_lock import RowLockMixin
from core.publishing.panels import MetadataProblemsPanel, ProblemsPanel
from core.publishing.permissions import EDIT_CONTENT, ContentPermissionTester
from core.publishing.schedule import keep_published
from core.publishing.versions import is_reduced, without_gone
from core.querysets import PublicPageQuerySet, is_published, restrictions_of
from core.routing import trail
from core.text.completing import complete
from seo.models import SEARCH_PREVIEW, MetadataMixin


class BasePage(RowLockMixin, OwnAddressMixin, ShownMediaMixin, MetadataMixin, Page):
    """A page with metadata, true dates and the publish gate."""

    alias_of: Any  # Wagtail's, which has no types
    updated_at = models.DateTimeField(null=True, blank=True, editable=False)
    significant_change = models.BooleanField(
        _("readers should know of this change"),
        default=False,
        help_text=_(
            "Moves the date beside “Updated”. Leave it off for corrections of spelling."
        ),
    )
    override_reason = models.TextField(
        _("reason to publish in spite of warnings"),
        blank=True,
        help_text=_("Kept in the page's history. It answers the warnings shown now."),
    )
    answered_problems = models.JSONField(default=list, blank=True, editable=False)

    objects: ClassVar[PageManager] = PageManager.from_queryset(PublicPageQuerySet)()

    dated_by: tuple[str, ...] = ("updated_at", "first_published_at")
    base_form_class = BasePageForm
    copy_form_class = GatedCopyForm
    card: ClassVar[tuple[str, str] | None] = None  # template in lists, name in it
    streams_behind: ClassVar[frozenset[str]] = frozenset()  # which other pages show
    of_one_publication: ClassVar[dict[str, Any]] = {}  # a page type's own, and defaults
    # What a page type puts before and after its own content panels.
    content_panels: ClassVar[list[Panel]] = [
        ProblemsPanel(classname="problems-panel"),
        TitleFieldPanel("title"),
    ]
    promote_panels = [MetadataProblemsPanel(), *MetadataMixin.promote_panels]
    search_preview_template = "core/search_preview.html"
    settings_panels: ClassVar[list[Panel]] = [PublishingPanel(), CommentPanel()]
    publication_panels: ClassVar[list[Panel]] = [
        MultiFieldPanel(
            [FieldPanel("significant_change"), FieldPanel("override_reason")],
            heading=_("Publication"),
        ),
    ]

    search_fields = [*Page.search_fields, index.SearchField("search_description")]
    # What belongs to the publications of one page.
    exclude_fields_in_copy = [
        "go_live_at",
        "expire_at",
        "updated_at",
        "significant_change",
        "override_reason",
        "answered_problems",
    ]

    class Meta:
        abstract = True

    @cached_classmethod
    def get_edit_handler(cls) -> Panel:  # noqa: N805  a class method by decorator
        """Build the tabs; only users who may change content get its panel."""
        tabs = [
            ObjectList(
                [*cls.content_panels, *cls.publication_panels],
                heading=_("Content"),
                permission=EDIT_CONTENT,
            ),
            ObjectList(cls.promote_panels, heading=_("Promote")),
            ObjectList(cls.settings_panels, heading=_("Settings")),
        ]
        handler = TabbedInterface(tabs, base_form_class=cls.base_form_class)
        return handler.bind_to_model(cls)

    def permissions_for_user(self, user: Any) -> ContentPermissionTester:
        return ContentPermissionTester(user, self)

    # --- What readers see ------------------------------------------------------------

    @cached_property
    def breadcrumbs(self) -> list[dict[str, str]]:
        """The trail to the page, for the eye and in its markup: see `trail`."""
        return trail(self)

    @cached_property
    def places(self) -> list[Place]:
        """Every block of every stream, as it is rendered: see `walk`."""
        return list(walk(self, self.streams_behind))

    @property
    def is_published(self) -> bool:
        """Whether the page is published and its time not over."""
        return is_published(self)

    @property
    def modified_at(self) -> Any:
        """When the page last changed, as shown to readers."""
        return self.updated_at or self.published_at

    def relations(self) -> Iterator[Relation]:
        """Yield the foreign keys whose records are rendered with the page.

        They are fetched together before it renders (`core.prefetch`).
        """
        for field in self._meta.concrete_fields:
            if field.related_model is SiteImage:
                yield self, field.name

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        self.records = prefetch(self, Site.find_for_request(request))
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context

    def media_nodes(self) -> list[dict[str, Any]]:
        return [*video_nodes(self), *picture_nodes(self)]

    def get_view_restrictions(self) -> Any:
        return restrictions_of(self)

    def make_preview_request(
        self,
        original_request: Any = None,
        preview_mode: Any = None,
        extra_request_attrs: Any = None,
    ) -> HttpResponse:
        """Preview a draft in the page's language, not the editor's.

        The preview of search results is advice to the editor.
        """
        preview = super().make_preview_request
        language = (
            nullcontext() if preview_mode == SEARCH_PREVIEW else language_of(self)
        )
        with language:
            response: HttpResponse = preview(
                original_request, preview_mode, extra_request_attrs
            )
        return response

    # --- What goes live --------------------------------------------------------------
    # What the page form has found nothing against, so that it is asked once.
    passed_content: dict[str, Any] | None = None

    def save(self, clean: bool = True, **kwargs: Any) -> Any:
        """Save, but raise `PublishBlocked` when a live page has blocking problems.

        Raises:
            PublishBlocked: The page is live with new content that the gate refuses.
        """
        update_fields = kwargs.get("update_fields")
        complete(self, update_fields)
        original: Any = self._state.adding and self.alias_of and self.alias_of.alias_of
        if original:
            self.alias_of = original  # so that whoever asks for a source looks once
        if self._state.adding and self.go_live_at and self.go_live_at > timezone.now():
            # Wagtail would have readers see it until it schedules it, a moment later.
            self.live = False
        # A copied branch is stored without cleaning.
        is_new_to_readers = (clean or self._state.adding) and (
            update_fields is None or "live" in update_fields
        )
        if not (self.live and is_new_to_readers):
            return super().save(clean=clean, **kwargs)
        gate.check(self)
        self._note_publication()
        try:
            return super().save(clean=clean, **kwargs)
        except ValidationError as error:
            raise gate.refusal(self, error) from error

    def _note_publication(self) -> None:
        """Set ``updated_at`` to now when the editor asked for it, once."""
        first, last = self.first_published_at, self.last_published_at
        if self.significant_change and first and last and first < last:
            self.updated_at = last
        self.significant_change = False

    # Wagtail publishes and copies step by step. A refusal at a later step must undo the
    # earlier ones, such as taking back an earlier schedule.

    @transaction.atomic
    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> Any:
        keep_published(self, revision)
        return super().publish(revision, *args, **kwargs)

    @transaction.atomic
    def copy(self, *args: Any, **kwargs: Any) -> Any:
        return super().copy(*args, **kwargs)

    @transaction.atomic
    def create_alias(self, *args: Any, **kwargs: Any) -> Any:
        return super().create_alias(*args, **kwargs)

    def update_aliases(self, **kwargs: Any) -> None:
        """Update aliases, but not those of a page that is only scheduled.

        Wagtail publishes them with the schedule (wagtail/wagtail#11344).
        """
        if Page.objects.filter(pk=self.pk, live=True).exists():
            super().update_aliases(**kwargs)

    # Whether the page form was saved by its button, and not by itself.
    is_saved_by_hand = False

    def save_revision(
        self,
        user: Any = None,
        *args: Any,
        overwrite_revision: Revision | None = None,
        **kwargs: Any,
    ) -> Any:
        """Save a version, beside the last one when much was deleted since.

        Autosave overwrites its own version. What was deleted in the editor can be found
        in the page's history all the same, and so can what somebody saved by hand.
        """
        complete(self)
        kept = overwrite_revision
        if kept and self._keeps(kept, user):
            self._log_version("core.version.kept", user, kept)
            overwrite_revision = None
        saved = super().save_revision(
            user, *args, overwrite_revision=overwrite_revision, **kwargs
        )
        note_version(self.pk)
        if self.is_saved_by_hand and kwargs.get("log_action") is True:
            self._log_version("core.version.saved", user, saved)
        return saved

    def _log_version(self, action: str, user: Any, revision: Revision) -> None:
        log(self, action, user=user, revision=revision, content_changed=True)

    def _keeps(self, revision: Revision, user: Any) -> bool:
        """Return whether ``revision`` holds too much to be overwritten."""
        may_be = revision == self.latest_revision and revision.user == user
        return may_be and is_reduced(revision.content, self.serializable_data())

    @classmethod
    def from_serializable_data(cls, data: dict[str, Any], **options: Any) -> Any:
        """Restore a version, without references to records deleted since."""
        return super().from_serializable_data(without_gone(cls, data), **options)

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """Restore a revision, but nothing older of what is live than the page knows."""
        page = super().with_content_json(content)
        page.updated_at = self.updated_at
        if not self.alias_of_id:  # which follows its source
            page.live_revision_id = self.live_revision_id
        page.passed_content = self.passed_content
        return page
