"""What the admin is given of this room: addresses, and words for its log."""

from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from core.models.person_requests import PersonLogEntry, PersonRequest
from core.persons.erasing import ASKED, DONE, EXPORTED, FOUND
from core.persons.views import ErasePersonView, FindPersonView, PersonRequestView


def person_urls() -> list[URLPattern]:
    return [
        path("persons/", FindPersonView.as_view(), name="persons"),
        path("persons/<uuid:pk>/", PersonRequestView.as_view(), name="person_request"),
        path(
            "persons/<uuid:pk>/erase/", ErasePersonView.as_view(), name="erase_person"
        ),
    ]


def person_actions(actions: Any) -> None:
    actions.register_model(PersonRequest, PersonLogEntry)
    actions.register_action(FOUND, _("Look for a person"), _("Looked for a person"))
    actions.register_action(EXPORTED, _("Export a person"), _("Exported a person"))
    actions.register_action(ASKED, _("Have a person erased"), _("Had a person erased"))
    actions.register_action(DONE, _("Finish erasing"), _("Finished erasing"))
