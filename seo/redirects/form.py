"""The admin's form of a redirect, which names what would help no reader."""

from typing import Any
from urllib.parse import unquote, urlsplit

from django import forms
from django.contrib import messages
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.redirects.forms import RedirectForm
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.redirects.views import CreateView, EditView
from wagtail.models import Page, Site

from seo import readers

CIRCLE = _("This leads back to the address that it redirects from. Choose another.")


class CheckedRedirectForm(RedirectForm):
    """Refuses a redirect that leads to where it begins."""

    def clean(self) -> Any:
        cleaned = super().clean()
        values = self.cleaned_data
        old, target = values.get("old_path"), values.get("redirect_link")
        page, site = values.get("redirect_page"), values.get("site")
        if old and target and not page:
            sites = [site] if site else list(Site.objects.all())
            hosts = {each.hostname for each in sites}
            parts = urlsplit(target)
            if parts.hostname in hosts and _same(old, target):
                self.add_error("redirect_link", CIRCLE)
        if old and page and page in pages_at(old, site):
            self.add_error("redirect_page", CIRCLE)
        return cleaned


def pages_at(old_path: str, site: Site | None) -> list[Page]:
    """Return the published pages that readers get at ``old_path``."""
    sites = Site.objects.select_related("root_page")
    roots = [each.root_page.url_path for each in sites if site in (None, each)]
    path = unquote(urlsplit(old_path.strip()).path).strip("/")
    paths = {f"{root}{path}/" if path else root for root in roots}
    return list(readers.pages().reachable().filter(url_path__in=paths))


def _same(old_path: str, target: str) -> bool:
    parts = urlsplit(target)
    there = f"{parts.path}?{parts.query}" if parts.query else parts.path
    one, other = (unquote(Redirect.normalise_path(each)) for each in (old_path, there))
    return bool(one == other)


class _WarningMixin:
    """Says that a page stands at the address that is to be redirected."""

    form_class: type[forms.ModelForm[Any]] = CheckedRedirectForm

    def save_instance(self) -> Any:
        redirect = super().save_instance()  # type: ignore[misc]
        for page in pages_at(redirect.old_path, redirect.site):
            sentence = gettext(
                "The page “{title}” is published at {path}, and readers get that page: "
                "the redirect counts once it is unpublished or moved."
            )
            messages.warning(
                self.request,  # type: ignore[attr-defined]
                sentence.format(
                    title=page.get_admin_display_title(), path=redirect.old_path
                ),
            )
        return redirect


class CheckedCreateView(_WarningMixin, CreateView):
    """Adds a redirect."""


class CheckedEditView(_WarningMixin, EditView):
    """Changes a redirect."""
