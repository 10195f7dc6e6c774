"""What readers are told where a story stood that is no longer shown."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def taken_back(request: HttpRequest) -> HttpResponse:
    """Answer 410 with kind words and no reason: that is the person's own."""
    response = render(request, "testimonials/taken_back.html", status=410)
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "no-store"
    return response
