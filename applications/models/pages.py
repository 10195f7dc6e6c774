"""The page that carries an application form."""

from typing import Any

from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from applications import definitions
from applications.applying import serving
from applications.composing.blocks import ApplicationQuestionsBlock
from applications.models.definitions import FormDefinition
from core.blocks.prose import PLAIN
from core.models.base_page import BasePage
from core.models.topics import Topic
from evidence.blocks import SourcedBodyBlock


class ApplicationFormPage(BasePage):
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
                FieldPanel("answers_text"),
                FieldPanel("submit_label"),
            ],
            heading=_("The form"),
        ),
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

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return serving.serve(self, request)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show the draft's questions in a form that cannot be sent."""
        return serving.serve_preview(self, request)

    def serve_expired(self, request: HttpRequest) -> HttpResponse:
        """Show the typed answers again, with a new token (`core.views.csrf`)."""
        return serving.serve_expired(self, request)
