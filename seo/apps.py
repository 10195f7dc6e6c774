"""The application's configuration."""

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_init


class SeoConfig(AppConfig):
    name = "seo"

    def ready(self) -> None:
        from django.core.signals import request_finished
        from wagtail.models import Site
        from wagtailseo.models import SeoSettings

        from seo.crawling import changed, indexnow, site_record  # noqa: F401  (connects)
        from seo.metadata import changes  # noqa: F401  (connects it)
        from seo.not_found.counting import write
        from seo.redirects import leaving, renaming, rules  # noqa: F401  (connect)

        # Where Wagtail looks for the form. The organisation has a record of its own,
        # so that wagtail-seo's own fields for it are asked of nobody (ADR 30).
        SeoSettings.panels = SeoSettings.panels[:1]
        request_finished.connect(write, dispatch_uid="seo.not_found")
        checks.register(indexnow.key_is_one)
        post_init.connect(site_record.write_https, sender=Site)
        checks.register(site_record.agrees_with_base_url, checks.Tags.database)
        checks.register(site_record.agrees_as_deployed, deploy=True)
