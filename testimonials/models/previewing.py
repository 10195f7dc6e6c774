"""What an editor sees of a story before readers do: at each scope of consent."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from testimonials.models.scope import Scope

# All but the first show what is still to come of the timeline, too.
MODES = (
    ("", _("As readers see it now")),
    ("all", _("With everything allowed")),
    ("initials", _("With initials in place of the name")),
    ("nameless", _("Without name and initials")),
    ("unpictured", _("Without photographs and videos")),
)
_ALL = Scope(story=True, name=True, portrait=True, initials=True, films=True)
_SCOPES = {
    "all": _ALL,
    "initials": _ALL._replace(name=False),
    "nameless": _ALL._replace(name=False, initials=False),
    "unpictured": _ALL._replace(portrait=False, films=False),
}


def prepare(story: Any, mode: str) -> None:
    """Have ``story`` show itself as in ``mode``; in others as it is."""
    if mode in _SCOPES:
        said_on = story.scope.confirmed_on
        story.__dict__["scope"] = _SCOPES[mode]._replace(confirmed_on=said_on)
        story.shows_what_is_to_come = True
        story.previewed_as = dict(MODES)[mode]
