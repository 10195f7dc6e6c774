"""What the admin is given of the register: addresses, buttons, and the wordings."""

from typing import Any

from django.contrib.admin.utils import unquote
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.views.generic.models import EditView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.permissions import ModelPermissionPolicy

from core.encryption import KeysUnusableError
from testimonials.consent.recording import LOOKED, record
from testimonials.consent.register_views import (
    ADD,
    CHANGE,
    READ,
    DocumentView,
    RegisterView,
)
from testimonials.models.consent import Consent
from testimonials.models.subject import Subject
from testimonials.models.wording import ConsentWording, WordingInUse


def register_urls() -> list[URLPattern]:
    return [
        path("register/<int:pk>/", RegisterView.as_view(), name="register"),
        path("documents/<uuid:pk>/", DocumentView.as_view(), name="document"),
    ]


class SubjectEditView(EditView):
    """A subject's form, which shows the consents: a look at it is recorded."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        register = Button(
            _("Consent register"),
            url=reverse("story_subjects:register", args=[self.object.pk]),
            icon_name="doc-full",
            priority=30,
        )
        return [*super().header_more_buttons, register]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().get(request, *args, **kwargs)
        return self._once_recorded(response)

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show what was typed, and with it the consents, as `get` does."""
        response: HttpResponse = super().form_invalid(form)
        return self._once_recorded(response)

    def _once_recorded(self, response: HttpResponse) -> HttpResponse:
        """Return ``response`` once it is in the log that somebody looks."""
        try:
            # Of a form with errors the subject has consents that are not stored.
            consents = Consent.objects.filter(subject=self.object.pk)
            record(consents, LOOKED, self.request.user)
        except KeysUnusableError as error:
            messages.error(self.request, str(error.sentence))
            return redirect("story_subjects:index")
        return response

    @transaction.atomic
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save what is as the form found it: it stores every consent of the subject.

        What the person does meanwhile waits, or was done before the form is read.
        """
        pk = unquote(str(self.kwargs["pk"]))
        if pk.isascii() and pk.isdecimal():
            Subject.objects.select_for_update().filter(pk=pk).first()
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response


class KeptPolicy(ModelPermissionPolicy):
    """Lets nobody delete what a consent needs: whose it is, and what was asked."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "delete" and bool(super().user_has_permission(user, action))

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class WordingEditView(EditView):
    """A text's form; somebody may agree to it while it is open."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except WordingInUse:
            form.add_error(
                None,
                gettext(
                    "Somebody has agreed to this text meanwhile, so it stays as it is. "
                    "Save yours as a new version: More > Copy."
                ),
            )
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()
            response = self.form_invalid(form)
        return response


class ConsentWordingViewSet(ModelViewSet):
    """The texts in which people are asked."""

    model = ConsentWording
    name = "consent_wordings"
    icon = "doc-full"
    menu_label = _("Consent wordings")
    menu_order = 260
    add_to_admin_menu = True
    copy_view_enabled = True
    edit_view_class = WordingEditView
    list_display = ["version", "language", "purpose", "is_asked", "created_at"]
    list_filter = ["language", "is_asked"]
    search_fields = ["version", "purpose"]

    @property
    def permission_policy(self) -> KeptPolicy:
        return KeptPolicy(self.model)


def may_write(user: Any) -> bool:
    """Return whether ``user`` may read, add, confirm and withdraw consents."""
    return bool(user.has_perms([READ, ADD, CHANGE]))


consent_wording_viewset = ConsentWordingViewSet()
