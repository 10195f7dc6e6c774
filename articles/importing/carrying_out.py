"""Carries out an import plan, in one transaction with a savepoint for each article.

One for all, since articles link to one another and show the same pictures, and because
whoever cancels wants everything undone. One for each within it, so that an article that
fails is left out whole while its neighbours are imported.
"""

import json
import re
from collections.abc import Collection, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, PageSubscription

from articles.importing import findings
from articles.importing.drafting import pictures, tokens
from articles.importing.drafting.plan import Plan, plan
from articles.importing.reading.sources import Sources
from articles.importing.rows import Action, Row
from articles.log_formatters import LOG_ACTION
from articles.models.article_page import ArticlePage
from articles.models.contributions import Contribution
from core.importing.changed import Changed
from core.models.images import SiteImage
from evidence.formats import typed_entry
from evidence.formats.records import draft
from evidence.importing import carrying_out as references
from evidence.importing.plan import plan as plan_references
from evidence.library.locks import wait_for_turn
from evidence.models import Reference

_LINK_TO_NOTHING = re.compile(r'<a linktype="page" id="9\d{17}">(.*?)</a>', re.DOTALL)


@dataclass
class Result:
    """The result of an import.

    Attributes:
        created: By the number of a row, the id of its draft.
        failed: By the number of a row, why it was left out after all.
        unlinked: The numbers of rows that linked to articles that were not imported.
        pictures: How many pictures were added; ``references``, the same.
    """

    created: dict[int, int] = field(default_factory=dict)
    failed: dict[int, str] = field(default_factory=dict)
    unlinked: list[int] = field(default_factory=list)
    pictures: int = 0
    references: int = 0


def carry_out(
    sources: Sources,
    rows: Sequence[Row],
    index: Page,
    *,
    left_out: Collection[int] = (),
    user: Any = None,
    makes_references: bool = False,
) -> Generator[tuple[int, int], None, Result]:
    """Create a draft for each ticked row, and yield (done, total).

    Closing the generator before it has ended, as the server does when the browser has
    gone, rolls everything back.

    Args:
        sources: What was handed in.
        rows: The plan, as it was agreed to.
        index: The page that the articles will stand under.
        left_out: The numbers of the rows that are not ticked.
        user: Who does it; None at the command line.
        makes_references: As the plan was told.

    Raises:
        Changed: Somebody has changed the site since; nothing was stored.
    """
    work = _Work(sources, index, user)
    wanted = {row.number for row in rows if row.action == Action.CREATE}
    wanted -= set(left_out)
    try:
        with transaction.atomic():
            # Whoever imports beneath the same page meanwhile waits here.
            held = type(index)._default_manager.select_for_update(no_key=True)
            work.index = held.get(pk=index.pk)
            fresh = plan(
                sources,
                work.index,
                may_add_pictures=work.collection is not None,
                makes_references=makes_references,
            )
            count = _different(rows, fresh.rows, wanted)
            if count:
                raise Changed(fresh.rows, count)
            todo = [row for row in fresh.rows if row.number in wanted]
            yield 0, len(todo)
            work.make_references(fresh, todo)
            for done, row in enumerate(todo, start=1):
                work.make(row, fresh)
                yield done, len(todo)
            work.finish(fresh)
            # Once more: the first line after the browser has gone is still taken.
            yield len(todo), len(todo)
    except BaseException:
        work.remove_files()
        raise
    return work.result


def _different(old: Sequence[Row], new: Sequence[Row], wanted: set[int]) -> int:
    now = {row.number: _comparable(row) for row in new}
    return sum(
        _comparable(row) != now.get(row.number) for row in old if row.number in wanted
    )


def _comparable(row: Row) -> str:
    # PostgreSQL gives the keys of a stored plan back in an order of its own.
    return json.dumps(row.decision, sort_keys=True)


class _Work:
    """Creates the records, and deletes the files of those that are rolled back."""

    def __init__(self, sources: Sources, index: Page, user: Any) -> None:
        self.files = {file.path: file for file in sources.files}
        self.index, self.user = index, user
        self.collection = pictures.collection_for(user)
        self.result = Result()
        self.pks: dict[int, int] = {}
        self.pages: list[tuple[Row, ArticlePage]] = []
        self.stored: list[SiteImage] = []

    def make_references(self, fresh: Plan, todo: Sequence[Row]) -> None:
        """Create the references that these rows cite and the library lacks."""
        numbers = {
            number: fresh.makes[number]
            for row in todo
            for number in tokens.wanted(row.fields)
            if fresh.makes.get(number, ("",))[0] == "reference"
        }
        if not numbers:
            return
        drafts = [
            draft(
                1, {**typed_entry.read(fresh.typed[number]), "doi": doi, "pmid": pmid}
            )
            for number, (_, doi, pmid) in numbers.items()
        ]
        wait_for_turn()
        work = references.carry_out(
            plan_references(drafts, may_change=False), user=self.user, may_change=False
        )
        try:
            for _ in work:
                pass
        except Changed:
            raise Changed(fresh.rows, len(todo)) from None
        for number, (_, doi, pmid) in numbers.items():
            known = {"doi": doi} if doi else {"pmid": pmid}
            pks = Reference.objects.filter(**known).values_list("pk", flat=True)
            if pk := pks.first():
                self.pks[number] = pk
                self.result.references += 1

    def make(self, row: Row, fresh: Plan) -> None:
        """Create one article with its pictures, or nothing."""
        before = len(self.stored)
        try:
            with transaction.atomic():
                made = self._add_pictures(row, fresh)
                page = self._page(row, {**self.pks, **made})
        except (ValidationError, IntegrityError, DataError, OSError) as error:
            self.remove_files(before)
            reasons = getattr(error, "messages", None) or [_("It could not be stored.")]
            self.result.failed[row.number] = " ".join(map(str, reasons))
            return
        self.pks |= made
        article = next(n for n, key in fresh.makes.items() if key == _article(row))
        self.pks[article] = page.pk
        self.pages.append((row, page))
        self.result.created[row.number] = page.pk

    def _add_pictures(self, row: Row, fresh: Plan) -> dict[int, int]:
        made = {}
        for number in sorted(tokens.wanted(row.fields) - self.pks.keys()):
            kind, path, *_ = fresh.makes.get(number, ("", ""))
            if kind == "picture":
                alt = _alt(row, number)
                image = pictures.add(self.files[path], alt, self.user, self.collection)
                self.stored.append(image)
                log(instance=image, action="wagtail.create", user=self.user)
                made[number] = image.pk
        return made

    def _page(self, row: Row, pks: Mapping[int, int]) -> ArticlePage:
        fields = tokens.filled(row.fields, pks)
        topic, contributions = fields.pop("topic"), fields.pop("contributions")
        page = ArticlePage(
            **{name: fields[name] for name in _PLAIN},
            topic_id=topic and topic["pk"],
            lead_image_id=fields["lead_image"],
            body=_as_stored(fields["body"]),
            live=False,
            owner=self.user,
            locale=self.index.locale,
        )
        page.contributions = [
            Contribution(
                person_id=one["person"],
                role=one["role"],
                sort_order=order,
                **({"date": one["date"]} if "date" in one else {}),
            )
            for order, one in enumerate(contributions)
        ]
        self.index.add_child(instance=page)
        if self.user is not None:
            PageSubscription.objects.create(
                page=page, user=self.user, comment_notifications=True
            )
        return page

    def finish(self, fresh: Plan) -> None:
        """Link the articles with one another, and save each as a first revision."""
        for row, page in self.pages:
            if any(fresh.makes[n][0] == "article" for n in tokens.wanted(row.fields)):
                body = tokens.filled(row.fields["body"], self.pks)
                linked = _without_dead_links(body)
                if linked != body:
                    self.result.unlinked.append(row.number)
                page.body = _as_stored(linked)
                page.save()
            findings.keep(row, page)
            revision = page.save_revision(user=self.user, clean=False)
            log(
                instance=page,
                action=LOG_ACTION,
                user=self.user,
                revision=revision,
                content_changed=True,
                data={"file": row.path},
            )
        self.result.pictures = len(self.stored)

    def remove_files(self, since: int = 0) -> None:
        """Delete the files of pictures whose records are rolled back."""
        for image in self.stored[since:]:
            image.file.storage.delete(image.file.name)
        del self.stored[since:]


_PLAIN = (
    "title",
    "slug",
    "standfirst",
    "search_description",
    "seo_title",
    "lead_image_alt",
    "lead_image_caption",
)


def _article(row: Row) -> tuple[str, str]:
    return ("article", row.path)


def _alt(row: Row, number: int) -> str:
    """Return the first description of a picture in an article."""
    if row.fields["lead_image"] == number and row.fields["lead_image_alt"]:
        return str(row.fields["lead_image_alt"])
    for block in row.fields["body"]:
        if block["type"] == "figure" and block["value"]["image"]["image"] == number:
            return str(block["value"]["image"]["alt_text"])
    return ""


def _as_stored(body: list[dict[str, Any]]) -> str:
    """Return blocks with ids, by which what the import named finds them."""
    return json.dumps([{**block, "id": str(uuid4())} for block in body])


def _without_dead_links(value: Any) -> Any:
    """Leave out links to articles that were not imported; their words stay."""
    if isinstance(value, dict):
        return {key: _without_dead_links(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_without_dead_links(each) for each in value]
    return _LINK_TO_NOTHING.sub(r"\1", value) if isinstance(value, str) else value
