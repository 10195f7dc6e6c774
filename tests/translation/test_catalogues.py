"""Catalogues of translated texts are what the sources and `make messages` make them."""

import re
from pathlib import Path

import polib
import pytest

from tests.helpers.marked_strings import ROOT, Message, marked_in, places

pytestmark = pytest.mark.every_case

CATALOGUES = sorted(ROOT.glob("*/locale/*/LC_MESSAGES/django.po"))
LANGUAGES = sorted({path.parts[-3] for path in CATALOGUES})
MENDING = "run `make messages` and translate what is new"


def messages(path: Path) -> set[Message]:
    return {
        Message(entry.msgid, entry.msgid_plural, entry.msgctxt)
        for entry in polib.pofile(path)
        if not entry.obsolete
    }


@pytest.mark.parametrize("place", places(), ids=lambda place: place.name)
@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogues_hold_what_the_sources_mark(place, language):
    path = place / "locale" / language / "LC_MESSAGES" / "django.po"
    known = messages(path) if path.exists() else set()

    assert known == marked_in(place), MENDING


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-5:-3])
def test_compiled_catalogues_hold_what_is_translated(path):
    def translations(entries):
        return {
            (entry.msgctxt, entry.msgid): entry.msgstr_plural or entry.msgstr
            for entry in entries
        }

    compiled = polib.mofile(path.with_suffix(".mo"))

    assert translations(compiled) == translations(
        polib.pofile(path).translated_entries()
    ), MENDING


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-5:-3])
def test_translations_are_confirmed(path):
    """A fuzzy one is the tool's guess; it is left out of the compiled catalogue."""
    assert not [entry.msgid for entry in polib.pofile(path).fuzzy_entries()]


def fixed_parts(text: str) -> list[str]:
    """Return what a translation must repeat: placeholders, tags, quotation marks."""
    return sorted(re.findall(r"%\(\w+\)[sd]|{\w*}|<[^>]*>|[\"<>&]", text))


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-5:-3])
def test_translations_keep_placeholders_and_markup(path):
    """Django prints a translation without escaping it."""
    for entry in polib.pofile(path).translated_entries():
        wanted = {
            tuple(fixed_parts(text)) for text in (entry.msgid, entry.msgid_plural)
        }
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            assert not text or tuple(fixed_parts(text)) in wanted, entry.msgid


def test_a_text_that_no_catalogue_can_have_is_refused(tmp_path):
    (tmp_path / "views.py").write_text('message = gettext(f"Hello {name}")')

    with pytest.raises(ValueError, match="marks a text that is not a constant"):
        marked_in(tmp_path)


def test_what_is_marked_is_found_in_python_and_templates(tmp_path):
    templates = tmp_path / "templates"
    templates.mkdir()
    (tmp_path / "models.py").write_text(
        'label = _("Title")\n'
        'text = translation.ngettext_lazy("%(n)s work", "%(n)s works", "n")\n'
        'button = pgettext("on a button", "Send " "it")\n'
        'other = settings.get("Title")\n'
    )
    (templates / "page.html").write_text(
        '{% translate "More" %} {% include "a.html" with label=_("Less") %}\n'
        "{% blocktranslate count n=works %}{{ n }} (%) {% plural %}{{ n }}"
        "{% endblocktranslate %}\n"
        '{% translate "May" context "month" %}{# gettext("no") #}'
    )

    assert marked_in(tmp_path) == {
        Message("Title"),
        Message("%(n)s work", "%(n)s works"),
        Message("Send it", context="on a button"),
        Message("More"),
        Message("Less"),
        Message("%(n)s (%%) ", "%(n)s"),
        Message("May", context="month"),
    }
