"""The application's configuration."""

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "review"

    def ready(self) -> None:
        from core.persons import registry as persons
        from delivery import calendar
        from delivery.visibility import hide_insertions, hide_models
        from review import prefetch, rules  # noqa: F401  (registers them)
        from review.accessibility import documents  # noqa: F401  (listens)
        from review.feedback.personal_data import ReportsByReaders
        from review.lapses import next_lapse
        from review.personal_data import Reviews, mentions

        calendar.register(next_lapse)
        persons.register(Reviews())
        persons.register(ReportsByReaders())
        for mention in mentions():
            persons.register(mention)
        hide_models(
            "review.ChecklistItem",
            "review.CredentialCheck",
            "review.DocumentCheck",
            "review.MedicalReviewTask",
            "review.ReaderReport",
            "review.Reviewer",
            "review.ReviewReminder",
            "review.UsefulCount",
        )
        # Readers see a record once a version that it covers is published.
        hide_insertions("review.ReviewRecord")
