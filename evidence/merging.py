"""Duplicates in the library, and making one record of them.

Texts go on citing the id they cite, in old versions and in drafts; a merged reference
stays as a signpost to the one that was kept (`ReferenceQuerySet.in_bulk`). So no
citation can be lost, and no text is rewritten.
"""

from collections.abc import Collection, Iterable

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Count, Model, Value
from django.db.models.functions import NullIf
from wagtail.log_actions import log

from evidence.formats.records import FIELDS
from evidence.models import Reference
from evidence.vocabulary import Status

# What one record may have and another may lack.
_FILLED = [name for name in FIELDS if name not in {"csl_type", "title", "status"}]
_UNIQUE = ["doi", "pmid"]
# From what readers need not be told to what they must be.
_GRAVITY = [Status.CURRENT, Status.CORRECTED, Status.CONCERN, Status.RETRACTED]


def duplicates() -> models.QuerySet[Reference, str]:
    """Return the titles of references that look like one work, for `of_titles`.

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
    """Refuse records of which two bear different DOIs or PubMed numbers."""
    for name in _UNIQUE:
        borne = {getattr(one, name) for one in references} - {""}
        if len(borne) > 1:
            raise ValidationError(
                f"These are different works: {' and '.join(sorted(borne))}. Correct "
                "the wrong number first, if they are one work all the same."
            )


def merge(kept: Reference, others: Collection[Reference], user: Model | None) -> None:
    """Make one record of several: ``kept``, with what only the others know.

    What ``kept`` says already stays as it is. A standing that readers must be told of,
    such as retracted, is taken over.

    Raises:
        ValidationError: One of them was merged before, or is ``kept`` itself; or two
            bear different identifiers, and so are two works.
    """
    if any(one.merged_into_id for one in [kept, *others]) or kept in others:
        raise ValidationError("One of these has been merged already. Choose again.")
    check_identifiers([kept, *others])
    with transaction.atomic():
        for name in _FILLED:
            for other in others:
                if not getattr(kept, name):
                    setattr(kept, name, getattr(other, name))
        standings = [Status(one.status) for one in [kept, *others]]
        kept.status = max(standings, key=_GRAVITY.index)
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
