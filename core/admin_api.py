"""Wagtail's admin API, restricted to those who may see the records.

Wagtail's own asks no permission for pictures and documents: whoever may enter the admin
could list them all.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.documents.permissions import permission_policy as document_policy
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.images.permissions import permission_policy as image_policy

from core.publishing.permissions import may_change_content

_ACTIONS = ["add", "change", "choose"]


class ContentPagesAPIViewSet(PagesAdminAPIViewSet):
    """Wagtail's viewset; its actions are for users who may change page content.

    Publishing here, or going back to an older version, asks nobody what that would
    change; the page editor does. An action that is refused changes nothing.
    """

    def action_view(
        self, request: HttpRequest, pk: int, action_name: str
    ) -> HttpResponse:
        if not may_change_content(request.user):
            raise PermissionDenied
        with transaction.atomic():
            response: HttpResponse = super().action_view(request, pk, action_name)
        return response


class PermittedImagesAPIViewSet(ImagesAdminAPIViewSet):
    def get_queryset(self) -> Any:
        user = self.request.user
        allowed = image_policy.collections_user_has_any_permission_for(user, _ACTIONS)
        return super().get_queryset().filter(collection__in=allowed)


class PermittedDocumentsAPIViewSet(DocumentsAdminAPIViewSet):
    def get_queryset(self) -> Any:
        user = self.request.user
        allowed = document_policy.collections_user_has_any_permission_for(
            user, _ACTIONS
        )
        return super().get_queryset().filter(collection__in=allowed)
