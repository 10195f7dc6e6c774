"""The panel in which members of staff choose what they are told of."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from applications.admissions.rights import Right, is_granted
from applications.models.notification_choices import NotificationChoice


class NotificationChoiceForm(forms.ModelForm[NotificationChoice]):
    hour = forms.TypedChoiceField(
        label=_("Once a day at"),
        coerce=int,
        choices=[(hour, f"{hour:02}:00") for hour in range(24)],
    )

    class Meta:
        model = NotificationChoice
        fields = ["how", "hour"]
        widgets = {"how": forms.RadioSelect}

    def save(self, commit: bool = True) -> NotificationChoice:
        """Store the choice, the first time once however often it is pressed."""
        choice, _is_new = NotificationChoice.objects.update_or_create(
            user=self.instance.user, defaults=self.cleaned_data
        )
        return choice


class NotificationChoicePanel(BaseSettingsPanel):
    """Shown to whoever may see the applications of any form."""

    name = "applications"
    title = _("Applications")
    tab = notifications_tab
    order = 200

    def is_active(self) -> bool:
        return is_granted(self.user, Right.SEE)

    def get_form(self) -> NotificationChoiceForm:
        choice = NotificationChoice.objects.filter(user=self.user).first()
        choice = choice or NotificationChoice(user=self.user)
        # A page that was opened before the panel was there does not post it.
        is_posted = f"{self.name}-how" in self.request.POST
        data = self.request.POST if is_posted else None
        return NotificationChoiceForm(data, instance=choice, prefix=self.name)
