"""The application's configuration."""

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from core import tasks  # noqa: F401  (connects what tries them again)
        from core.admin import optional_packages, wagtail_patches
        from core.assignments import waiting  # noqa: F401  (connects it)
        from core.checks import left_undone
        from core.checks.keys import keys_open_what_is_kept
        from core.checks.production import tasks_wait_for_a_worker
        from core.encryption import find_more_keys
        from core.keys.data_keys import reading_key
        from core.keys.holdings import register_holding
        from core.keys.seals import Seals
        from core.keys.second_factors import SecondFactors
        from core.media import signals as media_signals  # noqa: F401  (connects them)
        from core.models.organisation import Organisation
        from core.page_language import follow_language_code
        from core.persons import mentions
        from core.persons import registry as persons
        from core.persons.accounts import Accounts
        from core.persons.erasure_list import ListKey
        from core.persons.requests import Requests
        from core.persons.waiting_mail import WaitingMail
        from core.publishing import live_problems, signals  # noqa: F401  (connect)
        from core.publishing.rules import (  # noqa: F401  (registers them)
            buttons,
            completeness,
            expiry,
            heading_links,
            headings,
            links,
            pictures,
            placeholders,
            repetition,
            search_results,
            structured_data,
            videos,
        )
        from core.querysets import all_pages, next_end
        from core.text.translations import keep_translations
        from delivery import calendar
        from delivery.once import once_per_generation
        from delivery.visibility import hide_insertions, hide_models
        from seo import readers
        from seo.crawling import inheriting

        optional_packages.leave_out()
        keep_translations()
        find_more_keys(reading_key)
        readers.register(all_pages, Organisation.of, calendar.period)
        register_holding(SecondFactors())
        register_holding(Seals())
        register_holding(ListKey())
        persons.register(WaitingMail())
        persons.register(Requests())
        persons.register(Accounts())
        for mention in mentions.kinds():
            persons.register(mention)
        calendar.register(next_end)
        calendar.register(inheriting.next_end)
        inheriting.register_branches(once_per_generation(inheriting.read_branches))
        checks.register(tasks_wait_for_a_worker, deploy=True)
        checks.register(keys_open_what_is_kept, checks.Tags.database)
        checks.register(left_undone.left_undone, left_undone.TAG)
        for work in left_undone.WORK:
            left_undone.register(work)
        post_migrate.connect(follow_language_code, sender=self)
        wagtail_patches.apply()
        hide_insertions("core.SiteRendition")
        hide_models(
            "core.Assignment",
            "core.BegunErasureList",
            "core.DataKey",
            "core.LatestVersion",
            "core.LiveProblem",
            "core.LogEnd",
            "core.MailRecord",
            "core.OutgoingMail",
            "core.PersonLogEntry",
            "core.PersonRequest",
            "core.ReplacedFile",
            # Below delivery's line, so that it cannot say so itself.
            "seo.Link",
            "seo.LinkTarget",
            "seo.LinkWalk",
            "seo.PageReach",
            "seo.NotFoundAddress",
            "seo.NotFoundDay",
            "seo.RedirectHits",
        )
