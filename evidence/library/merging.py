"""Finds and merges duplicate references.

Texts go on citing the id they cite, in old versions and in drafts; a merged reference
stays as a signpost to the one that was kept (`ReferenceQuerySet.in_bulk`). So no
citation can be lost, and no text is rewritten.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Count, Model, Value
from django.db.models.functions import NullIf
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from evidence.library.completing import FIELDS, fills
from evidence.library.locks import wait_for_turn
from evidence.models import Reference

_UNIQUE = ["doi", "pmid"]
_BLANK: tuple[Any, ...] = ("", None, [])


def duplicates() -> models.QuerySet[Reference, str]:
    """Return the titles that several references share, for `of_titles`.

    Records of one title are one work unless their years differ or both have an
    identifier of the same kind (which never are the same: the database sees to that).
    """
    titles = Reference.objects.unmerged().order_by("title_key").values("title_key")
    blank = Value("")
    return (
        titles.annotate(
            records=Count("pk"),
            years=Count("issued_year", distinct=True),
            dois=Count(NullIf("doi", blank), distinct=True),
            pmids=Count(NullIf("pmid", blank), distinct=True),
        )
        .filter(records__gt=1, years__lt=2, dois__lt=2, pmids__lt=2)
        .values_list("title_key", flat=True)
    )


def of_titles(titles: Iterable[str]) -> list[list[Reference]]:
    """Return the references of each of ``titles``, as `duplicates` gives them."""
    groups: dict[str, list[Reference]] = {title: [] for title in titles}
    found = Reference.objects.unmerged().filter(title_key__in=groups)
    for reference in found.order_by("pk"):
        groups[reference.title_key].append(reference)
    return list(groups.values())


def check_identifiers(references: Collection[Reference]) -> None:
    """Refuse to merge records with different DOIs or PubMed numbers."""
    for name in _UNIQUE:
        borne = {getattr(one, name) for one in references} - {""}
        if len(borne) > 1:
            raise ValidationError(
                gettext(
                    "These are different works: {identifiers}. Correct the wrong "
                    "number first, if they are one work all the same."
                ).format(identifiers=gettext(" and ").join(sorted(borne)))
            )


def merge(kept: Reference, others: Collection[Reference], user: Model | None) -> None:
    """Merge references into ``kept``, filling its blank fields.

    What ``kept`` says already stays as it is; what it lacks is what an import would
    fill in (`evidence.library.completing.fills`).

    Raises:
        ValidationError: One of them was merged before, or is ``kept`` itself; or two
            bear different identifiers, and so are two works.
    """
    with transaction.atomic():
        wait_for_turn()
        _hold([kept, *others])
        check_identifiers([kept, *others])
        for other in others:
            said = {name: getattr(other, name) for name in FIELDS}
            known = {n: value for n, value in said.items() if value not in _BLANK}
            for name in [name for name in FIELDS if fills(name, known, kept)]:
                setattr(kept, name, known[name])
        pks = [other.pk for other in others]
        signposts = Reference.objects.filter(pk__in=pks)
        # Of what is unique there is one, so they let go before it is taken.
        signposts.update(merged_into=kept, **dict.fromkeys(_UNIQUE, ""))
        Reference.objects.filter(merged_into__in=pks).update(merged_into=kept)
        kept.save()
        for other in others:
            other.refresh_from_db()
            other.save()  # takes it out of the search
            log(
                instance=kept,
                action="evidence.merge",
                user=user,
                data={"merged": str(other)},
            )


def _hold(references: Sequence[Reference]) -> None:
    """Reload and lock the records.

    Raises:
        ValidationError: One of them is none any more, or here twice.
    """
    pks = [reference.pk for reference in references]
    found = Reference.objects.select_for_update().filter(pk__in=pks, merged_into=None)
    if len(found.order_by("pk").values_list("pk")) < len(pks):
        raise ValidationError(_("One of these has been merged already. Choose again."))
    for reference in references:
        reference.refresh_from_db()
