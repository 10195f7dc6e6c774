"""The part of a form in which staff say whom a picture or film shows."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.log_actions import log

from core.media.coverage import keeper
from core.media.private_files import (
    FILES,
    NotMoved,
    copy_into_place,
    let_go_of_replaced_files,
    put_in_place,
    say,
)
from core.models.images import SiteImage
from core.models.shown_people import Shows

# What the picture's or film's history calls it.
TAKEN_BACK = "core.shows.taken_back"
# The columns that follow from a file.
_MEASURES = {(SiteImage, "file"): ("width", "height", "file_size", "file_hash")}

# Generic in its types only.
_ModelForm: Any = forms.ModelForm


class ShowsPeopleForm(_ModelForm):
    """Says whom a record shows, and moves its files; both or neither.

    Whoever may edit it may say so. Taking it back makes files public that somebody
    wanted private, so it needs the right of those who keep the consents, and is logged.
    """

    people: Any = forms.ModelMultipleChoiceField(
        queryset=None,
        required=False,
        label=_("People it shows"),
        help_text=_(
            "By their code. Each of them must consent. Hold Ctrl (on a Mac: Command) "
            "to choose several."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Forms of pictures and of snippets call whoever fills them in differently.
        self._user = kwargs.get("user") or kwargs.get("for_user")
        super().__init__(*args, **kwargs)
        self._before = (self.instance.shows, set[int]())
        self._copied = frozenset[str]()
        known = keeper()
        if known is None or "shows" not in self.fields:
            self.fields.pop("people", None)
            return
        shown = known.shown_by(self.instance)
        self._before = (self.instance.shows, set(shown))
        people: Any = self.fields["people"]
        people.queryset = known.people()
        self.initial["people"] = list(shown)

    def clean(self) -> dict[str, Any]:
        super().clean()
        data: dict[str, Any] = self.cleaned_data
        if "people" not in self.fields or "people" not in data:
            return data
        if not self._was_posted("shows"):
            # A form of files alone, such as one that takes many at once.
            data["shows"], people = self._before
            data["people"] = self.fields["people"].queryset.filter(pk__in=people)
        elif data["people"] and data.get("shows") == Shows.NOBODY:
            self.add_error(
                "shows",
                _("People are chosen below. Take them out, or say that it shows them."),
            )
        elif data["people"]:
            data["shows"] = Shows.PEOPLE
        elif data.get("shows") == Shows.PEOPLE:
            self.add_error(
                "people",
                _("Choose who it is, or say that nobody could be recognised."),
            )
        if self._is_unsaid():
            # Perhaps by a form that was opened before somebody said so.
            self.add_error(
                "shows",
                _("It shows people. To take that back, say whom it shows instead."),
            )
        elif self._takes_back() and not self._may_take_back():
            self.add_error(
                "people" if data.get("shows") == Shows.PEOPLE else "shows",
                _(
                    "Only those who keep the consents may take back whom it shows. Ask "
                    "one of them."
                ),
            )
        return data

    def _was_posted(self, name: str) -> bool:
        return self.add_prefix(name) in self.data

    def _people(self) -> Collection[int]:
        return {each.pk for each in self.cleaned_data.get("people", ())}

    def _is_unsaid(self) -> bool:
        said = self.cleaned_data.get("shows", Shows.PEOPLE)
        return self._before[0] == Shows.PEOPLE and said == ""

    def _takes_back(self) -> bool:
        shows, people = self._before
        if shows != Shows.PEOPLE:
            return False
        still = self.cleaned_data.get("shows") == Shows.PEOPLE
        return not still or bool(people - set(self._people()))

    def _may_take_back(self) -> bool:
        known, user = keeper(), self._user
        return bool(known and user and user.has_perm(known.permission))

    def _post_clean(self) -> None:
        """Put the files in their place, where a failure can still be told."""
        super()._post_clean()
        if self.errors or "people" not in self.fields:
            return
        try:
            if self.instance.shows_people:
                self._store_uploads()
                self._protect_companions()
            if self.instance.pk and self.instance.shows != self._before[0]:
                self._move_what_is_stored()
        except (NotMoved, OSError):
            self.add_error("shows", NotMoved.sentence)

    def _store_uploads(self) -> None:
        for field in FILES[type(self.instance)]:
            file = getattr(self.instance, field)
            if file and not file._committed:
                file.save(file.name, file.file, save=False)

    def _move_what_is_stored(self) -> None:
        """Move the files of the stored record to where those of the new one belong."""
        model = type(self.instance)
        stored = model._default_manager.get(pk=self.instance.pk)
        kept = [name for name in FILES[model] if name not in self.changed_data]
        if stored.shows_people and len(kept) < len(FILES[model]):
            # What is replaced shows people whatever its successor does: it must not
            # become public on the way. Whom the record shows is stored with the rest.
            names = copy_into_place(stored, self.instance.shows, kept)
            self._copied = frozenset(kept)
        else:
            say(stored, self.instance.shows)
            names = {name: getattr(stored, name).name for name in kept}
        for field, name in names.items():
            getattr(self.instance, field).close()
            self.instance.__dict__[field] = name

    def _protect_companions(self) -> None:
        """Protect what shows the same people: a poster, a picture for the dark."""
        for name in ("poster", "for_dark"):
            other = getattr(self.instance, name, None)
            if other and not other.shows:
                say(other, Shows.PEOPLE)

    def save(self, commit: bool = True) -> Any:
        if not commit:
            return super().save(commit=False)
        self._store_uploads()  # which may take a while: others need not wait
        with transaction.atomic():
            self._leave_what_others_have_stored()
            saved = super().save()
            put_in_place(type(saved), saved.pk)  # where another has said so
            self._store_people()
        return saved

    def _leave_what_others_have_stored(self) -> None:
        """Read anew what this form does not change, for somebody may have meanwhile.

        Django stores every column. That of a file would name one that was replaced.
        """
        model = type(self.instance)
        kept = [
            column
            for field in FILES[model]
            if field not in self.changed_data and field not in self._copied
            for column in (field, *_MEASURES.get((model, field), ()))
        ]
        if self.instance.shows == self._before[0]:
            kept.append("shows")
        locked = model._base_manager.select_for_update().filter(pk=self.instance.pk)
        stored = locked.values("pk", *kept).first() or {}
        self.instance.__dict__.update({name: stored[name] for name in kept if stored})

    def _store_people(self) -> None:
        known = keeper()
        if known is None or "people" not in self.fields:
            return
        if set(self._people()) != self._before[1]:
            known.store(self.instance, self._people())
        if self._takes_back():
            let_go_of_replaced_files(type(self.instance), self.instance.pk)
            log(self.instance, TAKEN_BACK, user=self._user)


class VideoForm(ShowsPeopleForm, WagtailAdminModelForm):
    """The form of a `core.Video`."""
