"""Answers an editor's form with how the page would look, without storing anything.

These are Wagtail's views of its preview, which know the form, the page and who may
change it. Those keep what was posted for a window that asks later; these answer.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.text import slugify
from wagtail.admin.views.pages import preview


class _AnswersAtOnce:
    """Renders ``seo/snippets/fragment.html`` of what is posted.

    Where the form is not valid, the answer is 422 with the reasons; 409 where parts of
    it are missing.
    """

    http_method_names = ("post",)

    object: Any
    get_form: Any
    validate_form: Any

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        posted = request.POST.copy()
        if not posted.get("slug"):
            # As the editor's own script would make it; Wagtail would take any letters.
            posted["slug"] = slugify(posted.get("title", ""), allow_unicode=True)
        form = self.get_form(posted)
        if not self.validate_form(form):
            # A form that lacks blocks, for it is being loaded, is not wrong.
            status = 409 if _lacks_parts(form) else 422
            reasons = {"form": form}
            return render(request, "seo/snippets/errors.html", reasons, status=status)
        page = form.save(commit=False)
        if not page.is_site_root():
            # Where it would be with the address that is typed.
            page.set_url_path(form.parent_page)
        response: HttpResponse = page.snippets(request)
        return response


def _lacks_parts(form: Any) -> bool:
    posted = [form.data, *(rows.data for rows in form.formsets.values())]
    return any(getattr(data, "is_incomplete", False) for data in posted)


class SnippetsOnEdit(_AnswersAtOnce, preview.PreviewOnEdit):
    """Of a page that is stored."""


class SnippetsOnAdd(_AnswersAtOnce, preview.PreviewOnCreate):
    """Of a page that was never saved."""


def urlpatterns() -> list[URLPattern]:
    return [
        path(
            "pages/<int:page_id>/edit/snippets/",
            SnippetsOnEdit.as_view(),
            name="seo_snippets_on_edit",
        ),
        path(
            "pages/add/<slug:content_type_app_name>/<slug:content_type_model_name>/"
            "<int:parent_page_id>/snippets/",
            SnippetsOnAdd.as_view(),
            name="seo_snippets_on_add",
        ),
    ]
