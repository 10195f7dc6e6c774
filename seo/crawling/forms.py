"""What the page form checks of rules for crawlers and canonical addresses."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import Page

from seo.crawling import canonical, inheriting, rules


class CrawlingFormMixin:
    """Says beside each rule what it inherits, and takes checked addresses alone."""

    instance: Any
    fields: dict[str, Any]
    cleaned_data: dict[str, Any]
    changed_data: list[str]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if set(rules.INHERITED) & set(self.fields):
            self._say_what_is_inherited()

    def _say_what_is_inherited(self) -> None:
        inherited = rules.rules_of(None, self._above())
        words: dict[str, tuple[rules.Chosen, dict[Any, Any]]] = {
            "robots_index": (inherited.index, dict(rules.YES_OR_NO)),
            "robots_follow": (inherited.follow, dict(rules.YES_OR_NO)),
            "robots_image_preview": (
                inherited.image_preview,
                {**dict(rules.PREVIEWS), "": _("not limited")},
            ),
            "robots_unavailable": (inherited.last_day, {None: _("never")}),
        }
        for name, (chosen, labels) in words.items():
            if (field := self.fields.get(name)) is not None:
                value = labels.get(chosen.value) or date_format(chosen.value)
                label = _said(value, chosen.source)
                field.choices = [("", label), *list(field.choices)[1:]]
        snippet = self.fields.get("robots_max_snippet")
        if snippet is not None and inherited.max_snippet.source:
            said = _said(inherited.max_snippet.value, inherited.max_snippet.source)
            snippet.help_text = format_html(
                "{} {}", snippet.help_text, f"{capfirst(said)}."
            )

    def _above(self) -> Any:
        page = self.instance
        if page.pk or getattr(self, "parent_page", None) is None:
            return page.pages_above() if page.path else ()
        parent: Page = self.parent_page  # type: ignore[attr-defined]
        above = parent.get_ancestors(inclusive=True).order_by("path")
        return tuple(inheriting.with_rules(above))

    def clean(self) -> Any:
        cleaned = super().clean()  # type: ignore[misc]
        self._clean_last_day()
        self._clean_canonical()
        return cleaned

    def _clean_last_day(self) -> None:
        if "robots_unavailable" not in self.fields:
            return
        cleaned = self.cleaned_data
        is_after = cleaned.get("robots_unavailable") == rules.AFTER
        day = cleaned.get("robots_unavailable_after")
        is_typed = "robots_unavailable_after" in cleaned
        if is_after and day is None and is_typed:
            self._refuse(
                "robots_unavailable_after",
                _("Type the last day on which search engines may show the page."),
            )
        elif day and not is_after and "robots_unavailable" in cleaned:
            self._refuse(
                "robots_unavailable",
                _("Choose “after a day” for the day to count, or take the day out."),
            )

    def _clean_canonical(self) -> None:
        """Take one canonical address: another page of ours, or one elsewhere.

        What was stored before is not asked again: it would keep somebody from saving
        who has nothing to do with it. The panel names what is wrong with it.
        """
        cleaned, page = self.cleaned_data, self.instance
        if not {"canonical_page", "canonical_url"} & set(self.changed_data):
            return
        chosen, typed = cleaned.get("canonical_page"), cleaned.get("canonical_url")
        if chosen and typed:
            self._refuse(
                "canonical_url",
                _("Choose a page or type an address, one of the two."),
            )
            return
        try:
            if typed:
                chosen, typed = canonical.checked(page, typed)
            elif chosen and chosen.pk != page.pk:
                canonical.check_page(page, chosen)
        except ValidationError as error:
            self._refuse("canonical_url" if typed else "canonical_page", error)
            return
        is_own = chosen is not None and chosen.pk == page.pk
        cleaned["canonical_page"] = None if is_own else chosen
        cleaned["canonical_url"] = typed or ""

    def _refuse(self, name: str, error: Any) -> None:
        self.add_error(name, error)  # type: ignore[attr-defined]


def _said(value: Any, source: Any) -> str:
    """Return the words for a rule that is inherited, and the page it comes from."""
    if source is None:
        return _("inherit: {value}").format(value=value)
    return _("inherit: {value}, from “{title}”").format(value=value, title=source.title)
