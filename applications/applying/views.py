"""The thank-you page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from applications.applying.asking import question_after
from applications.applying.tokens import FeedbackToken, application_pk
from applications.models.applications import Application
from core.views.private import keep_private


@require_safe
def thanks(request: HttpRequest, token: str) -> HttpResponse:
    """Show the reference number, and nothing else, to whoever has the address."""
    pk = application_pk(token)
    application = (
        Application.objects.select_related("definition__page")
        .defer("payload_digest")
        .filter(pk=pk)
        .first()
        if pk
        else None
    )
    if application is None:
        raise Http404("There is no such application.")
    page = application.definition.page
    context = page.get_context(request)
    page.seo_title = page.thanks_heading
    page.robots_index = "no"
    # Under a key of its own, made anew for each look: it leads to no application.
    context["question"] = question_after(FeedbackToken.new(application.definition_id))
    context["reference"] = application.reference
    context["may_return"] = bool(application.contact_hash)
    if application.is_entered:
        context["may_return"] = False
        if application.entered_by_id == request.user.pk:
            context["entered"] = application
    response = keep_private(
        TemplateResponse(request, "applications/thanks.html", context)
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return response
