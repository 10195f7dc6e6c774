"""Settings for navigation, footer and disclaimers."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from core.publishing.posted_form import CompleteModelForm

_PROSE = ["bold", "italic", "link"]


class LinkBlock(blocks.StructBlock):
    """A link to a page of the site, or to any address."""

    label = blocks.CharBlock(
        required=False,
        max_length=60,
        help_text=_("Leave blank to use the page's title."),
        label=_("Label"),
    )
    page = blocks.PageChooserBlock(required=False, label=_("Page"))
    url = blocks.URLBlock(required=False, label=_("or an address"))

    class Meta:
        icon = "link"
        label_format = "{label} {page}"

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if bool(value["page"]) == bool(value["url"]):
            sentence = gettext("Choose a page or type an address, one of the two.")
            raise StructBlockValidationError({"page": ValidationError(sentence)})
        if value["url"] and not value["label"]:
            sentence = gettext("Say what the link to this address is called.")
            raise StructBlockValidationError({"label": ValidationError(sentence)})
        return value


class MenuItemBlock(LinkBlock):
    """A link of the main menu, with its submenu."""

    children = blocks.ListBlock(LinkBlock(), label=_("Beneath it"), default=[])

    class Meta:
        icon = "list-ul"
        label = _("Item")


class LinkColumnBlock(blocks.StructBlock):
    """A titled column of links."""

    heading = blocks.CharBlock(max_length=60, label=_("Heading"))
    links = blocks.ListBlock(LinkBlock(), label=_("Links"))

    class Meta:
        icon = "list-ul"
        label = _("Column")


class SocialLinkBlock(blocks.StructBlock):
    """A link to a profile of the organisation elsewhere."""

    label = blocks.CharBlock(
        max_length=60, help_text=_("The name of the service."), label=_("Label")
    )
    url = blocks.URLBlock(label=_("address"))

    class Meta:
        icon = "link-external"
        label = _("Link")


@register_setting(icon="list-ul")
class NavigationSettings(BaseSiteSetting):
    """The main menu and its one call to action."""

    menu = StreamField([("item", MenuItemBlock())], blank=True, verbose_name=_("menu"))
    call_to_action_label = models.CharField(
        _("call to action label"), max_length=40, blank=True
    )
    call_to_action_page = models.ForeignKey(
        Page,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("call to action page"),
    )

    base_form_class = CompleteModelForm
    panels = [
        FieldPanel("menu"),
        MultiFieldPanel(
            [
                FieldPanel("call_to_action_label", heading=_("Label")),
                PageChooserPanel("call_to_action_page", heading=_("Page")),
            ],
            heading=_("Call to action"),
        ),
    ]

    class Meta:
        verbose_name = _("navigation")
        verbose_name_plural = _("navigation")


@register_setting(icon="list-ul")
class FooterSettings(BaseSiteSetting):
    """The footer of every page."""

    columns = StreamField(
        [("column", LinkColumnBlock())], blank=True, verbose_name=_("columns")
    )
    # Moved to `Organisation`; read by processes of the release before alone.
    social = StreamField(
        [("link", SocialLinkBlock())], blank=True, verbose_name=_("social links")
    )
    small_print = RichTextField(_("small print"), blank=True, features=_PROSE)

    base_form_class = CompleteModelForm
    panels = [FieldPanel("columns"), FieldPanel("small_print")]

    class Meta:
        verbose_name = _("footer")
        verbose_name_plural = _("footer")


class ContactSettings(BaseSiteSetting):
    """Contact details as the release before kept them; see `Organisation`.

    Processes of that release read them while this one is installed. Nobody edits them.
    """

    email = models.EmailField(_("email"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    hours = models.CharField(
        _("hours"),
        max_length=200,
        blank=True,
        help_text=_("When somebody answers, in one line."),
    )
    address = models.TextField(
        _("address"), blank=True, help_text=_("One line of the address a line.")
    )

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contact")


@register_setting(icon="warning")
class DisclaimerSettings(BaseSiteSetting):
    """Disclaimers, printed wherever they apply; no page can omit them."""

    general = RichTextField(
        _("general"),
        blank=True,
        features=_PROSE,
        help_text=_("At the foot of every page."),
    )
    articles = RichTextField(
        _("articles"),
        blank=True,
        features=_PROSE,
        help_text=_("Beneath every article."),
    )
    testimonials = RichTextField(
        _("testimonials"),
        blank=True,
        features=_PROSE,
        help_text=_(
            "What result is typical, and how that is known: on the page of every "
            "story, and once on every page that shows stories."
        ),
    )

    medical = RichTextField(
        _("medical content"),
        blank=True,
        default="",
        db_default="",
        features=_PROSE,
        help_text=_("Beneath every page that is marked as medical."),
    )
    ai = RichTextField(
        _("made with AI"),
        blank=True,
        default="",
        db_default="",
        features=_PROSE,
        help_text=_(
            "Once on every page whose text or a picture is said to be made with AI."
        ),
    )

    panels = [
        FieldPanel("general"),
        FieldPanel("articles"),
        FieldPanel("medical"),
        FieldPanel("testimonials"),
        FieldPanel("ai"),
    ]

    class Meta:
        verbose_name = _("disclaimers")
        verbose_name_plural = _("disclaimers")
