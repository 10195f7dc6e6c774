"""What Wagtail and tasks keep of a record beside its row.

Who did what, and when, stays in logs; what an entry says goes.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django_tasks_db.models import DBTaskResult
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Revision

from core.models.chained_log import ChainedLogEntry
from seo.not_found.storing import forget
from seo.redirects.addresses import canonical


def scrub_log(record: models.Model) -> None:
    """Take the words from all that logs say of ``record``, before it is deleted."""
    if isinstance(record, Page):
        entries = PageLogEntry.objects.filter(page_id=record.pk)
        entries.update(label="", data={})
        return
    log: Any = registry.get_log_model_for_instance(record)
    if log and issubclass(log, ChainedLogEntry):
        log.objects.for_instance(record).erase_words()
    types = ContentType.objects.get_for_models(
        type(record), for_concrete_models=False
    ).values()
    ModelLogEntry.objects.filter(
        content_type__in=types, object_id=str(record.pk)
    ).update(label="", data={})


def forget_tasks(keys: Iterable[str]) -> int:
    """Delete tasks, done or waiting, of which an argument is one of ``keys``."""
    named = Q(pk__in=[])
    for key in keys:
        named |= Q(arguments__contains=f'"{key}"')
    texts = DBTaskResult.objects.annotate(
        arguments=Cast("args_kwargs", models.TextField())
    )
    deleted, _ = texts.filter(named).delete()
    return deleted


def delete_page(page: Page) -> list[str]:
    """Delete a page with its versions, redirects, references and rows of the 404 log.

    Returns:
        The paths at which it has stood, at whichever site.
    """
    redirects = Redirect.objects.filter(redirect_page=page)
    paths = [path for path in (page.get_url_parts() or ("", "", ""))[2:] if path]
    paths += redirects.values_list("old_path", flat=True)
    redirects.delete()
    Redirect.objects.filter(old_path__in=_as_redirects_have_it(paths)).delete()
    forget(paths)
    versions = Revision.objects.for_instance(page.specific)
    # Fresh, since what was deleted before has changed the tree. Before its versions,
    # some of which a published correction keeps as long as there is the page.
    Page.objects.get(pk=page.pk).delete()
    versions.delete()
    # After it: deleting is logged, too.
    scrub_log(page)
    return list(dict.fromkeys(paths))


def _as_redirects_have_it(paths: Iterable[str]) -> list[str]:
    return [canonical(path) for path in paths]
