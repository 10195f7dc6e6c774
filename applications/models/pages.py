"""The page that carries an application form."""

from typing import Any

from django.contrib.auth.models import Group
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from applications import definitions
from applications.applying import serving
from applications.applying.entered import refusing
from applications.applying.steps import (
    beginning,
    previewing,
    reviewing,
    saving,
    stepping,
)
from applications.applying.steps.route import behind
from applications.composing.blocks import ApplicationQuestionsBlock
from applications.models.definitions import FormDefinition
from applications.models.opening import OpeningMixin
from core.blocks.prose import PLAIN
from core.models.base_page import BasePage
from core.models.topics import Topic
from evidence.blocks import SourcedBodyBlock
from seo.models import SEARCH_PREVIEW


class ApplicationFormPage(RoutablePageMixin, OpeningMixin, BasePage):
    """An application form between two bodies of text."""

    standfirst = models.TextField(
        _("standfirst"),
        max_length=400,
        blank=True,
        help_text=_("One or two sentences under the title."),
    )
    topic = models.ForeignKey(
        Topic,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The topic's page links to this form."),
        verbose_name=_("topic"),
    )
    body = StreamField(
        SourcedBodyBlock(), blank=True, verbose_name=_("before the form")
    )
    questions = StreamField(
        ApplicationQuestionsBlock(), blank=True, verbose_name=_("questions")
    )
    purpose = models.TextField(
        _("what the answers are for"),
        max_length=400,
        blank=True,
        default="",
        db_default="",
        help_text=_(
            "Such as: To decide whether treatment can help you. A form that asks about "
            "health needs it."
        ),
    )
    retention_months = models.PositiveSmallIntegerField(
        _("months for which the answers are kept"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(240)],
        help_text=_(
            "After these applications are deleted, whatever their status. It counts "
            "for those that are sent from the next publication on."
        ),
    )
    # Nothing reads it since rights are granted form by form (`FormRight`). It stays
    # until the release after, so that the one before can run on the same database.
    readers = ParentalManyToManyField(
        Group, blank=True, editable=False, related_name="+"
    )
    answers_text = RichTextField(
        _("what happens to the answers"),
        blank=True,
        features=PLAIN,
        help_text=_(
            "Shown above the button: who reads the answers, and how long they are kept."
        ),
    )
    submit_label = models.CharField(_("button label"), max_length=60, default="Send")
    after_body = StreamField(
        SourcedBodyBlock(), blank=True, verbose_name=_("after the form")
    )
    thanks_heading = models.CharField(
        _("thanks heading"),
        max_length=120,
        default="Thank you, your application has arrived",
    )
    thanks_text = RichTextField(
        _("thanks text"),
        blank=True,
        features=[*PLAIN, "ol", "ul"],
        help_text=_("Shown under the reference number: what happens next, and when."),
    )

    # Readers are asked what is frozen in a definition, step by step.
    streams_behind = frozenset({"questions"})

    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("standfirst"),
        FieldPanel("topic"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("questions"),
                FieldPanel("purpose"),
                FieldPanel("retention_months"),
                FieldPanel("answers_text"),
                FieldPanel("submit_label"),
            ],
            heading=_("The form"),
        ),
        *OpeningMixin.opening_panels,
        FieldPanel("after_body"),
        MultiFieldPanel(
            [FieldPanel("thanks_heading"), FieldPanel("thanks_text")],
            heading=_("After sending"),
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("standfirst", boost=2),
        index.SearchField("body"),
        index.SearchField("after_body"),
    ]

    class Meta:
        verbose_name = _("application form")
        verbose_name_plural = _("application forms")

    @property
    def summary_text(self) -> str:
        return self.search_description or self.standfirst

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save, and store a new definition when a live form's questions changed."""
        with transaction.atomic():
            result = super().save(*args, **kwargs)
            update_fields = kwargs.get("update_fields")
            if self.live and (update_fields is None or "live" in update_fields):
                self._freeze()
        return result

    def _freeze(self) -> None:
        # One at a time: two publications at once must not take the same number.
        Page.objects.select_for_update().only("pk").get(pk=self.pk)
        content = definitions.frozen(self)
        latest = self.latest_definition
        if not definitions.asked(content) or (latest and latest.content == content):
            return
        FormDefinition.objects.create(
            page=self, number=latest.number + 1 if latest else 1, content=content
        )

    @property
    def latest_definition(self) -> FormDefinition | None:
        """The definition of the live page, without a draft's changes."""
        definition: FormDefinition | None = self.definitions.order_by("-number").first()
        return definition

    # Whether somebody asks who may not see the page, but has begun the form.
    is_let_in = False

    def get_view_restrictions(self) -> Any:
        """Return the restrictions, none for who has begun before there were any."""
        if self.is_let_in:
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer, but take nothing that staff type in for an applicant's own."""
        if words := refusing.refusal(self, request):
            return refusing.answer(request, self, words)
        response: HttpResponse = super().serve(request, *args, **kwargs)
        return response

    # --- Addresses -------------------------------------------------------------------

    @path("")
    def index_route(self, request: HttpRequest) -> HttpResponse:
        return serving.serve(self, request)

    @path("step/<int:number>/")
    def step(self, request: HttpRequest, number: int) -> HttpResponse:
        return stepping.serve_step(self, request, number)

    @path("exit/<int:number>/")
    def exit(self, request: HttpRequest, number: int) -> HttpResponse:
        return stepping.serve_exit(self, request, number)

    @path("review/")
    def review(self, request: HttpRequest) -> HttpResponse:
        return reviewing.serve_review(self, request)

    @path("save/")
    def save_for_later(self, request: HttpRequest) -> HttpResponse:
        return saving.serve_save(self, request)

    @path("clear/")
    def clear(self, request: HttpRequest) -> HttpResponse:
        return beginning.serve_clear(self, request)

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        return previewing.modes(self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show the draft's questions in a form that cannot be sent."""
        if mode_name == SEARCH_PREVIEW:
            return self.search_preview(request)
        return serving.serve_preview(self, request, mode_name)

    def serve_expired(self, request: HttpRequest) -> HttpResponse:
        """Show the typed answers again, with a new token (`core.views.csrf`)."""
        if words := refusing.refusal(self, request):
            return refusing.answer(request, self, words, 403)
        view, _args, kwargs = self.resolve_subpage(f"/{behind(request.path)}")
        if view == self.step:
            return stepping.serve_expired(self, request, **kwargs)
        if view == self.review:
            return reviewing.serve_expired(self, request)
        return serving.serve_expired(self, request)
