"""The panel in which members of staff choose what they are told of each day."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from review.due.listing import for_staff
from review.models.due import DigestChoice


class DigestChoiceForm(forms.ModelForm[DigestChoice]):
    class Meta:
        model = DigestChoice
        fields = ["what", "days_ahead"]
        widgets = {"what": forms.RadioSelect}

    def save(self, commit: bool = True) -> DigestChoice:
        """Store the choice, once however often it is pressed."""
        choice, _is_new = DigestChoice.objects.update_or_create(
            user=self.instance.user, defaults=self.cleaned_data
        )
        return choice


class DigestPanel(BaseSettingsPanel):
    """Shown to whomever anything of what is due concerns."""

    name = "due"
    title = _("What is due")
    tab = notifications_tab
    order = 210
    template_name = "review/admin/due/account.html"

    def is_active(self) -> bool:
        return for_staff(self.user)

    def get_form(self) -> Any:
        choice = DigestChoice.objects.filter(user=self.user).first()
        choice = choice or DigestChoice(user=self.user)
        # A page that was opened before the panel was there does not post it.
        is_posted = f"{self.name}-what" in self.request.POST
        data = self.request.POST if is_posted else None
        return DigestChoiceForm(data, instance=choice, prefix=self.name)
