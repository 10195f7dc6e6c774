"""What an editor sees of a story before readers do: at each scope of consent."""

from copy import copy
from typing import Any

from django.utils.translation import gettext
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


def prepare(story: Any, mode: str, user: Any) -> None:
    """Have ``story`` show itself as in ``mode``; in others as it is.

    Who may not see people's records sees no more of the person than readers do.
    """
    if mode not in _SCOPES:
        return
    allowed = story.scope
    if not user.has_perm("testimonials.view_subject"):
        story.subject = _in_place_of(story.subject, allowed)
    said_on = allowed.confirmed_on
    story.__dict__["scope"] = _SCOPES[mode]._replace(confirmed_on=said_on)
    story.shows_what_is_to_come = True
    story.previewed_as = dict(MODES)[mode]


def _in_place_of(subject: Any, allowed: Scope) -> Any:
    """Return a copy of ``subject`` without what is not ``allowed`` today."""
    shown = copy(subject)
    if not allowed.name:
        shown.name, shown.person = gettext("First Last"), None
    if not allowed.portrait:
        shown.portrait = None
    return shown
