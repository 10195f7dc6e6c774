"""Choosers of pages, images and snippets, restricted to those who may choose."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBadRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext
from django.views.generic import View
from wagtail.admin.forms.choosers import (
    ExternalLinkChooserForm,
    URLOrAbsolutePathField,
)
from wagtail.admin.views.chooser import ChosenMultipleView, ExternalLinkView
from wagtail.admin.views.generic.chooser import CreateView
from wagtail.images.permissions import permission_policy as image_policy
from wagtail.images.views.chooser import ImageSelectFormatView
from wagtail.images.views.chooser import viewset as image_chooser
from wagtail.permissions import page_permission_policy
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
    SnippetCreateView,
)

from core.publishing.permissions import may_change_content


class ForWritersMixin(View):
    """Refuses users who may not change page content."""

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if not may_change_content(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class LibraryChooseView(ForWritersMixin, ChooseView):
    """The chooser as it opens."""


class LibraryChooseResultsView(ForWritersMixin, ChooseResultsView):
    """The chooser's search results."""


class LibraryChosenView(ForWritersMixin, SnippetChosenView):
    """Answers with the chosen record."""


class LibraryChosenMultipleView(ForWritersMixin, SnippetChosenMultipleView):
    """Answers with several chosen records."""


class NothingMadeMixin(View):
    """Refuses to create anything in a chooser without a form, where Wagtail fails."""

    def post(self, request: HttpRequest) -> HttpResponseBase:
        return HttpResponseBadRequest(
            gettext("Nothing can be made in this window. Choose from its list.")
        )


class NothingMadeView(NothingMadeMixin, CreateView):
    """The create view of a chooser without a form."""


class LibraryCreateView(NothingMadeMixin, SnippetCreateView):
    """The create view of the topic and video choosers."""


class LibraryChooserViewSet(SnippetChooserViewSet):
    """Chooses a topic or a video. Wagtail asks for a right only where one is made."""

    choose_view_class = LibraryChooseView
    choose_results_view_class = LibraryChooseResultsView
    chosen_view_class = LibraryChosenView
    chosen_multiple_view_class = LibraryChosenMultipleView
    create_view_class = LibraryCreateView


class PermittedSelectFormatView(ImageSelectFormatView):
    """The chooser's last step for rich text: format and alternative text.

    Wagtail asks for the right to choose the picture in the other steps.
    """

    def dispatch(
        self, request: HttpRequest, *args: Any, image_id: int, **kwargs: Any
    ) -> HttpResponseBase:
        image = get_object_or_404(self.model, pk=image_id)
        if not image_policy.user_has_permission_for_instance(
            request.user, "choose", image
        ):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(
            request, *args, image_id=image_id, **kwargs
        )
        return response


class PermittedChosenPagesView(ChosenMultipleView):
    """Answers with several chosen pages, for users who may choose pages.

    Wagtail's other page choosers ask the hook ``construct_page_chooser_queryset``.
    """

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if not page_permission_policy.explorable_instances(request.user).exists():
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response


class _AddressField(URLOrAbsolutePathField):
    def to_python(self, value: Any) -> Any:
        return super().to_python(value or "")


class AddressForm(ExternalLinkChooserForm):
    """Wagtail's form, which otherwise fails when no address was posted.

    Wagtail 7.4 has no issue for it. A test in tests/core/test_upstream.py fails once
    that is mended.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["url"] = _AddressField(label=self.fields["url"].label)


class AddressView(ExternalLinkView):
    """The chooser's form for external links."""

    form_class = AddressForm


# The address of Wagtail's own, which still gives it its name.
select_format = path(
    f"{image_chooser.url_prefix}/<int:image_id>/select_format/",
    PermittedSelectFormatView.as_view(
        model=image_chooser.model,
        preserve_url_parameters=image_chooser.preserve_url_parameters,
    ),
)
