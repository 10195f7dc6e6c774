"""Records who changed the metadata of a published page: before, after, when.

As entries of Wagtail's log, one for each field, so that they stand in the page's
history and outlive the page.
"""

from typing import Any

from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver
from wagtail.log_actions import get_active_log_context, log
from wagtail.models import Page, PageLogEntry, Revision

from seo.metadata.fields import logged, stored

CHANGED = "seo.metadata.changed"


def entries() -> Any:
    """Return the changes of all pages."""
    return PageLogEntry.objects.filter(action=CHANGED)


def newest(page_pk: int | None) -> int:
    """Return the number of a page's newest change, 0 for none."""
    if page_pk is None:
        return 0
    of_page = entries().filter(page=page_pk).order_by("-pk")
    return of_page.values_list("pk", flat=True).first() or 0


@receiver(pre_save)
def remember_what_was(
    sender: Any,
    instance: Any,
    raw: bool = False,
    update_fields: frozenset[str] | None = None,
    **kwargs: Any,
) -> None:
    """Keep on a page that readers see what they have seen until now.

    Nothing is kept of one that is not published: its drafts are stored in its own row.
    """
    if raw or not _has_metadata(instance) or instance._state.adding:
        return
    names = logged(sender)
    if update_fields is not None:
        names = [name for name in names if name in update_fields]
    if names and instance.live:
        wanted = ["live", "first_published_at", *names]
        before = sender._base_manager.filter(pk=instance.pk).only(*wanted).first()
        if before is not None and before.first_published_at:
            was = {name: stored(before, name) for name in names}
            published = {} if before.live else _last_published(instance.pk)
            instance._metadata_before = {n: published.get(n, was[n]) for n in names}


def _last_published(page_pk: int) -> dict[str, Any]:
    """Return the version that readers saw of a page that is published no more."""
    publications = PageLogEntry.objects.filter(
        page=page_pk,
        action__in=("wagtail.publish", "wagtail.publish.scheduled"),
        revision__isnull=False,
    )
    newest = publications.order_by("-pk").values_list("revision", flat=True).first()
    version = Revision.page_revisions.filter(pk=newest or 0).first()
    return version.content if version else {}


@receiver(post_save)
def log_what_changed(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Log each field that differs, with whoever is at work, or whose version it is."""
    for name, before in instance.__dict__.pop("_metadata_before", {}).items():
        if before == (after := stored(instance, name)):
            continue
        log(
            instance=instance,
            action=CHANGED,
            user=_author(instance),
            data={"field": name, "before": before, "after": after},
        )


def _author(page: Any) -> Any:
    active = get_active_log_context().user
    version = page.live_revision
    return active or (version.user if version else None)


def _has_metadata(instance: Any) -> bool:
    return isinstance(instance, Page) and hasattr(instance, "metadata_variables")
