"""Looks at all links on request, away from whoever asked."""

from django_tasks import task

from seo.links.others import check_others, is_allowed
from seo.links.walking import begin, walk

_AFTER_ALL_OTHERS = -60


@task(priority=_AFTER_ALL_OTHERS)
def look_at_links() -> None:
    """Walk through all pages; a second walk at the same time finds nothing to do."""
    if walk().cancelled_at or not is_allowed():
        return
    for _target in check_others():
        pass


def ask_for_a_look() -> None:
    """Begin a walk, so that it is seen at once that it goes on, and queue it."""
    begin()
    look_at_links.enqueue()
