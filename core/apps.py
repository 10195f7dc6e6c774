"""The application's configuration."""

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from core import tasks  # noqa: F401  (connects what tries them again)
        from core.admin import wagtail_patches
        from core.checks import tasks_wait_for_a_worker
        from core.media import signals as media_signals  # noqa: F401  (connects them)
        from core.page_language import follow_language_code
        from core.publishing import live_problems, signals  # noqa: F401  (connect)
        from core.publishing.rules import (  # noqa: F401  (registers them)
            buttons,
            completeness,
            heading_links,
            headings,
            links,
            pictures,
            placeholders,
            repetition,
            search_results,
            videos,
        )
        from core.querysets import all_pages, next_end
        from delivery import calendar
        from delivery.visibility import hide_insertions, hide_models
        from seo import readers

        readers.register(all_pages)
        calendar.register(next_end)
        checks.register(tasks_wait_for_a_worker, deploy=True)
        post_migrate.connect(follow_language_code, sender=self)
        wagtail_patches.apply()
        hide_insertions("core.SiteRendition")
        hide_models(
            "core.LatestVersion",
            "core.LiveProblem",
            "core.OutgoingMail",
            "core.ReplacedFile",
        )
