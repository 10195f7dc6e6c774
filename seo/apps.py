"""The application's configuration."""

from django.apps import AppConfig


class SeoConfig(AppConfig):
    name = "seo"

    def ready(self) -> None:
        from wagtailseo.models import SeoSettings

        from seo import redirects  # noqa: F401  (connects them)
        from seo.forms import SeoSettingsForm

        # Where Wagtail looks for the form of a model that has no edit handler.
        SeoSettings.base_form_class = SeoSettingsForm
