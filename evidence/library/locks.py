"""A lock that serialises imports and merges of references."""

from django.contrib.contenttypes.models import ContentType

from evidence.models import Reference


def wait_for_turn() -> None:
    """Hold the lock of imports and merges to the end of this transaction.

    Two who store the same file at once would store it twice: where a work has no number
    there is no constraint. Two who merge would each hold a record that the other wants.
    Who comes second sees what the first has stored.
    """
    library = ContentType.objects.get_for_model(Reference)
    ContentType.objects.select_for_update(no_key=True).get(pk=library.pk)
