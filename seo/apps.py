"""The application's configuration."""

from django.apps import AppConfig


class SeoConfig(AppConfig):
    name = "seo"

    def ready(self) -> None:
        from wagtailseo.models import SeoSettings

        from seo.forms import SeoSettingsForm
        from seo.redirects import leaving, renaming, rules  # noqa: F401  (connect)

        # Where Wagtail looks for the form of a model that has no edit handler.
        SeoSettings.base_form_class = SeoSettingsForm
