"""The admin's form of a redirect, which names what would help no reader."""

from typing import Any, ClassVar
from urllib.parse import unquote

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.redirects.forms import RedirectForm
from wagtail.models import Page, Site

from seo import readers
from seo.redirects import typed
from seo.redirects.addresses import STAR

_ONE_TARGET = _("Say where readers go: a page, an address, or that it is gone.")
_TOO_MANY = _("Readers go to one place: choose a page, type an address, or say gone.")


class CheckedRedirectForm(RedirectForm):
    """Takes one target, which is published and leads no one in circles."""

    # Not the model's: that knows no paths.
    redirect_link = forms.CharField(
        label=_("Redirect to an address"),
        max_length=typed.LONGEST,
        required=False,
        help_text=_(
            "A path of this site, such as /new/, or a whole address. After /old/* it "
            "may end with /* too, which stands for whatever came after /old/."
        ),
    )
    gone = forms.BooleanField(
        label=_("Gone for good"),
        required=False,
        help_text=_("Readers and search engines are told that nothing is there now."),
    )
    field_order: ClassVar[list[str]] = [
        "old_path",
        "site",
        "redirect_page",
        "redirect_link",
        "gone",
        "is_permanent",
    ]

    class Meta(RedirectForm.Meta):
        fields = ("old_path", "site", "is_permanent", "redirect_page")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_path"].help_text = _(
            "Such as /old/, with or without the slash. /old/?id=3 counts whatever else "
            "the query holds. /old/* stands for everything beneath /old/, and for it."
        )
        redirect = self.instance
        if redirect.pk:
            self.initial["redirect_link"] = redirect.redirect_link
            self.initial["gone"] = not (
                redirect.redirect_link or redirect.redirect_page_id
            )

    def clean_old_path(self) -> str:
        return typed.old_path(self.cleaned_data["old_path"])

    def clean(self) -> Any:
        super().clean()
        values = self.cleaned_data
        old, site = values.get("old_path"), values.get("site")
        page, link = values.get("redirect_page"), values.get("redirect_link", "")
        chosen = sum(map(bool, [page, link, values.get("gone")]))
        if chosen != 1 and not self.errors:
            raise ValidationError(_TOO_MANY if chosen else _ONE_TARGET)
        if old and link:
            try:
                link = self._checked_link(link, old, site)
            except ValidationError as error:
                self.add_error("redirect_link", error)
        elif old and page:
            self._check_page(page, old, site)
        if not self.errors:
            self.instance.redirect_link = link or ""
            # What somebody has corrected no move of a page overwrites.
            if self.has_changed():
                self.instance.automatically_created = False
        return values

    def _checked_link(self, link: str, old: str, site: Site | None) -> str:
        link = typed.target(link, old)
        sites = [site] if site else list(Site.objects.select_related("root_page"))
        if typed.is_circle(old, link, sites):
            raise ValidationError(typed.CIRCLE)
        # One without a site is followed at whichever it is asked.
        sites.sort(key=lambda each: not each.is_default_site)
        for where in sites[:1]:
            typed.check_answered(link, where)
            typed.check_no_circle(link, old, where)
        return link

    def _check_page(self, page: Page, old: str, site: Site | None) -> None:
        if page in pages_at(old, site):
            self.add_error("redirect_page", typed.CIRCLE)
        is_read = readers.pages().reachable().filter(pk=page.pk).exists()
        if "redirect_page" in self.changed_data and not is_read:
            sentence = _("“{title}” is not published: choose a page that readers get.")
            title = page.get_admin_display_title()
            self.add_error("redirect_page", str(sentence).format(title=title))


def pages_at(old_path: str, site: Site | None) -> list[Page]:
    """Return the published pages that readers get at ``old_path``."""
    path, _mark, query = old_path.partition("?")
    if query or STAR in path:
        return []
    sites = Site.objects.select_related("root_page")
    roots = [each.root_page.url_path for each in sites if site in (None, each)]
    steps = unquote(path).strip("/")
    paths = {f"{root}{steps}/" if steps else root for root in roots}
    return list(readers.pages().reachable().filter(url_path__in=paths))
