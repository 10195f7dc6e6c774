"""The last step of the link chooser: which heading of the page."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.permissions import page_permission_policy

from core.text.heading_links import headings_of


def choose_heading(request: HttpRequest, page_id: int) -> HttpResponseBase:
    """Offer the headings of a page, and the page as a whole.

    Only pages that the user finds in the explorer, as in the steps before.
    """
    pages = page_permission_policy.explorable_instances(request.user)
    page = get_object_or_404(pages, pk=page_id).specific
    headings = headings_of(page)
    answer: HttpResponseBase = (
        render_modal_workflow(
            request,
            "core/chooser/headings.html",
            None,
            {"page": page, "headings": headings},
            json_data={"step": "headings"},
        )
        if headings
        else render_modal_workflow(None, None, None, json_data={"step": "whole_page"})
    )
    return answer
