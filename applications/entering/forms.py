"""What is asked before an application is entered."""

from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Site

from applications.admissions.rights import Right, forms_where
from applications.models.bases.entries import Channel, ConsentGiven
from applications.models.pages import ApplicationFormPage
from core.querysets import all_pages

# Rather a slip of the pen: what came before is soon due to be deleted.
_LONGEST_AGO = timedelta(days=366)


class EntryForm(forms.Form):
    """Which form, how it came and when, and how the applicant agreed."""

    form = forms.ModelChoiceField(
        ApplicationFormPage.objects.none(),
        empty_label=None,
        label=_("Form"),
        help_text=_(
            "Also one that is closed, paused, full or private: what you enter is "
            "stored all the same, and takes one of its places."
        ),
    )
    channel = forms.ChoiceField(
        choices=[each for each in Channel.choices if each[0] != Channel.WEB],
        widget=forms.RadioSelect,
        label=_("How it came"),
    )
    received_on = forms.DateField(
        widget=AdminDateInput,
        label=_("The day it came"),
        help_text=_("It counts as received on this day."),
    )
    consent_given = forms.ChoiceField(
        choices=ConsentGiven,
        widget=forms.RadioSelect,
        label=_("How the applicant agreed"),
        help_text=_(
            "The form asks what the applicant agrees to, in their words. Tick there "
            "only what they have agreed to; how they did is stored with it."
        ),
        error_messages={
            "required": _(
                "Say how the applicant agreed. Without their agreement it must not be "
                "entered."
            )
        },
    )
    tells_applicant = forms.BooleanField(
        required=False,
        label=_("Send them the reference number by e-mail, and news later"),
        help_text=_(
            "If they gave an address. Read it back to them first: somebody else's "
            "would be sent a link to their answers. Nothing is sent unless you tick "
            "this."
        ),
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.fields["received_on"].initial = localdate
        field: Any = self.fields["form"]
        # One that was never published asks nothing yet.
        asking = forms_where(request.user, Right.DECIDE).filter(
            pk__in=all_pages().published().values("pk"), definitions__isnull=False
        )
        field.queryset = asking.distinct().order_by("title")

    def clean_form(self) -> ApplicationFormPage:
        page: ApplicationFormPage = self.cleaned_data["form"]
        site = page.get_site()
        if site != Site.find_for_request(self.request):
            # The browser is signed in here, and not there.
            sentence = gettext(
                "This form belongs to another site. Sign in at {address} to enter it."
            )
            raise forms.ValidationError(sentence.format(address=site.root_url))
        return page

    def clean_received_on(self) -> Any:
        day, today = self.cleaned_data["received_on"], localdate()
        if day > today:
            raise forms.ValidationError(gettext("Choose a day that is not to come."))
        if today - day > _LONGEST_AGO:
            raise forms.ValidationError(gettext("Choose a day of the last year."))
        return day
