"""The application's configuration."""

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_init


class SeoConfig(AppConfig):
    name = "seo"

    def ready(self) -> None:
        from wagtail.models import Site
        from wagtailseo.models import SeoSettings

        from seo.crawling import indexnow, site_record
        from seo.forms import SeoSettingsForm
        from seo.redirects import renaming  # noqa: F401  (connects it)

        # Where Wagtail looks for the form of a model that has no edit handler.
        SeoSettings.base_form_class = SeoSettingsForm
        checks.register(indexnow.key_is_one)
        post_init.connect(site_record.write_https, sender=Site)
        checks.register(site_record.agrees_with_base_url, checks.Tags.database)
        checks.register(site_record.agrees_as_deployed, deploy=True)
