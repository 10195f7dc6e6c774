"""What follows from a change of consent, away from whoever made it."""

from django_tasks import task

from testimonials.beyond_consent import withhold_what_is_beyond_consent


@task()
def withhold_files() -> None:
    """Put away the files that no consent covers any more; bring the others back."""
    withhold_what_is_beyond_consent()
