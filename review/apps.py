"""The application's configuration."""

from django.apps import AppConfig
from django.core import checks


class ReviewConfig(AppConfig):
    name = "review"

    def ready(self) -> None:
        from core.history import telling
        from core.persons import registry as persons
        from core.text import completing
        from delivery import calendar
        from delivery.visibility import hide_insertions, hide_models
        from evidence.rules import cited
        from review import prefetch, rules  # noqa: F401  (registers them)
        from review.accessibility import documents  # noqa: F401  (listens)
        from review.accessibility import rules as pdf_rules  # noqa: F401  (registers it)
        from review.checks import months_are_typed
        from review.due import rules as due_rules  # noqa: F401  (registers it)
        from review.due.feed import ending  # noqa: F401  (listens)
        from review.feedback import unsent  # noqa: F401  (registers it)
        from review.feedback.personal_data import ReportsByReaders
        from review.history.keeping import keep_corrections
        from review.history.settled import settled_ids
        from review.history.telling import HistoryTeller
        from review.lapses import next_lapse
        from review.personal_data import EarlierVersions, Invitations, Reviews, mentions
        from review.second_factor import reviews
        from users import second_factor

        checks.register(months_are_typed)
        calendar.register(next_lapse)
        second_factor.register(reviews)
        completing.register(keep_corrections)
        telling.register(HistoryTeller())
        cited.leave_out(settled_ids)
        persons.register(Reviews())
        persons.register(Invitations())
        persons.register(EarlierVersions())
        persons.register(ReportsByReaders())
        for mention in mentions():
            persons.register(mention)
        hide_models(
            "review.CalendarAddress",
            "review.ChecklistItem",
            "review.CredentialCheck",
            "review.CredentialCheckSettings",
            "review.DigestChoice",
            "review.Invitation",
            "review.DocumentCheck",
            "review.MedicalReviewTask",
            "review.ReaderReport",
            "review.Reviewer",
            "review.ReviewReminder",
            "review.ReviewReminder_missed",
            "review.ToldOf",
            "review.UsefulCount",
        )
        # Readers see a record once a version that it covers is published.
        hide_insertions("review.ReviewRecord")
