"""Publishes metadata beside content: on every version that readers get or may get.

An SEO specialist's change must not wait for an editor's draft, nor carry it along, nor
be undone by it. So what her form says is put onto the published page and, in place,
into each version that may yet be published: the newest draft, what is scheduled, what
is being approved. There a value of the version's own stays, unless she has changed it.
No version is added, so that nobody who writes is interrupted. What was there before is
in the change log (docs/adr/0031).
"""

from collections.abc import Collection
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from wagtail.log_actions import LogContext
from wagtail.models import Page, Revision, TaskState

from core.publishing import gate
from core.publishing.permissions import may_change_content, metadata_names
from core.publishing.versions import changes_content
from seo.crawling.stored import with_rules
from seo.metadata.fields import put, stored

# What cannot be changed on several versions at once: addresses have redirects.
_GOES_WITH_THE_PAGE = frozenset({"slug"})


def must_go_beside(draft: Any, user: Any) -> bool:
    """Return whether ``user`` cannot publish ``draft`` without others' work in it.

    Also where a lock, an approval under way or a schedule would be in the way.
    """
    if may_change_content(user) or not Page.objects.filter(pk=draft.pk, live=True):
        return False
    lock = draft.get_lock()
    return bool(
        (lock and lock.for_user(user))
        or draft.current_workflow_state
        or draft.scheduled_revision
        or changes_content(draft, metadata_names(type(draft)))
    )


def values_of(draft: Any) -> dict[str, Any]:
    """Return the metadata of ``draft`` that can be published beside its content."""
    plain = {field.name for field in draft._meta.concrete_fields}
    names = (metadata_names(type(draft)) & plain) - _GOES_WITH_THE_PAGE
    return {name: stored(draft, name) for name in sorted(names)}


@transaction.atomic
def publish_beside(
    page_pk: int,
    values: dict[str, Any],
    user: Any,
    untouched: Collection[str] = (),
) -> list[str]:
    """Put ``values`` onto the published page and into all versions to come.

    Args:
        page_pk: The page's, which is no alias.
        values: By field, as `seo.metadata.fields.stored` gives them.
        user: Who publishes.
        untouched: The fields of ``values`` that ``user`` has left as they were shown.
            A version to come keeps what it says of its own there.

    Returns:
        The names of the fields that have changed for readers.

    Raises:
        core.publishing.gate.PublishBlocked: A value has problems of its own.
        django.core.exceptions.ValidationError: A value is invalid.
    """
    # Two who publish at once come one after the other.
    base = Page.objects.select_for_update().get(pk=page_pk)
    live = base.specific_class.objects.get(pk=page_pk)
    before = {name: stored(live, name) for name in values}
    changed = [name for name, value in values.items() if before[name] != value]
    for name in changed:
        put(live, name, values[name])
    _check(live, changed)
    if changed:
        with LogContext(user=user):
            live.save(update_fields=changed, clean=False)
            _put_onto_aliases(live, {name: values[name] for name in changed})
    for version in _to_come(live).select_for_update():
        content = with_rules(version.content)
        content = content | {
            name: value
            for name, value in values.items()
            if name not in untouched or content.get(name) == before[name]
        }
        if content != version.content:
            Revision.objects.filter(pk=version.pk).update(content=content)
    return changed


def _put_onto_aliases(page: Any, values: dict[str, Any]) -> None:
    """Put ``values`` onto the aliases of ``page`` and theirs, published or not."""
    for alias in type(page).objects.filter(alias_of=page):
        for name, value in values.items():
            put(alias, name, value)
        alias.save(update_fields=list(values), clean=False)
        _put_onto_aliases(alias, values)


def _check(page: Any, changed: list[str]) -> None:
    """Ask fields and gate about what was changed, and about nothing else."""
    others = [f.name for f in page._meta.concrete_fields if f.name not in changed]
    page.clean_fields(exclude=others)
    found = [each for each in gate.publishing_problems(page) if each.field in changed]
    if found:
        raise gate.PublishBlocked(page, found)


def _to_come(page: Any) -> models.QuerySet[Revision]:
    """Return the version that readers see and those that they may see yet."""
    under_way = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    versions: models.QuerySet[Revision] = Revision.page_revisions.filter(
        Q(pk__in=[page.live_revision_id or 0, page.latest_revision_id or 0])
        | Q(approved_go_live_at__isnull=False)
        | Q(pk__in=under_way.values("revision")),
        object_id=str(page.pk),
    )
    return versions
