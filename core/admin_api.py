"""What the admin's own API tells of pictures and documents, and to whom.

Wagtail's asks no permission: whoever may enter the admin could list every picture.
"""

from typing import Any

from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.documents.permissions import permission_policy as document_policy
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.images.permissions import permission_policy as image_policy

_ACTIONS = ["add", "change", "choose"]


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
