"""An article's title, address, standfirst, people and topic, read from its file."""

from collections.abc import Callable
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.importing.drafting import addresses, naming
from articles.importing.drafting.naming import Names
from articles.importing.drafting.rich_text import Problem
from articles.importing.reading.document import (
    Document,
    Heading,
    Paragraph,
    Text,
    plain,
)
from articles.importing.reading.front_matter import FrontMatter
from articles.importing.reading.sources import Refused
from articles.models.contributions import Contribution

LONGEST_TITLE = 255  # characters, as the fields of a page have
LONGEST_STANDFIRST = 400
LONGEST_NAME = 255
LONGEST_ABOVE = 100  # of what stands above a title, such as where the page is found

# Under which names files keep what an article has.
_KEYS = {
    "title": ("title", "headline", "og_title"),
    "slug": ("slug", "permalink", "url_slug", "url", "path"),
    "standfirst": ("standfirst", "lead", "lede", "excerpt", "summary", "subtitle"),
    "search_description": (
        "search_description",
        "seo_description",
        "meta_description",
        "description",
    ),
    "seo_title": ("seo_title", "title_tag", "meta_title"),
    "topic": ("topic", "topics", "category", "categories"),
    "date": ("date", "published", "published_at", "publish_date"),
    "lead_image": (
        "lead_image",
        "image",
        "cover",
        "cover_image",
        "featured_image",
        "hero",
    ),
    "lead_image_alt": ("lead_image_alt", "image_alt", "alt"),
    "lead_image_caption": ("lead_image_caption", "image_caption", "caption"),
}
_PEOPLE = {
    "author": Contribution.Role.AUTHOR,
    "authors": Contribution.Role.AUTHOR,
    "contributor": Contribution.Role.AUTHOR,
    "contributors": Contribution.Role.AUTHOR,
    "guest": Contribution.Role.GUEST,
    "reviewer": Contribution.Role.CLINICAL,
    "reviewers": Contribution.Role.CLINICAL,
    "reviewed_by": Contribution.Role.CLINICAL,
    "medical_reviewer": Contribution.Role.CLINICAL,
    "editor": Contribution.Role.EDITOR,
    "editors": Contribution.Role.EDITOR,
}
# What says nothing about an article here.
_MEANINGLESS = frozenset({"layout", "draft", "type", "lang", "language", "locale"})


class About:
    """The metadata of one file, from its front matter or its HTML head.

    Args:
        path: The file.
        front: Its front matter.
        head: What its head says.
        document: Its text, out of which the title is taken.
        note: Told of (line, typed, sentence) of what cannot be kept.
    """

    def __init__(
        self,
        path: str,
        front: FrontMatter,
        head: dict[str, str],
        document: Document,
        note: Callable[[int, str, str], None],
    ) -> None:
        self.path, self.front, self.head = path, front, head
        self.document, self.note = document, note
        self.used: set[str] = set()

    def value(self, name: str) -> tuple[Any, int]:
        """Return a value from the front matter, or else the head, and its line."""
        for key in _KEYS[name]:
            if key in self.front.values:
                self.used.add(key)
                return self.front.values[key], self.front.lines.get(key, 1)
        return self.head.get(name, ""), 1

    def text(self, name: str, longest: int = LONGEST_NAME) -> str:
        value, line = self.value(name)
        if not isinstance(value, str):
            self.note(
                line, name, _("This is a list; one value belongs here. Left out.")
            )
            return ""
        value = " ".join(value.split())
        if len(value) > longest:
            sentence = ngettext(
                "Longer than {count} character, and left out.",
                "Longer than {count} characters, and left out.",
                longest,
            ).format(count=longest)
            self.note(line, value, sentence)
            return ""
        return value

    def title(self) -> str:
        """Return the title, and remove its repetition from the text."""
        value = self.value("title")[0]
        title = " ".join(value.split()) if isinstance(value, str) else ""
        from_front = bool(title and self.used & set(_KEYS["title"]))
        parts = self.document.parts
        headings = [part for part in parts if isinstance(part, Heading)]
        heading = next((part for part in headings if part.level == 1), None)
        if heading is not None and self._may_be_title(heading, headings):
            text = plain(heading.words)
            if not from_front or text.casefold() == title.casefold():
                title = title if from_front else text
                self._take_headings(heading)
        title = title or self.head.get("head_title", "")
        title = title or self._title_instead(headings)
        if len(title) > LONGEST_TITLE:
            raise Refused(
                ngettext(
                    "Its title is longer than {count} character. Shorten it: "
                    "“{title}…”.",
                    "Its title is longer than {count} characters. Shorten it: "
                    "“{title}…”.",
                    LONGEST_TITLE,
                ).format(count=LONGEST_TITLE, title=title[:60])
            )
        return title

    def _may_be_title(self, heading: Heading, headings: list[Heading]) -> bool:
        """Return whether no text stands above a heading, if other headings do."""
        above = self.document.parts[: self.document.parts.index(heading)]
        return heading is headings[0] or all(
            isinstance(part, Heading | Paragraph)
            and len(plain(part.words)) < LONGEST_ABOVE
            for part in above
        )

    def _take_headings(self, title: Heading) -> None:
        """Remove the title's heading, and smaller ones above it."""
        parts = self.document.parts
        for part in parts[: parts.index(title)]:
            if isinstance(part, Heading):
                sentence = _("It stands above the title, and is left out.")
                self.note(part.line, plain(part.words), sentence)
                parts.remove(part)
        parts.remove(title)

    def _title_instead(self, headings: list[Heading]) -> str:
        """Return the first heading or else the name of the file, and say so."""
        if headings:
            title = plain(headings[0].words)
            self.document.parts.remove(headings[0])
            sentence = _("The file has no title. Its first heading is taken.")
            self.note(headings[0].line, "", sentence)
            return title
        name = addresses.file_name(self.path)
        if name == "pasted" or not slugify(name):
            raise Refused(
                _(
                    "It has no title. Write one as the first heading, or as “title:” "
                    "in the front matter."
                )
            )
        title = addresses.as_title(name)
        self.note(1, "", _("The file has no title. Its name is taken."))
        return title

    def slug(self, title: str) -> str:
        typed = self.text("slug")
        name = addresses.last_part(typed)
        stem = PurePosixPath(self.path).stem
        slug = slugify(name) or slugify(self._former_name(title))
        slug = slug or slugify(title) or slugify(stem)
        slug = slug or slugify(title, allow_unicode=True)
        if not slug:
            raise Refused(
                _(
                    "No address can be made from its title. Write one as “slug:” in "
                    "the front matter, such as walking-again."
                )
            )
        if typed and slug != typed:
            line = self.value("slug")[1]
            self.note(
                line,
                typed,
                _("The address becomes “{slug}”.").format(slug=slug[:LONGEST_NAME]),
            )
        return slug[:LONGEST_NAME]

    def _former_name(self, title: str) -> str:
        """Return what the page was called where it stood, by its folder or its head."""
        name = addresses.last_part(self.head.get("canonical", ""))
        name = name or addresses.folder_name(self.path)
        if name and slugify(name) != slugify(title):
            sentence = _("The address is the former one, “{slug}”.")
            self.note(1, "", sentence.format(slug=slugify(name)[:LONGEST_NAME]))
        return name

    def summaries(self) -> dict[str, str]:
        value, line = self.value("standfirst")
        standfirst = " ".join(value.split()) if isinstance(value, str) else ""
        description = self.text("search_description", LONGEST_STANDFIRST)
        if not standfirst and "search_description" not in self.used:
            standfirst, description = description, ""
        if len(standfirst) > LONGEST_STANDFIRST:
            self.note(
                line,
                standfirst,
                ngettext(
                    "A standfirst has up to {count} character. This one is the first "
                    "paragraph instead.",
                    "A standfirst has up to {count} characters. This one is the first "
                    "paragraph instead.",
                    LONGEST_STANDFIRST,
                ).format(count=LONGEST_STANDFIRST),
            )
            first = Paragraph([Text(standfirst, line)], line)
            self.document.parts.insert(0, first)
            standfirst = ""
        if not standfirst:
            self.note(1, "", _("There is no standfirst. Write it before you publish."))
        return {
            "standfirst": standfirst,
            "search_description": description,
            "seo_title": self.text("seo_title"),
        }

    def topic(self, names: Names, problems: list[Problem]) -> dict[str, Any] | None:
        value, line = self.value("topic")
        found = naming.topic(value, line, names, problems)
        return found and {"pk": found[0], "name": found[1]}

    def contributions(
        self, names: Names, problems: list[Problem]
    ) -> list[dict[str, Any]]:
        said = [
            (role, self.front.values[key], self.front.lines.get(key, 1))
            for key, role in _PEOPLE.items()
            if key in self.front.values
        ]
        self.used |= _PEOPLE.keys() & self.front.values.keys()
        if not said and "author" in self.head:
            said = [(Contribution.Role.AUTHOR, self.head["author"], 1)]
        found = naming.contributions(said, names, problems)
        typed, line = self.text("date"), self.value("date")[1]
        if typed:
            try:
                day = date.fromisoformat(typed[:10]).isoformat()
            except ValueError:
                self.note(
                    line, typed, _("This is not a date such as 2026-03-31. Left out.")
                )
            else:
                found = [{**one, "date": day} for one in found]
                if not found:
                    sentence = _("The date belongs to contributors; there is none.")
                    self.note(line, typed, sentence)
        return found

    def report_unknown(self) -> None:
        for key, value in self.front.values.items():
            if key not in self.used | _MEANINGLESS:
                line = self.front.lines.get(key, 1)
                shown = value if isinstance(value, str) else ", ".join(map(str, value))
                known = any(key in keys for keys in _KEYS.values())
                why = (
                    _("“{key}” is said twice, and left out.")
                    if known
                    else _("“{key}” is not a field of an article, and left out.")
                )
                self.note(line, f"{key}: {shown}", why.format(key=key))
        if keywords := self.head.get("keywords"):
            self.note(1, keywords, _("An article has no keywords here. Left out."))
