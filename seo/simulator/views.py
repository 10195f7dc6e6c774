"""The admin's form that asks what a crawler gets at an address."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Site
from wagtail.permissions import page_permission_policy

from seo.links.asking import own_hosts
from seo.redirects.addresses import is_of
from seo.simulator.asking import seen_at
from seo.simulator.sentences import sentences

_LONGEST = 2000  # characters


class AddressForm(forms.Form):
    """An address of this site, whole or from its first slash on."""

    address = forms.CharField(
        label=_("Address"),
        max_length=_LONGEST,
        help_text=_("Such as /blog/, /robots.txt, or a whole address with https://."),
    )

    def clean_address(self) -> str:
        """Return the address, absolute and percent-encoded."""
        typed = self.cleaned_data["address"]
        try:
            parts = urlsplit(typed)
            parts = parts._replace(netloc=parts.netloc.lower(), fragment="")
            sites = [site for site in Site.objects.all() if is_of(parts, site)]
        except ValueError:
            raise ValidationError(_("This is no address.")) from None
        if not parts.netloc and typed.startswith("/"):
            return str(iri_to_uri(f"{_first_root()}{parts.geturl()}"))
        if parts.scheme not in ("http", "https"):
            raise ValidationError(_("Begin the address with a slash or with https://."))
        if not sites or "@" in parts.netloc:
            hosts = ", ".join(sorted(own_hosts()))
            raise ValidationError(
                _("This is not an address of this site, which has {hosts}.").format(
                    hosts=hosts
                )
            )
        return str(iri_to_uri(parts._replace(path=parts.path or "/").geturl()))


def _first_root() -> str:
    site = Site.objects.order_by("-is_default_site", "pk").first()
    if site is None:
        raise ValidationError(
            _("There is no site yet: add one under Settings ▸ Sites.")
        )
    return site.root_url


class AddressView(WagtailAdminTemplateMixin, FormView[AddressForm]):
    """Says what a crawler gets at an address.

    Asked by POST, though nothing is changed: an address may be somebody's, such as a
    link out of an e-mail, and must not get into a log.
    """

    form_class = AddressForm
    template_name = "seo/simulator/address.html"
    page_title = _("What crawlers see at an address")
    header_icon = "view"
    any_permission_required = ("change", "publish")

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if not page_permission_policy.user_has_any_permission(
            request.user, self.any_permission_required
        ):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("crawlers"), "label": _("What crawlers see")},
            {"url": "", "label": self.page_title},
        ]

    def form_valid(self, form: AddressForm) -> HttpResponse:
        seen = seen_at(form.cleaned_data["address"])
        context = self.get_context_data(
            form=form, seen=seen, sentences=list(sentences(seen, self.request.user))
        )
        response: HttpResponse = self.render_to_response(context)
        return response


def urlpatterns() -> list[URLPattern]:
    return [
        path("reports/crawlers/address/", AddressView.as_view(), name="crawled_address")
    ]
