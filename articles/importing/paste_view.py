"""Answers the editor, which asks what becomes of a pasted text."""

from django.http import HttpRequest, JsonResponse
from wagtail.models import Site

from articles.importing.reading.sources import Refused
from core.admin.choosers import ForWritersMixin


class PasteView(ForWritersMixin):
    """Reads ``html`` from a form, and answers with blocks; nothing is stored.

    What cannot be read is answered with 422 and a sentence as ``error``. What reads it
    is imported by the first request: most processes never get one.
    """

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> JsonResponse:
        from articles.importing.pasting import Pasted

        html = request.POST.get("html", "")
        try:
            pasted = Pasted(html, Site.find_for_request(request))
        except Refused as refused:
            return JsonResponse({"error": str(refused)}, status=422)
        return JsonResponse(pasted.as_json())
