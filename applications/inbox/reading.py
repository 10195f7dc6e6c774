"""The page of one application: its answers, and how it is handled."""

from typing import Any
from uuid import uuid4

from applications.admissions.rights import Right
from applications.admissions.views import InspectApplicationView
from applications.inbox.mailings import shown_mails
from applications.inbox.news import told_words
from applications.inbox.note_views import NoteForm
from applications.inbox.noting import shown_notes
from applications.inbox.states import state_of, states_of
from applications.inbox.views import UNDO_FORM
from applications.models.applications import Application


class HandledApplicationView(InspectApplicationView):
    """Shows the answers, and what can be done with the application next."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["state"] = state_of(self.object)
        context["mails"] = shown_mails(self.object)
        context["may_send"] = Right.DECIDE in self.rights
        if Right.READ in self.rights:
            context["notes"] = shown_notes(self.object, self.request.user)
        if Right.DECIDE in self.rights:
            context["note_form"], context["note_key"] = NoteForm(), uuid4()
            if self.object.status != Application.Status.WITHDRAWN:
                context["undo_form"] = UNDO_FORM
                context["told"] = told_words(self.object)
                context["states"] = self._next_states(context["state"].key)
        return context

    def _next_states(self, current: str) -> list[Any]:
        return [
            state
            for state in states_of(self.object.definition.page)
            if state.key != current and state.status != Application.Status.WITHDRAWN
        ]
