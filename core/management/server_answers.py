"""What nginx says by itself, where a request never reaches the site.

Each page holds all that it needs, since the site may be gone: it is printed into the
server's configuration, of which no word may be longer than 4,096 bytes. An address that
is too long nginx answers in its own words, since it has none to look a page up by.
"""

from typing import NamedTuple

from django.conf import settings
from django.template import Context, Engine
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

# nginx's word for the most that this place takes, which the page names.
LIMIT = "$clinic_limit"
# All that a page needs is in it.
POLICY = "default-src 'none'; style-src 'unsafe-inline'"

_STILL_THERE = _("Nothing was stored. Go back: what you typed is still there.")


class Answer(NamedTuple):
    """A page: ``status`` is what nginx finds, ``shown`` what it answers with."""

    status: str
    shown: int
    title: Promise
    sentences: list[Promise]


_ANSWERS = [
    Answer(
        "413",
        413,
        _("What you sent is too large"),
        [
            _("All that is sent at once, files included, may be %(limit)s MB."),
            _STILL_THERE,
            _("Then send fewer files at once, or smaller ones."),
        ],
    ),
    Answer(
        "494",
        431,
        _("Your browser sent too much along"),
        [
            _STILL_THERE,
            _("Delete the cookies of this site in your browser, and send it again."),
        ],
    ),
    Answer(
        "429",
        429,
        _("Too much at once"),
        [_STILL_THERE, _("Wait a minute, and send it again.")],
    ),
    Answer(
        "500 502 504",  # 500 is nginx's own: it had no room for what was sent
        503,
        _("We cannot be reached right now"),
        [
            _(
                "Unless you were given a reference number, take it that what you sent "
                "has not reached us. Go back: what you typed is still there. Send it "
                "again in a few minutes."
            ),
            _(
                "In a medical emergency, do not wait for this site: call your local "
                "emergency number."
            ),
        ],
    ),
]


def answers() -> list[dict[str, str | int]]:
    """Return each answer's status, name and page, in the site's language."""
    template = Engine().from_string(
        (settings.ROOT / "deploy" / "answer.html").read_text(encoding="utf-8")
    )
    with override(settings.LANGUAGE_CODE):
        return [
            {
                "status": answer.status,
                "shown": answer.shown,
                "page": _quoted(template.render(_context(answer))),
            }
            for answer in _ANSWERS
        ]


def _context(answer: Answer) -> Context:
    sentences = [str(sentence) % {"limit": LIMIT} for sentence in answer.sentences]
    return Context(
        {
            "language": settings.LANGUAGE_CODE,
            "title": answer.title,
            "sentences": sentences,
        }
    )


def _quoted(html: str) -> str:
    """Return a page as one word of nginx's configuration, without its quotes."""
    lines = (line.strip() for line in html.splitlines())
    return "".join(lines).replace("\\", "\\\\").replace('"', '\\"')
