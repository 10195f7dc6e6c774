"""What a file says of its article: title, address, standfirst, people, topic."""

from collections.abc import Callable
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from django.utils.text import slugify

from articles.importing import naming
from articles.importing.document import Document, Heading, Paragraph, Text, plain
from articles.importing.front_matter import FrontMatter
from articles.importing.naming import Names
from articles.importing.rich_text import Problem
from articles.importing.sources import Refused
from articles.models.contributions import Contribution

LONGEST_TITLE = 255  # characters, as the fields of a page have
LONGEST_STANDFIRST = 400
LONGEST_NAME = 255

# Under which names files keep what an article has.
_KEYS = {
    "title": ("title", "headline", "og_title"),
    "slug": ("slug", "permalink", "url_slug"),
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
    "reviewer": Contribution.Role.REVIEWER,
    "reviewers": Contribution.Role.REVIEWER,
    "reviewed_by": Contribution.Role.REVIEWER,
    "medical_reviewer": Contribution.Role.REVIEWER,
    "editor": Contribution.Role.EDITOR,
    "editors": Contribution.Role.EDITOR,
}
# What says nothing about an article here.
_MEANINGLESS = frozenset({"layout", "draft", "type", "lang", "language", "locale"})


class About:
    """Reads the front matter, or else the head of an HTML file.

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
        """Return what the front matter, or else the head, says; and its line."""
        for key in _KEYS[name]:
            if key in self.front.values:
                self.used.add(key)
                return self.front.values[key], self.front.lines.get(key, 1)
        return self.head.get(name, ""), 1

    def text(self, name: str, longest: int = LONGEST_NAME) -> str:
        value, line = self.value(name)
        if not isinstance(value, str):
            self.note(line, name, "This is a list; one value belongs here. Left out.")
            return ""
        value = " ".join(value.split())
        if len(value) > longest:
            sentence = f"Longer than {longest} characters, and left out."
            self.note(line, value, sentence)
            return ""
        return value

    def title(self) -> str:
        """Return the title, and take it out of the text where it stands there, too."""
        value, _ = self.value("title")
        title = " ".join(value.split()) if isinstance(value, str) else ""
        from_front = bool(title and self.used & set(_KEYS["title"]))
        heading = next((p for p in self.document.parts if isinstance(p, Heading)), None)
        if heading is not None and heading.level == 1:
            text = plain(heading.words)
            if not from_front or text.casefold() == title.casefold():
                title = title if from_front else text
                self.document.parts.remove(heading)
        title = title or self.head.get("head_title", "")
        if not title:
            raise Refused(
                "It has no title. Write one as the first heading, or as “title:” in "
                "the front matter."
            )
        if len(title) > LONGEST_TITLE:
            raise Refused(
                f"Its title is longer than {LONGEST_TITLE} characters. Shorten it: "
                f"“{title[:60]}…”."
            )
        return title

    def slug(self, title: str) -> str:
        typed = self.text("slug")
        name = typed.strip("/").rpartition("/")[2]
        stem = PurePosixPath(self.path).stem
        slug = slugify(name) or slugify(title) or slugify(stem)
        slug = slug or slugify(title, allow_unicode=True)
        if not slug:
            raise Refused(
                "No address can be made from its title. Write one as “slug:” in the "
                "front matter, such as walking-again."
            )
        if typed and slug != typed:
            _, line = self.value("slug")
            self.note(line, typed, f"The address becomes “{slug[:LONGEST_NAME]}”.")
        return slug[:LONGEST_NAME]

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
                f"A standfirst has up to {LONGEST_STANDFIRST} characters. This one is "
                "the first paragraph instead.",
            )
            first = Paragraph([Text(standfirst, line)], line)
            self.document.parts.insert(0, first)
            standfirst = ""
        if not standfirst:
            self.note(1, "", "There is no standfirst. Write it before you publish.")
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
                self.note(line, typed, "This is no date such as 2026-03-31. Left out.")
            else:
                found = [{**one, "date": day} for one in found]
                if not found:
                    sentence = "The date belongs to contributors; there is none."
                    self.note(line, typed, sentence)
        return found

    def report_unknown(self) -> None:
        for key, value in self.front.values.items():
            if key not in self.used | _MEANINGLESS:
                line = self.front.lines.get(key, 1)
                shown = value if isinstance(value, str) else ", ".join(map(str, value))
                known = any(key in keys for keys in _KEYS.values())
                why = "is said twice" if known else "is no field of an article"
                self.note(line, f"{key}: {shown}", f"“{key}” {why}, and left out.")
        if keywords := self.head.get("keywords"):
            self.note(1, keywords, "An article has no keywords here. Left out.")
