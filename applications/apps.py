"""The application's configuration."""

from django.apps import AppConfig
from django.core import checks


class ApplicationsConfig(AppConfig):
    name = "applications"

    def ready(self) -> None:
        from applications.applying import (
            going_on,
            unsent,  # noqa: F401  (registers itself)
        )
        from applications.checks import DELETIONS, field_keys
        from applications.composing import (  # registers them
            exit_rules,  # noqa: F401
            file_rules,  # noqa: F401
            route_rules,  # noqa: F401
            rules,  # noqa: F401
        )
        from applications.contacts import ContactHashes, LinkHashes
        from applications.inbox.mailings import links
        from applications.mailed import APPLICATION  # (connects itself)
        from applications.personal_acts import ACTS
        from applications.personal_data import KINDS, files
        from applications.uploads import deleting  # noqa: F401  (connects itself)
        from applications.uploads.renewing import Files
        from core.checks import left_undone
        from core.keys.holdings import register_holding
        from core.outbox.records import register_links
        from core.persons import registry as persons
        from core.views.csrf import answers_gone, finds_page
        from delivery.visibility import hide_models

        hide_models(
            "applications.AccessLink",
            "applications.Answer",
            "applications.Application",
            "applications.ConsentRevocation",
            "applications.Decision",
            "applications.DeletedApplication",
            "applications.Draft",
            "applications.ApplicationLogEntry",
            "applications.ApplicationNote",
            "applications.ApplicationState",
            "applications.Feedback",
            "applications.FormCount",
            "applications.FormRight",
            "applications.FurtherQuestion",
            "applications.LinkRequest",
            "applications.Opinion",
            "applications.DecisionReason",
            "applications.SecondReader",
            "applications.NotificationChoice",
            "applications.SentDigest",
            "applications.Upload",
        )
        for kind in KINDS:
            persons.register(kind())
        for act in ACTS:
            persons.register_act(act())
        register_links(APPLICATION, links)
        persons.register_sealed(files)
        register_holding(Files())
        register_holding(ContactHashes())
        register_holding(LinkHashes())
        finds_page(going_on.page_of)
        answers_gone(going_on.answer_expired)
        checks.register(field_keys, checks.Tags.security)
        left_undone.register(DELETIONS)
