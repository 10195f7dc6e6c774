"""What this app registers with Wagtail."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.log_actions import LogActionRegistry
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet

from evidence import labels
from evidence.bulk_merge import MergeBulkAction
from evidence.duplicates import DuplicatesView
from evidence.exporting import export_reference
from evidence.importing import urls as importing_urls
from evidence.log_formatters import MergeFormatter
from evidence.models import Reference
from evidence.rich_text import CONVERSION, CitationHandler
from evidence.snippets import ReferenceViewSet
from evidence.usage import places

# A message names this many places; the usage view lists them all.
PLACES_NAMED = 5

register_snippet(ReferenceViewSet)
hooks.register("register_bulk_action", MergeBulkAction)


@hooks.register("register_admin_urls")
def register_duplicates() -> list[URLPattern]:
    view = DuplicatesView.as_view()
    return [path("references/duplicates/", view, name="reference_duplicates")]


@hooks.register("register_admin_urls")
def register_import_and_export() -> list[URLPattern]:
    export = "references/export/<int:pk>/<slug:name>/"
    return [
        *importing_urls.urlpatterns,
        path(export, export_reference, name="reference_export"),
    ]


@hooks.register("register_log_actions")
def register_merging(actions: LogActionRegistry) -> None:
    actions.register_action("evidence.merge")(MergeFormatter)


@hooks.register("register_rich_text_features")
def register_citations(features: FeatureRegistry) -> None:
    features.register_embed_type(CitationHandler)
    features.register_converter_rule("contentstate", "citation", CONVERSION)
    features.register_editor_plugin(
        "draftail",
        "citation",
        EntityFeature(
            {
                "type": "CITATION",
                "icon": "openquote",
                "description": "Citation",
                "attributes": ["id", "locator", "label"],
                "allowlist": {"id": True},
                "chooserUrls": {
                    "choose": reverse_lazy("reference_chooser:choose"),
                    "chosen": reverse_lazy("reference_chooser:chosen", args=[0]),
                },
            },
            js=["wagtailadmin/js/chooser-modal.js", "evidence/citation.js"],
        ),
    )


@hooks.register("before_edit_page")
def remember_labels(request: HttpRequest, page: Any) -> None:
    """Fetch the labels of all citations before the form asks for them one by one."""
    labels.remember(page)


@hooks.register("before_edit_snippet")
def lead_to_the_one_that_stays(
    request: HttpRequest, instance: Any
) -> HttpResponseRedirect | None:
    """Change nothing in what was merged meanwhile: nobody would ever see it."""
    if not isinstance(instance, Reference) or not instance.merged_into_id:
        return None
    messages.warning(
        request,
        "That record was merged into this one. Nothing was changed: make your change "
        "here.",
    )
    edit = Reference.snippet_viewset.get_url_name("edit")
    return redirect(edit, instance.merged_into_id)


@hooks.register("before_delete_snippet")
def keep_what_is_cited(
    request: HttpRequest, instances: Sequence[Any]
) -> HttpResponseRedirect | None:
    """Refuse to delete references that are cited, one by one and in bulk."""
    references = [item for item in instances if isinstance(item, Reference)]
    cited = places(references) if references else {}
    for reference, found in cited.items():
        named = ", ".join(map(str, found[:PLACES_NAMED]))
        if len(found) > PLACES_NAMED:
            named += f" and {len(found) - PLACES_NAMED} more"
        messages.error(
            request,
            f"{reference.short_label} was not deleted: it is cited on {named}. "
            "Take the citations out first.",
        )
    viewset = Reference.snippet_viewset
    return redirect(viewset.get_url_name("list")) if cited else None
