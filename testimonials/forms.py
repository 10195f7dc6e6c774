"""The forms of those who tell stories, and of what they agree to."""

from operator import itemgetter
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as of_django
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from core.media.private_files import NotMoved, say
from core.models.shown_people import Shows
from core.persons.erasure_list import was_erased
from core.persons.person import CODE, name
from core.publishing.posted_form import CompleteModelForm


class SubjectForm(CompleteModelForm):
    """The form of a story's subject."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not (relation := self.fields.get("relation")):
            return
        asked = {"patient": _("patient only, and not paid for the story")}
        choices = [(key, asked.get(key, label)) for key, label in relation.choices]
        # Readers are told, so that somebody is to ask the person.
        if self.instance.pk is None:
            choices.insert(0, ("", "---------"))
            self.initial["relation"] = ""
        relation.choices = choices

    def clean_reference_code(self) -> str:
        code = str(self.cleaned_data["reference_code"])
        # Redoing that erasure would mean this person.
        is_new = code != self.initial.get("reference_code")
        if is_new and was_erased(name(CODE, code)):
            raise ValidationError(
                _("This code belonged to somebody who was erased. Take another.")
            )
        return code

    def _post_clean(self) -> None:
        super()._post_clean()
        portrait = self.instance.portrait
        if self.errors or not portrait or portrait.shows_people:
            return
        try:
            say(portrait, Shows.PEOPLE)
        except NotMoved as failure:
            self.add_error("portrait", failure.sentence)


class ConsentWordingForm(WagtailAdminModelForm):
    """A text that somebody has agreed to stays; whether people are asked may change."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        old = self.fields["language"]
        # Django's own catalogues hold these names: there is nothing to collect.
        languages = {code: of_django(str(name)) for code, name in settings.LANGUAGES}
        # One of before may be in none of them.
        languages.setdefault(self.instance.language, self.instance.language)
        self.fields["language"] = forms.ChoiceField(
            choices=sorted(languages.items(), key=itemgetter(1)),
            label=old.label,
            help_text=old.help_text,
        )
        if self.instance.is_used:
            for name, field in self.fields.items():
                # What is posted for a disabled field is ignored.
                field.disabled = name != "is_asked"
