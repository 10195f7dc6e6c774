"""Looks at all links on request, away from whoever asked."""

from django_tasks import task

from seo.links.models import LinkWalk
from seo.links.walking import begin, go_on

_AFTER_ALL_OTHERS = -60
# A worker does one task after another: e-mails must not wait for a whole walk.
_SECONDS = 15


@task(priority=_AFTER_ALL_OTHERS)
def look_at_links(pk: int) -> None:
    """Go on with a walk for a while, and queue what is left of it."""
    walk = LinkWalk.objects.filter(pk=pk, finished_at=None, cancelled_at=None).first()
    if walk and go_on(walk, seconds=_SECONDS):
        look_at_links.enqueue(pk)


def ask_for_a_look() -> None:
    """Begin a walk, so that it is seen at once that it goes on, and queue it."""
    look_at_links.enqueue(begin().pk)
