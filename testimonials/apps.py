"""The application's configuration."""

from django.apps import AppConfig

from core.blocks.outside_people import register_people

# Before any model is made, and the streams with it.
register_people(
    "testimonials.quoting.choosing.people_in_videos",
    "testimonials.quoting.outside_video.someone_withholds",
)


class TestimonialsConfig(AppConfig):
    name = "testimonials"

    def ready(self) -> None:
        from core.checks import left_undone
        from core.keys.holdings import register_holding
        from core.persons import registry as persons
        from delivery import calendar
        from delivery.visibility import hide_fields, hide_models
        from testimonials import (  # noqa: F401  (registers them)
            appearances,
            personal_data,
            prefetch,
            signals,
        )
        from testimonials.consent import mending  # noqa: F401  (connects itself)
        from testimonials.consent.address_hashes import SubjectLinkHashes
        from testimonials.consent.checks import DOCUMENTS, STORE, STORIES
        from testimonials.consent.documents import SignedConsents, sealed
        from testimonials.quoting import personal_data as quoting_data
        from testimonials.quoting import (  # noqa: F401  (registers them)
            posters,
        )
        from testimonials.quoting import (  # noqa: F401  (registers them)
            prefetch as quoting_prefetch,
        )
        from testimonials.quoting import (  # noqa: F401  (registers them)
            rules as quoting_rules,
        )
        from testimonials.quoting.versions import QuotingVersions
        from testimonials.rules import (  # noqa: F401  (registers them)
            consent,
            naming,
            results,
            timeliness,
        )
        from testimonials.stories.calendar import (
            next_turn_of_consents,
            next_turn_of_stories,
        )

        calendar.register(next_turn_of_consents)
        calendar.register(next_turn_of_stories)
        left_undone.register(STORIES)
        left_undone.register(DOCUMENTS)
        left_undone.register(STORE)
        persons.register(personal_data.Subjects())
        persons.register(quoting_data.Quotations())
        persons.register(QuotingVersions())
        persons.register_act(personal_data.Withdrawing())
        persons.register_sealed(sealed)
        register_holding(SignedConsents())
        register_holding(SubjectLinkHashes())
        hide_models(
            # It answers where no page does, and no such answer is stored.
            "testimonials.ErasedAddress",
            # Of these a person's own page alone shows something, which is not stored.
            "testimonials.ConsentDocument",
            "testimonials.ConsentLogEntry",
        )
        # Readers see of how many people there is one.
        hide_fields("testimonials.SubjectLink", ("email_hash", "revoked_at"))
