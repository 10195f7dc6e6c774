"""Changes who may do what with a form's applications, and records it."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext
from wagtail.models import Page

from applications.models.log_entries import ApplicationLogEntry
from applications.models.pages import ApplicationFormPage
from applications.models.rights import FormRight, Right, with_contained

Rights = Mapping[int, set[Right]]


def granted(form: ApplicationFormPage) -> dict[int, set[Right]]:
    """Return what each group may do, by its number; groups without a right are not."""
    rights: dict[int, set[Right]] = {}
    for group, right in FormRight.objects.filter(form=form).values_list(
        "group", "right"
    ):
        rights.setdefault(group, set()).update(with_contained([right]))
    return rights


@transaction.atomic
def change(form: ApplicationFormPage, shown: Rights, ticked: Rights, user: Any) -> int:
    """Grant what was ticked since ``shown``, take what was not; return for how many.

    Only what the person changed is changed: what somebody else has granted or taken
    since the page was opened stays so. A right that another holds comes with it.

    Raises:
        core.encryption.KeysUnusableError: It cannot be recorded; nothing was changed.
    """
    # One at a time: each entry of the log says what was before.
    Page.objects.select_for_update().only("pk").get(pk=form.pk)
    current = granted(form)
    changed = 0
    for group in Group.objects.order_by("name"):
        was, now = shown.get(group.pk, set()), ticked.get(group.pk, set())
        before = current.get(group.pk, set())
        after = with_contained((before | (now - was)) - (was - now))
        if after == before:
            continue
        _store(form, group, after)
        ApplicationLogEntry.objects.log_action(
            form,
            "applications.rights",
            user=user,
            data={
                "group": group.name,
                "group_number": group.pk,
                "before": _in_order(before),
                "after": _in_order(after),
            },
        )
        changed += 1
    return changed


def _store(form: ApplicationFormPage, group: Group, rights: set[Right]) -> None:
    stored = FormRight.objects.filter(form=form, group=group)
    stored.exclude(right__in=rights).delete()
    FormRight.objects.bulk_create(
        [FormRight(form=form, group=group, right=right) for right in _in_order(rights)],
        ignore_conflicts=True,
    )


def _in_order(rights: set[Right]) -> list[str]:
    return [right.value for right in Right if right in rights]


def changed_words(data: dict[str, Any]) -> str:
    """Return what the log says, from an entry's data; they may have been erased."""
    return gettext("Rights of {group}: {before} → {after}").format(
        group=data.get("group", ""),
        before=_labels(data.get("before", [])),
        after=_labels(data.get("after", [])),
    )


def _labels(rights: list[str]) -> str:
    known = [right.label for right in Right if right.value in rights]
    return ", ".join(str(label) for label in known) or gettext("none")
