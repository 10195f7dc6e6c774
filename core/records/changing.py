"""Asks before a record is changed that published pages print, and logs what was."""

from collections.abc import Collection
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.log_actions import LogFormatter, log
from wagtail.models import Page

from core.records.catching_up import catch_up
from core.records.printing import (
    may_change_printed,
    pages_printing,
    why_not_yet,
    why_refused,
)

CHANGED = "core.printed_record.changed"  # in the record's history
# Names in the form of the question.
_AGREED, _BACK = "agreed_to_pages", "back_to_form"
_QUESTION = "core/admin/pages_that_change.html"
# As many pages are named; of the others, how many.
PAGES_NAMED = 50
# Characters of a value that are shown, and how many of them before what has changed.
_SHOWN, _BEFORE = 500, 60


class PrintedRecordMixin:
    """An edit view of records that published pages print.

    Stands before Wagtail's `EditView`. Who lacks the permission gets their form back;
    who has it sees which pages change, before anything is saved.
    """

    request: HttpRequest
    object: Any

    def pages_printing(self) -> Collection[Page]:
        """Return the published pages that print the record."""
        return pages_printing([self.object])

    def is_known(self) -> bool:
        """Return whether all these pages are known: what waits is read first."""
        return catch_up()

    def is_free(self, name: str, before: Any, after: Any) -> bool:
        """Return whether anybody may give a field this value, and at once."""
        return False

    # Fields of which the log says that they changed, and not what they say.
    unsaid: Collection[str] = ()

    def can_ask(self, form: Any) -> bool:
        """Return whether the form can be posted again by the question, as it was."""
        return not self.request.FILES

    # What anybody may change all the same, as a sentence.
    what_is_free: str | Promise = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form, and tell first whoever may not change it."""
        response: HttpResponse = super().get(request, *args, **kwargs)  # type: ignore[misc]
        if not may_change_printed(request.user) and self.pages_printing():
            sentence = gettext(
                "Published pages print this, so that only moderators change it. Ask "
                "one of them."
            )
            messages.info(request, f"{sentence} {self.what_is_free}".strip())
        return response

    def form_valid(self, form: Any) -> HttpResponse:
        before = _values(form)
        asked = {
            name
            for name in form.changed_data
            if not self.is_free(
                name, form.initial.get(name), form.cleaned_data.get(name)
            )
        }
        if asked and not self.is_known():
            return self._again(form, why_not_yet())
        # What readers see is of all pages that print it now, also if nobody is asked.
        pages = list(self.pages_printing()) if form.changed_data else []
        if asked and pages:
            if not may_change_printed(self.request.user):
                form.add_error(None, why_refused())
                return self._again(form)
            if _BACK in self.request.POST:
                return self._again(form, gettext("Nothing is saved yet."))
            digest = _digest(form, pages)
            if not self.can_ask(form):
                messages.warning(self.request, _is_seen(len(pages)))
            elif self.request.POST.get(_AGREED) != digest:
                return self._ask(form, before, pages, digest)
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        if pages:
            after, user = _values(form), self.request.user
            log_change(self.object, before, after, pages, user, self.unsaid)
        return response

    def _again(self, form: Any, sentence: str = "") -> HttpResponse:
        """Show the form with what was typed, and that it was not saved."""
        view: Any = self
        view.produced_error_code = "validation_error"
        view.produced_error_message = sentence or view.get_error_message()
        response: HttpResponse = view.form_invalid(form)
        return response

    def _ask(
        self, form: Any, before: dict[str, str], pages: list[Page], digest: str
    ) -> HttpResponse:
        posted = [
            (name, value)
            for name, values in self.request.POST.lists()
            if name not in (_AGREED, "csrfmiddlewaretoken")
            for value in values
        ]
        context = {
            "kind": capfirst(self.object._meta.verbose_name),
            "changed": [
                (
                    _verbose_name(type(self.object), name),
                    *excerpts(before.get(name, ""), value),
                )
                for name, value in values_of(form.instance, form.changed_data).items()
            ],
            "pages": pages[:PAGES_NAMED],
            "count": len(pages),
            "more": max(len(pages) - PAGES_NAMED, 0),
            "posted": posted,
            "agreed": _AGREED,
            "digest": digest,
            "back": _BACK,
        }
        return TemplateResponse(self.request, _QUESTION, context)


def log_change(
    record: Any,
    before: dict[str, str],
    after: dict[str, str],
    pages: Collection[Page],
    user: Any,
    unsaid: Collection[str] = (),
) -> None:
    """Keep what a record said before and says now, and on how many pages.

    Whole, but for the fields ``unsaid``, of which it is only kept that they changed.
    """
    changed = {
        name: ["…", "…"] if name in unsaid else [before.get(name, ""), value]
        for name, value in after.items()
        if before.get(name, "") != value
    }
    if changed:
        data = {"changed": changed, "pages": sorted(page.pk for page in pages)}
        log(record, CHANGED, user=user, data=data)


def values_of(record: Any, names: Collection[str]) -> dict[str, str]:
    """Return what a record's fields say, as whole texts."""
    fields = {field.name: field for field in record._meta.concrete_fields}
    said = {
        name: fields[name].value_from_object(record) for name in names if name in fields
    }
    return {name: "" if value is None else str(value) for name, value in said.items()}


def excerpts(before: str, after: str) -> tuple[str, str]:
    """Return two texts as they are shown: long ones from where they begin to differ.

    Without their markup, unless it is all that differs, as where a link leads.
    """
    words = strip_tags(before), strip_tags(after)
    if words[0] != words[1]:
        before, after = words
    differ = (
        at for at, (a, b) in enumerate(zip(before, after, strict=False)) if a != b
    )
    same = next(differ, min(len(before), len(after)))
    is_long = max(len(before), len(after)) > _SHOWN
    begin = max(same - _BEFORE, 0) if is_long else 0
    return _cut(before, begin), _cut(after, begin)


def _cut(text: str, begin: int) -> str:
    end = begin + _SHOWN
    return f"{'…' if begin else ''}{text[begin:end]}{'…' if text[end:] else ''}"


def _is_seen(count: int) -> str:
    return ngettext(
        "{count} published page prints this: readers see the change now.",
        "{count} published pages print this: readers see the change now.",
        count,
    ).format(count=count)


def _values(form: Any) -> dict[str, str]:
    """Return what is stored in the fields that the form changes."""
    record = type(form.instance)._default_manager.filter(pk=form.instance.pk).first()
    return values_of(record, form.changed_data) if record else {}


def _digest(form: Any, pages: Collection[Page]) -> str:
    """Return a digest of what was asked: what is typed, and the pages it changes."""
    typed = {name: str(form.cleaned_data.get(name)) for name in form.changed_data}
    asked = repr((sorted(typed.items()), sorted(page.pk for page in pages)))
    return sha256(asked.encode()).hexdigest()


class PrintedRecordFormatter(LogFormatter):
    """A record was changed that published pages print."""

    label = _("Change what published pages print")

    def format_message(self, log_entry: Any) -> str:
        changed = log_entry.data.get("changed", {})
        count = len(log_entry.data.get("pages", []))
        told = "; ".join(
            gettext("{field}: “{before}” became “{after}”").format(
                field=_label(log_entry, name), before=before, after=after
            )
            for name, said in changed.items()
            for before, after in [excerpts(*said)]
        )
        return ngettext(
            "Changed on {count} published page. {said}",
            "Changed on {count} published pages. {said}",
            count,
        ).format(count=count, said=told)


def _label(log_entry: Any, name: str) -> str:
    return _verbose_name(log_entry.content_type.model_class(), name)


def _verbose_name(model: Any, name: str) -> str:
    fields = {field.name: field for field in model._meta.concrete_fields}
    return str(capfirst(fields[name].verbose_name)) if name in fields else name
