"""Tasks that complete references with a known identifier."""

from collections.abc import Iterable

from django.conf import settings
from django.db import IntegrityError, transaction
from django_tasks import task
from wagtail.log_actions import log

from evidence.formats.records import Draft
from evidence.importing import looking_up
from evidence.importing.plan import changes, plan
from evidence.importing.rows import Action
from evidence.models import TO_BE_COMPLETED, Reference


def complete_later(pks: Iterable[int]) -> None:
    """Queue the completion of references, where the settings allow look-ups."""
    if settings.REFERENCE_LOOKUP:
        for pk in pks:
            complete.enqueue(pk)


@task()
def complete(pk: int) -> None:
    """Fill the blank fields of a reference from its register.

    What an editor has written in the meantime stays. Where the register knows nothing,
    the reference stays as it is: to be completed by hand.

    Raises:
        looking_up.NotReached: The register gave no answer.
    """
    reference = Reference.objects.unmerged().filter(pk=pk).first()
    if reference is None or not reference.title.startswith(TO_BE_COMPLETED):
        return
    found = looking_up.look_up(reference)
    if found is None:
        return
    # Whatever else the register says, it was asked about this one.
    found.fields |= {"doi": reference.doi} if reference.doi else {}
    found.fields |= {"pmid": reference.pmid} if reference.pmid else {}
    try:
        with transaction.atomic():
            _fill(pk, found)
    except IntegrityError:
        return  # its other number is another reference's: a duplicate, to be merged


def _fill(pk: int, found: Draft) -> None:
    [row] = plan([found])
    if row.action != Action.UPDATE or row.target != pk:
        return
    reference = Reference.objects.select_for_update().get(pk=pk)
    for name, value in changes(row, overwrite=False).items():
        setattr(reference, name, value)
    reference.save()
    log(instance=reference, action="wagtail.edit", content_changed=True)
