"""What this app registers with Wagtail."""

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet

from testimonials.viewsets import subject_chooser_viewset, subject_viewset


@hooks.register("register_admin_viewset")
def register_subjects() -> list[ViewSet]:
    return [subject_viewset, subject_chooser_viewset]
