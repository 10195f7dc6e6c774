"""What a site tells crawlers as a whole."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from seo.crawling.robots_txt import agents
from seo.crawling.robots_txt.forms import RobotsTxtForm, VerificationForm


@register_setting(icon="cogs")
class RobotsTxt(BaseSiteSetting):
    """The site's robots.txt, and whether search engines show its documents."""

    blocked_agents = models.JSONField(
        _("crawlers that may not read the site"), default=list, blank=True
    )
    closed_paths = models.TextField(
        _("addresses closed to all crawlers"),
        blank=True,
        help_text=_(
            "One to a line, such as /intern/. All that begins so is closed; * stands "
            "for anything, $ for the end. To keep a page out of search results, say so "
            "on the page instead: what is closed here is not read, and may be listed "
            "all the same."
        ),
    )
    documents_in_results = models.BooleanField(
        _("search engines may show documents"),
        default=True,
        help_text=_("PDF files and others under Documents, by themselves."),
    )

    panels = [
        MultiFieldPanel(
            [
                HelpPanel(template="seo/crawling/robots_txt_help.html"),
                FieldPanel("blocked_agents"),
                FieldPanel("closed_paths"),
                FieldPanel("confirmation"),
            ],
            heading=_("robots.txt"),
        ),
        FieldPanel("documents_in_results"),
    ]
    base_form_class = RobotsTxtForm

    class Meta:
        verbose_name = verbose_name_plural = _("Crawlers")

    @property
    def paths(self) -> list[str]:
        return self.closed_paths.split()

    @property
    def blocked(self) -> list[str]:
        """The crawlers that may not read the site, those that are still known."""
        return [each for each in self.blocked_agents if each in agents.TOKENS]


def _code(length: str) -> RegexValidator:
    return RegexValidator(
        rf"^{length}\Z",
        _("This is no such code. Copy the whole tag that you were given, or its code."),
    )


@register_setting(icon="key")
class Verification(BaseSiteSetting):
    """Codes that prove to search engines whose the site is."""

    google = models.CharField(
        _("Google Search Console"),
        max_length=100,
        blank=True,
        validators=[_code(r"[A-Za-z0-9_-]{43,68}=?")],
        help_text=_("From the HTML tag: content of google-site-verification."),
    )
    bing = models.CharField(
        _("Bing Webmaster Tools"),
        max_length=100,
        blank=True,
        validators=[_code(r"[A-F0-9]{32}")],
        help_text=_("From the meta tag: content of msvalidate.01."),
    )
    pinterest = models.CharField(
        _("Pinterest"),
        max_length=100,
        blank=True,
        validators=[_code(r"[a-f0-9]{32}")],
        help_text=_("From the HTML tag: content of p:domain_verify."),
    )

    panels = [FieldPanel("google"), FieldPanel("bing"), FieldPanel("pinterest")]
    base_form_class = VerificationForm

    class Meta:
        verbose_name = verbose_name_plural = _("Verification codes")

    @property
    def tags(self) -> list[tuple[str, str]]:
        """The name and content of each meta tag."""
        tags = [
            ("google-site-verification", self.google),
            ("msvalidate.01", self.bing),
            ("p:domain_verify", self.pinterest),
        ]
        return [(name, code) for name, code in tags if code]
