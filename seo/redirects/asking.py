"""Asks, where pages are deleted or taken down, where their readers go."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from seo import readers
from seo.redirects.leaving import (
    leave_deleted,
    leave_unpublished,
    nearest_page,
    was_seen,
)
from seo.redirects.models import Replacement

NEAREST, OTHER, GONE = "nearest", "other", "gone"
_ASKED = "readers_go"
_PAGE = "readers_page"
_GOES_TOO = _("“{title}” goes as well: choose a page that stays.")
_NOT_READ = _("“{title}” is not published: choose a page that readers get.")
_NONE_CHOSEN = _("Choose the page that readers get.")


class ReadersForm(forms.Form):
    """Where the readers of ``pages`` go, once these and all beneath are gone."""

    def __init__(
        self,
        data: Any,
        pages: Iterable[Page],
        *,
        initial: Any = None,
        beneath: bool = True,
    ) -> None:
        super().__init__(data, initial=initial)
        self.leaving = list(pages)
        self.goes_beneath = beneath  # whether what lies beneath them goes as well
        suggested = [nearest_page(page, self.leaving) for page in self.leaving]
        self.nearest = dict(zip(self.leaving, suggested, strict=True))
        self.fields[_ASKED] = forms.ChoiceField(
            label=_("Where do its readers go?"),
            choices=list(self._choices()),
            widget=forms.RadioSelect,
            initial=NEAREST if any(suggested) else GONE,
            help_text=_("Whoever comes by an old link, a bookmark or a search engine."),
        )
        self.fields[_PAGE] = forms.ModelChoiceField(
            label=_("Another page"),
            queryset=Page.objects.filter(depth__gt=1),
            widget=AdminPageChooser(),
            required=False,
        )

    def clean(self) -> Any:
        values = super().clean() or {}
        if values.get(_ASKED) != OTHER or self.errors:
            return values
        page = values.get(_PAGE)
        if page is None:
            raise ValidationError(_NONE_CHOSEN)
        title = page.get_admin_display_title()
        if self._goes(page):
            raise ValidationError(str(_GOES_TOO).format(title=title))
        if not readers.pages().reachable().filter(pk=page.pk).exists():
            raise ValidationError(str(_NOT_READ).format(title=title))
        return values

    def successor(self, page: Page) -> Page | None:
        """Return the page that readers of ``page`` get, None if it is just gone."""
        chosen = self.cleaned_data[_ASKED]
        if chosen == OTHER:
            other: Page = self.cleaned_data[_PAGE]
            return other
        return self.nearest[page] if chosen == NEAREST else None

    def _goes(self, page: Page) -> bool:
        paths = tuple(each.path for each in self.leaving)
        return page.path.startswith(paths) if self.goes_beneath else page.path in paths

    def _choices(self) -> Iterable[tuple[str, Any]]:
        suggested = {page for page in self.nearest.values() if page}
        if len(suggested) == 1:
            [page] = suggested
            sentence = str(_("To “{title}”, the nearest page that stays"))
            yield NEAREST, sentence.format(title=page.get_admin_display_title())
        elif suggested:
            yield NEAREST, _("To the nearest page that stays above each")
        yield OTHER, _("To another page")
        yield GONE, _("Nowhere: they are told that it is gone (410)")


def answered(there: Replacement | None) -> dict[str, Any]:
    """Return what the form begins with where somebody has answered before."""
    if there is None:
        return {}
    page = there.successor_id
    return {_ASKED: OTHER if page else GONE, _PAGE: page}


def asks_about(pages: Iterable[Page]) -> list[Page]:
    """Return those of ``pages`` that readers have seen, or something beneath them."""
    return [page for page in pages if was_seen(page)]


def form_for(request: HttpRequest, pages: Iterable[Page]) -> ReadersForm | None:
    """Return the form, None where nobody has seen anything of ``pages``."""
    asked = asks_about(pages)
    if not asked:
        return None
    # What was refused comes back in the address.
    before = {
        name: request.GET[name] for name in (_ASKED, _PAGE) if name in request.GET
    }
    return ReadersForm(None, asked, initial=before)


def before_deletion(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Write where readers go; return to the question where the answer is refused."""
    if request.method != "POST" or is_not_confirmed(request):
        return None
    return _carry_out(request, [page], leave_deleted)


def before_unpublishing(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Write where readers go, as for a deletion."""
    beneath = bool(request.POST.get("include_descendants"))
    taken_down = _taken_down(beneath=beneath)
    return _carry_out(request, [page], taken_down, beneath=beneath)


def before_bulk_action(
    request: HttpRequest, action_type: str, objects: Any, action: Any
) -> HttpResponse | None:
    """Write where readers of each page go that is deleted or taken down with others."""
    if getattr(action, "model", None) is not Page:
        return None
    if action_type == "delete":
        return _carry_out(request, objects, leave_deleted)
    if action_type == "unpublish":
        beneath = bool(action.cleaned_form.cleaned_data.get("include_descendants"))
        taken_down = _taken_down(beneath=beneath)
        return _carry_out(request, objects, taken_down, beneath=beneath)
    return None


def is_not_confirmed(request: HttpRequest) -> bool:
    """Return whether Wagtail will ask once more, since the site's name is wrong."""
    given = request.POST.get("confirm_site_name")
    return bool(given) and given != settings.WAGTAIL_SITE_NAME


def _taken_down(*, beneath: bool) -> Any:
    def leave(page: Page, successor: Page | None) -> None:
        pages = Page.objects.filter(pk=page.pk)
        if beneath:
            pages = Page.objects.filter(path__startswith=page.path, live=True)
        leave_unpublished(pages, successor)

    return leave


def _carry_out(
    request: HttpRequest, pages: Iterable[Page], leave: Any, *, beneath: bool = True
) -> HttpResponse | None:
    asked = asks_about(pages)
    # A program that posts no answer is not asked: what led there says that it is gone.
    if not asked or _ASKED not in request.POST:
        return None
    form = ReadersForm(request.POST, asked, beneath=beneath)
    if form.is_valid():
        for page in asked:
            leave(page, form.successor(page))
        return None
    for error in (each for errors in form.errors.values() for each in errors):
        messages.error(request, error)
    return HttpResponseRedirect(f"{request.path}?{_with_answer(request)}")


def _with_answer(request: HttpRequest) -> str:
    query = QueryDict(request.META["QUERY_STRING"], mutable=True)
    for name in (_ASKED, _PAGE):
        if value := request.POST.get(name):
            query[name] = value
    return query.urlencode()
