"""Every address of the admin, found by walking the resolver, and what leads there.

A new address with an argument that nothing here knows fails the tests that ask for
``arguments``: say in ``RECORDS`` or ``WORDS`` what stands there.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from wagtail.admin.models import EditingSession
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.contrib.settings.registry import registry as settings_registry
from wagtail.models import (
    GroupApprovalTask,
    Page,
    Revision,
    Site,
    TaskState,
    WorkflowState,
    get_page_models,
)

Arguments = dict[str, Any]


@dataclass(frozen=True)
class Address:
    """One pattern of the resolver under /admin/."""

    name: str
    route: str
    parameters: tuple[str, ...]
    view: Any

    @property
    def view_class(self) -> type | None:
        return getattr(self.view, "view_class", None)

    @property
    def model(self) -> Any:
        """The model of a generic view, as its viewset or its class says."""
        given = getattr(self.view, "view_initkwargs", {})
        model = given.get("model") or getattr(self.view_class, "model", None)
        if isinstance(model, str):
            return apps.get_model(model)
        return model if isinstance(model, type) else None

    def path(self, arguments: Arguments) -> str:
        if "compare" in self.route:
            return reverse(self.name, args=list(arguments.values()))
        return reverse(self.name, kwargs=arguments)


def addresses() -> list[Address]:
    """Return every named address under /admin/."""
    return [
        address
        for address in _walk(get_resolver().url_patterns)
        if address.route.startswith("admin/") and address.name.strip(":")
    ]


def _walk(
    patterns: list[Any], route: str = "", namespace: str = ""
) -> Iterator[Address]:
    for pattern in patterns:
        here = f"{route}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            inner = (
                f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            )
            yield from _walk(pattern.url_patterns, here, inner)
        elif isinstance(pattern, URLPattern):
            regex = pattern.pattern.regex
            names = tuple(pattern.pattern.converters) or tuple(
                f"group{number}" for number in range(1, regex.groups + 1)
            )
            name = f"{namespace}{pattern.name or ''}"
            yield Address(name, here, names, pattern.callback)


# --- What stands there ----------------------------------------------------------------

# The model of whose records a parameter is the number, or for ``pk`` an address, where
# its view does not say.
RECORDS = {
    "page_id": "wagtailcore.Page",
    "page_pk": "wagtailcore.Page",
    "assignment_id": "core.Assignment",
    "site_pk": "wagtailcore.Site",
    "parent_page_id": "wagtailcore.Page",
    "page_to_move_id": "wagtailcore.Page",
    "destination_id": "wagtailcore.Page",
    "index_pk": "articles.ArticleIndexPage",
    "image_id": "core.SiteImage",
    "document_id": "wagtaildocs.Document",
    "doc_id": "wagtaildocs.Document",
    "uploaded_file_id": "wagtailcore.UploadedFile",
    "redirect_id": "wagtailredirects.Redirect",
    "query_id": "wagtailsearchpromotions.Query",
    "collection_id": "wagtailcore.Collection",
    "session_id": "wagtailadmin.EditingSession",
    "task_id": "wagtailcore.Task",
    "task_state_id": "wagtailcore.TaskState",
    "workflow_pk": "wagtailcore.Workflow",
    "workflow_state_id": "wagtailcore.WorkflowState",
    "review_invitations": "wagtailcore.Page",
    "wagtailadmin_api:pages:detail": "wagtailcore.Page",
    "wagtailadmin_api:pages:action": "wagtailcore.Page",
    "wagtailadmin_api:documents:detail": "wagtaildocs.Document",
    "wagtailadmin_api:images:detail": "core.SiteImage",
    "wagtailadmin_workflows:enable": "wagtailcore.Workflow",
    "wagtailadmin_workflows:disable_task": "wagtailcore.Task",
    "wagtailadmin_workflows:edit_task": "wagtailcore.Task",
    "wagtailadmin_workflows:enable_task": "wagtailcore.Task",
    "wagtailadmin_workflows:usage": "wagtailcore.Workflow",
    "wagtailadmin_workflows:usage_results": "wagtailcore.Workflow",
    "person_request": "core.PersonRequest",
    "erase_person": "core.PersonRequest",
    "reference_export": "evidence.Reference",
    "ignore_not_found": "seo.NotFoundAddress",
    "application:go_on": "applications.Draft",
    "application_rights_of_form": "applications.ApplicationFormPage",
    "article_import_preview": "articles.ArticleImport",
    "reference_import_preview": "evidence.ReferenceImport",
    "reader_reports:tell": "review.ReaderReport",
    "story_subjects:register": "testimonials.Subject",
    "story_subjects:document": "testimonials.ConsentDocument",
}
# What stands in an address in words.
WORDS = {
    "action_name": ["approve"],
    "name": ["bibtex"],
    "filter_spec": ["width-100"],
    "uidb64": ["x"],
    "token": ["x"],
    "problem": ["image-without-alternative"],
    "label": ["articles.articlepage"],
    "kind": ["title"],
}


def arguments(address: Address) -> Iterator[Arguments]:
    """Yield arguments that lead to something, of every kind that there is."""
    if several := TOGETHER.get(address.name):
        yield from several()
        return
    for values in product(*(_values(address, name) for name in address.parameters)):
        yield dict(zip(address.parameters, values, strict=True))


def _values(address: Address, name: str) -> list[Any]:
    if name in WORDS:
        return WORDS[name]
    label = RECORDS.get(address.name if name in {"pk", "uuid"} else name)
    model = apps.get_model(label) if label else address.model
    assert model, f"say in RECORDS or WORDS what {name!r} of {address.name} is"
    if model is Page:
        return [page.pk for page in one_page_of_each_type()]
    newest = model._default_manager.order_by("-pk")
    return list(newest.values_list("pk", flat=True)[:1])


def one_page_of_each_type() -> list[Page]:
    pages = Page.objects.filter(depth__gt=1).order_by("-path")
    return list({page.content_type_id: page for page in pages}.values())


def _named(model: Any, app: str, name: str) -> Arguments:
    return {app: model._meta.app_label, name: model._meta.model_name}


def _page_types(app: str, name: str) -> Callable[[], Iterator[Arguments]]:
    models = [model for model in get_page_models() if model is not Page]
    return lambda: (_named(model, app, name) for model in models)


def _new_pages() -> Iterator[Arguments]:
    for page in one_page_of_each_type():
        for model in page.specific_class.creatable_subpage_models():
            names = _named(model, "content_type_app_name", "content_type_model_name")
            yield {**names, "parent_page_id": page.pk}


def _settings() -> Iterator[Arguments]:
    site = Site.objects.get(is_default_site=True)
    for model in settings_registry:
        yield {**_named(model, "app_name", "model_name"), "pk": site.pk}


def _bulk_actions() -> Iterator[Arguments]:
    for model in apps.get_models():
        names = _named(model, "app_label", "model_name")
        for action in bulk_action_registry.get_bulk_actions_for_model(*names.values()):
            yield {**names, "action": action.action_type}


def _revisions() -> Iterator[Arguments]:
    for revision in Revision.page_revisions.all()[:1]:
        yield {"page_id": int(revision.object_id), "revision_id": revision.pk}


def _comparisons() -> Iterator[Arguments]:
    for arguments in _revisions():
        yield {"1": arguments["page_id"], "2": "live", "3": arguments["revision_id"]}


def _workflow_actions() -> Iterator[Arguments]:
    for state in TaskState.objects.all()[:1]:
        page = int(state.workflow_state.object_id)
        yield {"page_id": page, "action_name": "approve", "task_state_id": state.pk}


def _workflow_details() -> Iterator[Arguments]:
    for state in WorkflowState.objects.all()[:1]:
        yield {"page_id": int(state.object_id), "workflow_state_id": state.pk}


def _editing_sessions() -> Iterator[Arguments]:
    for session in EditingSession.objects.all()[:1]:
        names = {"app_label": "wagtailcore", "model_name": "page"}
        yield {**names, "object_id": session.object_id, "session_id": session.pk}


def _task_types() -> Iterator[Arguments]:
    yield _named(GroupApprovalTask, "app_label", "model_name")


def _tagged() -> Iterator[Arguments]:
    yield {"app_name": "taggit", "model_name": "tag"}


# Parameters that only lead somewhere together.
TOGETHER: dict[str, Callable[[], Iterator[Arguments]]] = {
    "seo_snippets_on_add": _new_pages,
    "wagtail_bulk_action": _bulk_actions,
    "wagtailadmin_editing_sessions:ping": _editing_sessions,
    "wagtailadmin_pages:add": _new_pages,
    "wagtailadmin_pages:preview_on_add": _new_pages,
    "wagtailadmin_pages:choose_parent": _page_types("app_label", "model_name"),
    "wagtailadmin_pages:collect_workflow_action_data": _workflow_actions,
    "wagtailadmin_pages:revisions_compare": _comparisons,
    "wagtailadmin_pages:revisions_revert": _revisions,
    "wagtailadmin_pages:revisions_unschedule": _revisions,
    "wagtailadmin_pages:revisions_view": _revisions,
    "wagtailadmin_pages:type_use": _page_types(
        "content_type_app_name", "content_type_model_name"
    ),
    "wagtailadmin_pages:type_use_results": _page_types(
        "content_type_app_name", "content_type_model_name"
    ),
    "wagtailadmin_pages:workflow_action": _workflow_actions,
    "wagtailadmin_pages:workflow_history_detail": _workflow_details,
    "wagtailadmin_tag_model_autocomplete": _tagged,
    "wagtailadmin_workflows:add_task": _task_types,
    "wagtailsettings:edit": _settings,
    "wagtailsettings:preview_on_edit": _settings,
}
