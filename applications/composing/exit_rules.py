"""Publishing rules for exits: nobody is turned away by a form alone."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from applications.composing.condition_rules import name_of, tests_of
from applications.composing.rules import items_of
from applications.definitions import EXIT
from core.models.organisation import Organisation
from core.prefetch.walk import Place
from core.publishing.gate import Level, Problem, register
from core.publishing.rules import problem_at
from core.text.plain_text import plain

_WAY = re.compile(r"<a\b")


def _exits(page: Any) -> list[Place]:
    return [item for item in items_of(page) if item.name == EXIT]


def _source(item: Place, name: str) -> str:
    text = item.value.get(name)
    return text.source or "" if text else ""


@register
class ExitWithoutReason:
    """Refuses an exit whose reason is nothing but space."""

    code = "exit-without-reason"
    title = _("Exit without a reason")
    level: Level = "block"

    def problems(self, page: Any) -> Iterator[Problem]:
        for item in _exits(page):
            source = _source(item, "text")
            if source and not plain(source).strip():
                sentence = gettext("“{name}” gives no reason. Write why.")
                yield problem_at(item, self, sentence.format(name=name_of(item)))


@register
class ExitForEverybody:
    """Refuses an exit that is met whatever somebody answers."""

    code = "exit-for-everybody"
    title = _("Exit that everybody meets")
    level: Level = "block"

    def problems(self, page: Any) -> Iterator[Problem]:
        for item in _exits(page):
            if not any(tests_of(item)):
                sentence = gettext(
                    "Everybody would meet “{name}”, whatever they answer. Say under "
                    "“Only if” which answers lead there."
                )
                yield problem_at(item, self, sentence.format(name=name_of(item)))


@register
class ExitWithoutPerson:
    """Refuses an exit from which nobody can be asked."""

    code = "exit-without-person"
    title = _("Exit without a person to ask")
    level: Level = "block"

    def problems(self, page: Any) -> Iterator[Problem]:
        silent = [
            item for item in _exits(page) if not _WAY.search(_source(item, "ask"))
        ]
        if not silent or _can_be_reached(page):
            return
        for item in silent:
            sentence = gettext(
                "“{name}” names nobody to ask. Fill in “Ask a person” with a link to a "
                "page, an e-mail address or a telephone number, or have the site's "
                "number entered under Settings, Organisation."
            )
            yield problem_at(item, self, sentence.format(name=name_of(item)))


def _can_be_reached(page: Any) -> bool:
    """Return whether the site names a telephone number or an e-mail address."""
    site = (page.get_site() if page.pk else None) or Site.objects.filter(
        is_default_site=True
    ).first()
    contact = Organisation.objects.filter(site=site).first()
    return bool(contact and (contact.telephone or contact.email))
