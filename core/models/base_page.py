"""What every page of the site is."""

from functools import cached_property
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import (
    FieldPanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.models import Page, Site
from wagtail.search import index
from wagtail.utils.decorators import cached_classmethod

from core import gate
from core.anchors import assign_anchors
from core.chosen import Chosen
from core.drafts import without_gone
from core.forms import BasePageForm
from core.models.images import SiteImage
from core.panels import ProblemsPanel
from core.permissions import EDIT_CONTENT, ContentPermissionTester
from core.prefetch import prefetch
from seo.models import MetadataMixin


class BasePage(MetadataMixin, Page):
    """A page with metadata, honest dates and a gate before it goes live."""

    updated_at = models.DateTimeField(null=True, blank=True, editable=False)
    significant_change = models.BooleanField(
        "readers should know of this change",
        default=False,
        help_text=(
            "Moves the date beside “Updated”. Leave it off for corrections of spelling."
        ),
    )
    override_reason = models.TextField(
        "reason to publish in spite of warnings",
        blank=True,
        help_text="Kept in the page's history. It answers the warnings shown now.",
    )
    answered_problems = models.JSONField(default=list, blank=True, editable=False)

    base_form_class = BasePageForm
    # What a page type puts before and after its own content panels.
    content_panels: ClassVar[list[Panel]] = [
        ProblemsPanel(classname="problems-panel"),
        TitleFieldPanel("title"),
    ]
    promote_panels = MetadataMixin.promote_panels
    settings_panels: ClassVar[list[Panel]] = [PublishingPanel()]
    publication_panels: ClassVar[list[Panel]] = [
        MultiFieldPanel(
            [FieldPanel("significant_change"), FieldPanel("override_reason")],
            heading="Publication",
        ),
    ]

    search_fields = [*Page.search_fields, index.SearchField("search_description")]
    # What belongs to the publications of one page.
    exclude_fields_in_copy = [
        "updated_at",
        "significant_change",
        "override_reason",
        "answered_problems",
    ]

    class Meta:
        abstract = True

    @cached_classmethod
    def get_edit_handler(cls) -> Panel:  # noqa: N805  a class method by decorator
        """Build the tabs; content is for those who may change what pages say."""
        tabs = [
            ObjectList(
                [*cls.content_panels, *cls.publication_panels],
                heading="Content",
                permission=EDIT_CONTENT,
            ),
            ObjectList(cls.promote_panels, heading="Promote"),
            ObjectList(cls.settings_panels, heading="Settings"),
        ]
        handler = TabbedInterface(tabs, base_form_class=cls.base_form_class)
        return handler.bind_to_model(cls)

    def permissions_for_user(self, user: Any) -> ContentPermissionTester:
        return ContentPermissionTester(user, self)

    # --- What readers see ------------------------------------------------------------

    @property
    def summary_text(self) -> str:
        """One or two sentences that stand for the page in lists."""
        return self.search_description

    @cached_property
    def breadcrumbs(self) -> list[dict[str, str]]:
        """The way from the front page to here: ``{"title", "url"}`` each.

        The same list makes the visible trail and its markup, without pages above that
        are not published. Empty on the front page.
        """
        roots = [root.root_path for root in Site.get_site_root_paths()]
        root = next((root for root in roots if self.url_path.startswith(root)), None)
        if root is None or self.url_path == root:
            return []
        above = [
            page
            for page in self.get_ancestors().live()
            if page.url_path.startswith(root)
        ]
        return [
            {"title": page.title, "url": page.get_url() or ""}
            for page in [*above, self]
        ]

    @property
    def published_at(self) -> Any:
        return self.first_published_at

    @property
    def modified_at(self) -> Any:
        """When the page last changed for its readers."""
        return self.updated_at or self.first_published_at

    def want_related(self, chosen: Chosen) -> None:
        """Ask for what the page's own fields refer to, and take it when it is there."""

        def take_pictures() -> None:
            for name in names:
                picture = chosen.get(SiteImage, getattr(self, f"{name}_id"))
                setattr(self, name, picture)

        names = [
            field.name
            for field in self._meta.concrete_fields
            if field.related_model is SiteImage
        ]
        for name in names:
            chosen.want(SiteImage, getattr(self, f"{name}_id"))
        chosen.finally_(take_pictures)

    def get_context(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        self.chosen = prefetch(self, Site.find_for_request(request))
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context

    # --- What goes live --------------------------------------------------------------

    def save(self, clean: bool = True, **kwargs: Any) -> Any:
        """Save, and refuse to put or keep live what the gate is against.

        Raises:
            core.gate.PublishBlocked: The page is live with new content that it refuses.
        """
        update_fields = kwargs.get("update_fields")
        if update_fields is None:
            assign_anchors(self)
        if not (
            clean and self.live and (update_fields is None or "live" in update_fields)
        ):
            return super().save(clean=clean, **kwargs)
        gate.check(self)
        self._date_the_change()
        try:
            return super().save(clean=clean, **kwargs)
        except ValidationError as error:
            raise gate.refusal(self, error) from error

    def _date_the_change(self) -> None:
        """Move the date of the last update, once, when the editor called for it."""
        first, last = self.first_published_at, self.last_published_at
        if self.significant_change and first and last and first < last:
            self.updated_at = last
        self.significant_change = False

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        assign_anchors(self)
        return super().save_revision(*args, **kwargs)

    @classmethod
    def from_serializable_data(cls, data: dict[str, Any], **options: Any) -> Any:
        """Restore a version, without what it refers to and has been deleted since."""
        return super().from_serializable_data(without_gone(cls, data), **options)

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """Restore a revision, but never an older ``updated_at`` than the live one."""
        page = super().with_content_json(content)
        page.updated_at = self.updated_at
        return page
