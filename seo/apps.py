"""The application's configuration."""

from django.apps import AppConfig


class SeoConfig(AppConfig):
    name = "seo"

    def ready(self) -> None:
        from wagtailseo.models import SeoSettings

        from seo.forms import SeoSettingsForm
        from seo.metadata import changes  # noqa: F401  (connects it)
        from seo.redirects import renaming  # noqa: F401  (connects it)

        # Where Wagtail looks for the form of a model that has no edit handler.
        SeoSettings.base_form_class = SeoSettingsForm
