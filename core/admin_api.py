"""The API that Wagtail's admin talks to, for those whom it concerns.

Wagtail's own asks no permission for pictures and documents: whoever may enter the admin
could list them all.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.documents.permissions import permission_policy as document_policy
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.images.permissions import permission_policy as image_policy

from core.permissions import may_change_content

_ACTIONS = ["add", "change", "choose"]


class ContentPagesAPIViewSet(PagesAdminAPIViewSet):
    """Wagtail's own; its actions are for those who may change what pages say.

    Publishing here, or going back to an older version, asks nobody what that would
    change; the page editor does.
    """

    def action_view(
        self, request: HttpRequest, pk: int, action_name: str
    ) -> HttpResponse:
        if not may_change_content(request.user):
            raise PermissionDenied
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
