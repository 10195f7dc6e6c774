"""The admin's pages of the register: what somebody agreed to, and their documents.

Each look and each file saved is written to a log before anything is shown.
"""

from contextlib import suppress
from typing import Any

from django.db import transaction
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Site

from core.encryption import EncryptionError, KeysUnusableError
from testimonials.consent import documents
from testimonials.consent.forms import DocumentForm, LinkForm
from testimonials.consent.links import end_link, last_link, mail_link
from testimonials.consent.recording import LOOKED, SAVED, SEEN_TO, record
from testimonials.models.consent import Consent
from testimonials.models.consent_document import ConsentDocument
from testimonials.models.subject import Subject

READ = "testimonials.view_consent"
ADD = "testimonials.add_consent"
CHANGE = "testimonials.change_consent"
# Opened in spite of everything, it runs nothing and asks for nothing.
_POLICY = "default-src 'none'; sandbox"


class _ForReaders(View):
    """Refuses whoever may not read the register, as the admin refuses."""

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if not request.user.has_perm(READ):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)


@method_decorator(never_cache, name="dispatch")
class RegisterView(_ForReaders, WagtailAdminTemplateMixin, TemplateView):
    """All that one person agreed to; takes scans, and mails the person's link."""

    template_name = "testimonials/consent/register.html"
    header_icon = "user"
    _show_breadcrumbs = True
    page_title = _("Consent register")

    @cached_property
    def subject(self) -> Subject:
        found: Subject = get_object_or_404(Subject, pk=self.kwargs["pk"])
        return found

    @cached_property
    def consents(self) -> list[Consent]:
        consents = self.subject.consents.select_related("wording")
        return list(consents.prefetch_related("documents"))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        subjects = {
            "url": reverse("story_subjects:index"),
            "label": Subject._meta.verbose_name_plural,
        }
        here = {"url": "", "label": self.page_title}
        return [*self.breadcrumbs_items, subjects, here]

    def get_page_subtitle(self) -> str:
        return self.subject.reference_code

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        last = last_link(self.subject)
        return {
            **super().get_context_data(**kwargs),
            "subject": self.subject,
            "consents": self.consents,
            "may_change": self.request.user.has_perm(CHANGE),
            "last_link": last,
            "document_form": kwargs.get("document_form") or DocumentForm(self.subject),
            "link_form": kwargs.get("link_form") or LinkForm(last),
        }

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._shown()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(CHANGE):
            return permission_denied(request)
        if request.POST.get("act") == "link":
            return self._mail(LinkForm(last_link(self.subject), request.POST))
        if request.POST.get("act") == "end":
            return self._end()
        if request.POST.get("act") == "elsewhere":
            return self._see_to(request.POST.get("consent", ""))
        return self._keep(DocumentForm(self.subject, request.POST, request.FILES))

    def _shown(self, status: int = 200, **forms: Any) -> HttpResponse:
        """Show the register once it is in the log that somebody looks at it."""
        try:
            record(self.consents, LOOKED, self.request.user)
        except KeysUnusableError as error:
            messages.error(self.request, str(error.sentence))
            return redirect("story_subjects:index")
        return self.render_to_response(self.get_context_data(**forms), status=status)

    def _end(self) -> HttpResponse:
        # Without a key the page says so.
        with suppress(KeysUnusableError):
            end_link(self.subject, self.request.user)
            messages.success(self.request, gettext("The link leads nowhere any more."))
        return redirect("story_subjects:register", self.subject.pk)

    def _see_to(self, pk: str) -> HttpResponse:
        """Keep that somebody has seen to social media and print."""
        waiting = self.subject.consents.to_see_to_elsewhere()
        with suppress(KeysUnusableError), transaction.atomic():
            for consent in waiting.select_for_update():
                if str(consent.pk) == pk:
                    record([consent], SEEN_TO, self.request.user)
                    consent.elsewhere_done_at = timezone.now()
                    consent.save(update_fields=["elsewhere_done_at"])
        # Without a key the page says so.
        return redirect("story_subjects:register", self.subject.pk)

    def _keep(self, form: DocumentForm) -> HttpResponse:
        if not form.is_valid():
            return self._shown(422, document_form=form)
        consent, name = form.cleaned_data["consent"], form.cleaned_data["file"].name
        try:
            documents.keep(consent, name, form.content, self.request.user)
        except documents.StoreDown:
            form.add_error(
                "file",
                gettext("It could not be stored. Try again."),
            )
            return self._shown(503, document_form=form)
        except KeysUnusableError as error:
            form.add_error("file", str(error.sentence))
            return self._shown(503, document_form=form)
        messages.success(self.request, gettext("The signed document is kept."))
        return redirect("story_subjects:register", self.subject.pk)

    def _mail(self, form: LinkForm) -> HttpResponse:
        if not form.is_valid():
            return self._shown(422, link_form=form)
        site = Site.find_for_request(self.request) or Site.objects.first()
        if site is None:
            raise Http404
        try:
            email = form.cleaned_data["email"] or str(form.last.email)
            mail_link(self.subject, email, site, self.request.user)
        except EncryptionError as error:
            form.add_error("email", str(error.sentence))
            return self._shown(503, link_form=form)
        messages.success(
            self.request,
            gettext("The link is on its way. Links sent before no longer work."),
        )
        return redirect("story_subjects:register", self.subject.pk)


class DocumentView(_ForReaders):
    """Sends one signed document to be saved, never to be shown; that is recorded."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, pk: Any) -> HttpResponseBase:
        found = ConsentDocument.objects.select_related("consent")
        document = get_object_or_404(found, pk=pk)
        try:
            pieces = documents.read(document)
            first = next(pieces)
            name = str(document.name)
            record([document.consent], SAVED, request.user)
        except EncryptionError as error:
            messages.error(request, str(error.sentence))
            return redirect("story_subjects:register", document.consent.subject_id)
        response = StreamingHttpResponse(
            _joined(first, pieces), content_type=document.content_type
        )
        response.headers["Content-Disposition"] = content_disposition_header(True, name)
        response.headers["Content-Security-Policy"] = _POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cache-Control"] = "private, no-store"
        return response


def _joined(first: bytes, rest: Any) -> Any:
    yield first
    yield from rest
