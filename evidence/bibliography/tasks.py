"""A task that renders entries after a bulk write."""

from django.db.models import Q
from django_tasks import task

from evidence.bibliography import entries
from evidence.models import Reference


@task()
def fill_blank() -> None:
    """Render the missing entries of references.

    In the styles that sites use: another one is made when somebody asks for it.
    """
    # Created in bulk it is NULL, updated in bulk it is JSON's null.
    blank = Reference.objects.filter(Q(entries__isnull=True) | Q(entries=None))
    for _ in entries.fill_all(blank, entries.in_use()):
        pass
