"""The application's configuration."""

from django.apps import AppConfig


class SeoConfig(AppConfig):
    name = "seo"

    def ready(self) -> None:
        from django.core.signals import request_finished
        from wagtailseo.models import SeoSettings

        from seo.forms import SeoSettingsForm
        from seo.not_found.counting import write
        from seo.redirects import renaming  # noqa: F401  (connects it)

        # Where Wagtail looks for the form of a model that has no edit handler.
        SeoSettings.base_form_class = SeoSettingsForm
        request_finished.connect(write, dispatch_uid="seo.not_found")
