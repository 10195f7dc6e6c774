"""What stands around every page, changed by editors under Settings."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

_PROSE = ["bold", "italic", "link"]


class LinkBlock(blocks.StructBlock):
    """A link to a page of the site, or to any address."""

    label = blocks.CharBlock(
        required=False, max_length=60, help_text="Leave blank to use the page's title."
    )
    page = blocks.PageChooserBlock(required=False)
    url = blocks.URLBlock(required=False, label="or an address")

    class Meta:
        icon = "link"
        label_format = "{label} {page}"

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if bool(value["page"]) == bool(value["url"]):
            sentence = "Choose a page or type an address, one of the two."
            raise StructBlockValidationError({"page": ValidationError(sentence)})
        if value["url"] and not value["label"]:
            sentence = "Say what the link to this address is called."
            raise StructBlockValidationError({"label": ValidationError(sentence)})
        return value


class MenuItemBlock(LinkBlock):
    """A link of the main menu, and those beneath it."""

    children = blocks.ListBlock(LinkBlock(), label="Beneath it", default=[])

    class Meta:
        icon = "list-ul"


class LinkColumnBlock(blocks.StructBlock):
    """A titled column of links."""

    heading = blocks.CharBlock(max_length=60)
    links = blocks.ListBlock(LinkBlock())

    class Meta:
        icon = "list-ul"


class SocialLinkBlock(blocks.StructBlock):
    """The organisation's presence elsewhere."""

    label = blocks.CharBlock(max_length=60, help_text="The name of the service.")
    url = blocks.URLBlock(label="address")

    class Meta:
        icon = "link-external"


@register_setting(icon="list-ul")
class NavigationSettings(BaseSiteSetting):
    """The main menu and its one call to action."""

    menu = StreamField([("item", MenuItemBlock())], blank=True)
    call_to_action_label = models.CharField(max_length=40, blank=True)
    call_to_action_page = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    panels = [
        FieldPanel("menu"),
        MultiFieldPanel(
            [
                FieldPanel("call_to_action_label", heading="Label"),
                PageChooserPanel("call_to_action_page", heading="Page"),
            ],
            heading="Call to action",
        ),
    ]

    class Meta:
        verbose_name = "navigation"


@register_setting(icon="list-ul")
class FooterSettings(BaseSiteSetting):
    """What stands at the foot of every page."""

    columns = StreamField([("column", LinkColumnBlock())], blank=True)
    social = StreamField(
        [("link", SocialLinkBlock())], blank=True, verbose_name="social links"
    )
    small_print = RichTextField(blank=True, features=_PROSE)

    panels = [FieldPanel("columns"), FieldPanel("social"), FieldPanel("small_print")]

    class Meta:
        verbose_name = "footer"


@register_setting(icon="mail")
class ContactSettings(BaseSiteSetting):
    """How the organisation is reached; its name and address are under SEO."""

    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    hours = models.CharField(
        max_length=200, blank=True, help_text="When somebody answers, in one line."
    )
    address = models.TextField(blank=True, help_text="One line of the address a line.")

    panels = [
        FieldPanel("email"),
        FieldPanel("phone"),
        FieldPanel("hours"),
        FieldPanel("address"),
    ]

    class Meta:
        verbose_name = "contact"


@register_setting(icon="warning")
class DisclaimerSettings(BaseSiteSetting):
    """What readers are told wherever it applies; no page can leave it off."""

    general = RichTextField(
        blank=True, features=_PROSE, help_text="At the foot of every page."
    )
    articles = RichTextField(
        blank=True, features=_PROSE, help_text="Beneath every article."
    )
    testimonials = RichTextField(
        blank=True,
        features=_PROSE,
        help_text="Beside every story: what result is typical, and whence known.",
    )

    panels = [
        FieldPanel("general"),
        FieldPanel("articles"),
        FieldPanel("testimonials"),
    ]

    class Meta:
        verbose_name = "disclaimers"
