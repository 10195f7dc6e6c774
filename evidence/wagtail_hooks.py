"""Wagtail hooks of this app."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet

from evidence.admin.bulk_merge import MergeBulkAction
from evidence.admin.duplicates import DuplicatesView
from evidence.admin.exporting import export_reference
from evidence.admin.log_formatters import MergeFormatter
from evidence.admin.viewset import ReferenceViewSet
from evidence.citing import labels
from evidence.citing.rich_text import CONVERSION, CitationHandler
from evidence.importing import urls as importing_urls
from evidence.library.usage import places
from evidence.models import Reference

# A message names this many places; the usage view lists them all.
PLACES_NAMED = 5

register_snippet(ReferenceViewSet)
hooks.register("register_bulk_action", MergeBulkAction)


@hooks.register("register_dashboard_shortcuts", order=5)
def offer_new_reference(request: HttpRequest) -> Iterator[Button]:
    if request.user.has_perm("evidence.add_reference"):
        url = reverse(Reference.snippet_viewset.get_url_name("add"))
        yield Button(_("Add a reference"), url=url, icon_name="openquote")


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


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(
        content_type__app_label="evidence", codename="weaken_rules"
    )


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
                "description": gettext_lazy("Citation"),
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
    """Fetch the labels of all citations before the form needs them."""
    labels.remember(page)


@hooks.register("before_edit_snippet")
def lead_to_the_one_that_stays(
    request: HttpRequest, instance: Any
) -> HttpResponseRedirect | None:
    """Redirect from a reference that was merged meanwhile to the kept one."""
    if not isinstance(instance, Reference) or not instance.merged_into_id:
        return None
    messages.warning(
        request,
        _(
            "That record was merged into this one. Nothing was changed: make your "
            "change here."
        ),
    )
    edit = Reference.snippet_viewset.get_url_name("edit")
    return redirect(edit, instance.merged_into_id)


@hooks.register("before_delete_snippet")
def keep_what_is_cited(
    request: HttpRequest, instances: Sequence[Any]
) -> HttpResponseRedirect | None:
    """Refuse to delete cited references, singly and in bulk."""
    references = [item for item in instances if isinstance(item, Reference)]
    cited = places(references) if references else {}
    for reference, found in cited.items():
        named = ", ".join(map(str, found[:PLACES_NAMED]))
        if (more := len(found) - PLACES_NAMED) > 0:
            named = ngettext(
                "{places} and {count} more", "{places} and {count} more", more
            ).format(places=named, count=more)
        messages.error(
            request,
            _(
                "{work} was not deleted: it is cited on {places}. Take the citations "
                "out first."
            ).format(work=reference.short_label, places=named),
        )
    viewset = Reference.snippet_viewset
    return redirect(viewset.get_url_name("list")) if cited else None
