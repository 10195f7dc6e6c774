"""The roles of staff, with their permissions.

A table of roles by addresses is a test (tests/home/test_roles.py).
"""

from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
)

EDITORS = "Editors"
MODERATORS = "Moderators"
SEO_SPECIALISTS = "SEO specialists"
ADMISSIONS = "Admissions officers"
REVIEWERS = "Clinical reviewers"

_ACCESS = ["wagtailadmin.access_admin"]
_LIBRARY = [
    f"{app}.{action}_{model}"
    for app, model in (
        ("core", "topic"),
        ("core", "video"),
        ("evidence", "reference"),
    )
    for action in ("view", "add", "change", "delete")
]
_AROUND_THE_PAGE = [
    f"core.change_{model}"
    for model in (
        "navigationsettings",
        "footersettings",
        "organisation",
        "disclaimersettings",
    )
]
_SOURCES = ["evidence.change_referencelistsettings", "evidence.change_evidencerules"]
_STORIES = [
    f"testimonials.{action}_{model}"
    for model in ("subject", "consent")
    for action in ("view", "add", "change")
] + [f"testimonials.{action}_consentwording" for action in ("view", "add", "change")]
# Who reviews, what is ticked, and whether a page is medical at all.
_REVIEWS = [
    "review.view_reviewrecord",
    "review.decide_medical",
    "review.invite_reviewer",
    *(
        f"review.{action}_{model}"
        for model in ("checklistitem", "reviewer")
        for action in ("view", "add", "change", "delete")
    ),
    *(f"review.{action}_credentialcheck" for action in ("view", "add", "delete")),
    "review.change_credentialchecksettings",
]
_REPORTS = [f"review.{action}_readerreport" for action in ("view", "change", "delete")]
_AUDITS = [
    f"review.{action}_accessibilityaudit"
    for action in ("view", "add", "change", "delete")
]
_FIGURES = ["applications.view_formcount"]
_NEWSLETTER = [
    f"newsletter.{action}_subscriber" for action in ("view", "delete", "export")
]
_REDIRECTS = [
    f"wagtailredirects.{action}_redirect" for action in ("add", "change", "delete")
]
_SEARCH = [
    f"{app}.{action}_{model}"
    for app, model in (
        ("home", "synonyms"),
        ("wagtailsearchpromotions", "searchpromotion"),
    )
    for action in ("view", "add", "change", "delete")
]

# "app.codename" by role; `administrators` are superusers.
PERMISSIONS: dict[str, list[str]] = {
    EDITORS: [
        *_ACCESS,
        "users.edit_page_content",
        *_LIBRARY,
        *_SEARCH,
        "review.view_usefulcount",
    ],
    MODERATORS: [
        *_ACCESS,
        "users.edit_page_content",
        *_LIBRARY,
        "core.change_printed_records",
        *_AROUND_THE_PAGE,
        *_SOURCES,
        *_STORIES,
        *_REVIEWS,
        *_REPORTS,
        *_AUDITS,
        "review.view_usefulcount",
        *_NEWSLETTER,
        *_FIGURES,
        *_SEARCH,
    ],
    SEO_SPECIALISTS: [
        *_ACCESS,
        "core.change_organisation",
        "wagtailseo.change_seosettings",
        "seo.change_metadatapatterns",
        "seo.change_robotstxt",
        "seo.change_verification",
        *_REDIRECTS,
        *_SEARCH,
    ],
    ADMISSIONS: [
        *_ACCESS,
        # What they may do with which form's is granted there.
        "applications.view_application",
        "applications.change_applicationstate",
        "applications.add_decisionreason",
        "applications.change_decisionreason",
        "applications.delete_decisionreason",
        "applications.view_feedback",
        "applications.change_feedback",
        *_FIGURES,
        # The notice that an application has arrived is an e-mail.
        "core.manage_deliveries",
    ],
    # What they may approve is said by the workflow's step.
    REVIEWERS: [*_ACCESS, "review.view_reviewrecord"],
}
# What a role may do with every page, and with pictures and documents.
PAGE_ACTIONS: dict[str, list[str]] = {
    EDITORS: ["add", "change"],
    MODERATORS: ["add", "change", "publish", "lock", "unlock"],
    SEO_SPECIALISTS: ["change", "publish"],
    ADMISSIONS: [],
    REVIEWERS: [],
}
COLLECTION_ACTIONS: dict[str, list[str]] = {
    EDITORS: ["add", "change", "choose"],
    MODERATORS: ["add", "change", "choose"],
    SEO_SPECIALISTS: ["choose"],
    ADMISSIONS: [],
    REVIEWERS: [],
}


def create_roles() -> None:
    """Create every role with exactly the permissions above."""
    root = Page.objects.get(depth=1)
    collection = Collection.objects.get(depth=1)
    known = _permissions()
    for name, wanted in PERMISSIONS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set([known[each] for each in wanted])
        GroupPagePermission.objects.filter(group=group).delete()
        GroupPagePermission.objects.bulk_create(
            GroupPagePermission(
                group=group,
                page=root,
                permission=known[f"wagtailcore.{action}_page"],
            )
            for action in PAGE_ACTIONS[name]
        )
        GroupCollectionPermission.objects.filter(group=group).delete()
        GroupCollectionPermission.objects.bulk_create(
            GroupCollectionPermission(
                group=group,
                collection=collection,
                permission=known[f"{app}.{action}_{model}"],
            )
            for action in COLLECTION_ACTIONS[name]
            for app, model in (("wagtailimages", "image"), ("wagtaildocs", "document"))
        )


def _permissions() -> dict[str, Permission]:
    """Return every permission by "app.codename"."""
    every = Permission.objects.select_related("content_type")
    return {f"{each.content_type.app_label}.{each.codename}": each for each in every}
