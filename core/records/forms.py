"""Forms that refuse what published pages would print, before anything is done."""

from typing import Any

from django.utils.translation import gettext
from wagtail.admin.forms.models import WagtailAdminModelForm

from core.media.people_forms import VideoForm
from core.models.topics import Topic
from core.records.catching_up import catch_up
from core.records.printing import (
    may_change_printed,
    pages_read,
    why_not_yet,
    why_refused,
)

# Said by whoever keeps a film; no page prints them.
WHOM_IT_SHOWS = frozenset({"shows", "people"})


class TopicForm(WagtailAdminModelForm):
    """The form of a `core.Topic`: with a page of its own, pages list it."""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        hub = data.get("hub")
        if hub and "hub" in self.changed_data and not may_change_printed(self.for_user):
            if not catch_up():
                self.add_error("hub", why_not_yet())
            elif pages_read([Topic(hub=hub)]):
                self.add_error(
                    "hub",
                    gettext(
                        "Published pages list every topic that has a hub, so choosing "
                        "one alters them at once. Leave it empty, and ask a moderator "
                        "to choose it."
                    ),
                )
        return data


class PrintedVideoForm(VideoForm):
    """Refuses here, as the files are moved before the view hears of the form."""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        printed = set(self.changed_data) - WHOM_IT_SHOWS
        if not (self.instance.pk and printed):
            return data
        if not catch_up():
            self.add_error(None, why_not_yet())
        elif not may_change_printed(self._user) and pages_read([self.instance]):
            self.add_error(None, why_refused())
        return data
