"""The forms of robots.txt and of verification codes."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from seo.crawling.robots_txt import agents
from seo.crawling.robots_txt.paths import checked, closes_all, hidden_pages

SHOWN = 5  # pages that are named


class RobotsTxtForm(WagtailAdminModelForm):
    """Checks paths, and asks before the site is closed to search engines."""

    blocked_agents = forms.MultipleChoiceField(
        label=_("Crawlers that may not read the site"),
        choices=agents.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    confirmation = forms.CharField(
        label=_("Confirmation"),
        required=False,
        help_text=_(
            "Only when you are asked for it: the name of the site's host, which "
            "confirms that pages are to be closed to search engines."
        ),
    )

    def clean_closed_paths(self) -> str:
        """Return the paths as they stand in robots.txt, one to a line.

        Raises:
            ValidationError: Some line is none; each is named.
        """
        paths, errors = [], []
        for number, line in enumerate(
            self.cleaned_data["closed_paths"].splitlines(), 1
        ):
            try:
                paths += [checked(line)] if line.strip() else []
            except ValueError as error:
                errors.append(
                    gettext("Line {number}: {reason}").format(
                        number=number, reason=error
                    )
                )
        if errors:
            raise ValidationError(errors)
        return "\n".join(dict.fromkeys(paths))

    def clean(self) -> dict[str, Any]:
        """Ask for a typed confirmation of what is seldom meant."""
        cleaned: dict[str, Any] = super().clean()
        host = self.instance.site.hostname
        paths = cleaned.get("closed_paths", "").split()
        is_confirmed = cleaned.get("confirmation", "").strip().lower() == host.lower()
        is_new = set(paths) - set(self.initial.get("closed_paths", "").split())
        if is_confirmed:
            return cleaned
        ask = gettext("To do so, type {host} under Confirmation.").format(host=host)
        before = set(self.initial.get("blocked_agents") or [])
        blocked = set(cleaned.get("blocked_agents", ())) - before
        if blocked & agents.INDISPENSABLE:
            words = gettext("This takes the site out of search results.")
            self.add_error("blocked_agents", f"{words} {ask}")
        if is_new and closes_all(paths):
            words = gettext("This closes the whole site to all crawlers.")
            self.add_error("closed_paths", f"{words} {ask}")
        elif is_new and (hidden := hidden_pages(self.instance.site, paths, SHOWN)):
            words = gettext(
                "The sitemap lists pages that this closes, such as {pages}."
            ).format(pages=", ".join(f"“{title}”" for title in hidden))
            self.add_error("closed_paths", f"{words} {ask}")
        return cleaned


class VerificationForm(WagtailAdminModelForm):
    """Takes the whole tag, too, and keeps its code."""

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        if data is not None:
            data = data.copy()
            for name in data:
                data[name] = _code(data[name])
        super().__init__(data, *args, **kwargs)


def _code(text: str) -> str:
    found = re.search(r"""content\s*=\s*["']([^"']*)["']""", text)
    return (found[1] if found else text).strip()
