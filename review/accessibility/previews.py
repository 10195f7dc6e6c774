"""What previews of blocks show in place of a record of the site's own."""

from django.utils import timezone

from review.models.audits import AccessibilityAudit


def sample_audit() -> AccessibilityAudit:
    """Return an invented audit, which is not stored."""
    return AccessibilityAudit(
        audited_on=timezone.localdate(),
        kind=AccessibilityAudit.Kind.OWN,
        audited_by="the staff of the clinic",
        outcome=AccessibilityAudit.Outcome.PARTIAL,
        tested="Every kind of page, with a keyboard and a screen reader.",
        problems="Films have no description of what is seen.",
    )
