"""Hands an applicant's file to those who have revealed the application."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.log_actions import log

from applications.admissions.recording import RecordedMixin
from applications.admissions.revealing import revealed_until
from applications.admissions.rights import Right, allowed
from applications.models.applications import Application
from applications.models.uploads import Upload
from applications.uploads.field import file_texts
from applications.uploads.stored import read
from core.encryption import EncryptionError

# Opened in spite of everything, it runs nothing and asks for nothing.
_POLICY = "default-src 'none'; sandbox"


def shown_files(application: Application) -> dict[str, list[dict[str, Any]]]:
    """Return files by question: ``{"name" or "problem", "size", "scan", "url"}``.

    There is no address of one that is not handed out.
    """
    shown: dict[str, list[dict[str, Any]]] = {}
    for upload in application.uploads.all():
        file: dict[str, Any] = {"size": upload.size, "scan": upload.get_scan_display()}
        try:
            file["name"] = upload.name
        except EncryptionError as error:
            file["problem"] = error.sentence
        else:
            if upload.is_lost:
                file["scan"] = gettext("It is lost: ask the applicant for it again")
            elif upload.can_be_read:
                file["url"] = reverse("application:file", args=[upload.pk])
        shown.setdefault(upload.question, []).append(file)
    return shown


def with_files(
    application: Application, answers: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return the shown answers with ``files`` in each, as they are now."""
    files = shown_files(application)
    for answer in answers:
        answer["files"] = files.get(answer["question"]["id"], [])
        named = [file for file in answer["files"] if "name" in file]
        names = file_texts({"files": named, "later": False})
        # Their names stand with the files, and not once more among the words.
        given = answer.get("given", [])
        answer["given"] = [text for text in given if text not in names]
    return answers


class FileView(RecordedMixin, PermissionCheckedMixin, View):
    """Sends one file to be saved, never to be shown; that is recorded."""

    http_method_names = ["get"]
    permission_required = "view"
    model: ClassVar[Any] = None
    permission_policy: Any = None
    inspect_url_name = ""

    def get(self, request: HttpRequest, pk: Any) -> HttpResponseBase:
        # Those of a draft are nobody's but the applicant's.
        readable = allowed(request.user, Right.REVEAL)
        uploads = Upload.objects.filter(application__in=readable)
        upload = get_object_or_404(uploads.select_related("application"), pk=pk)
        if not revealed_until(request, upload.application_id):
            return self._instead(
                request,
                upload.application,
                gettext("Files are handed out once you have said why: reveal them."),
            )
        if not upload.can_be_read:
            return self._instead(
                request,
                upload.application,
                gettext("This file is not handed out: a virus was found in it."),
            )
        # First the log, then the file: nobody reads unrecorded.
        log(instance=upload.application, action="applications.file")
        try:
            name, pieces = upload.name, read(upload)
        except EncryptionError as error:
            return self._instead(request, upload.application, error.sentence)
        response = StreamingHttpResponse(pieces, content_type=upload.content_type)
        # By it a browser notices that a file which was altered ends too early.
        response.headers["Content-Length"] = str(upload.size)
        response.headers["Content-Disposition"] = content_disposition_header(True, name)
        response.headers["Content-Security-Policy"] = _POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        patch_cache_control(response, no_store=True, private=True)
        return response

    def _instead(
        self, request: HttpRequest, application: Application | None, sentence: Any
    ) -> HttpResponseBase:
        assert application  # noqa: S101  (its queryset has no other)
        messages.error(request, sentence)
        return redirect(reverse(self.inspect_url_name, args=[application.pk]))
