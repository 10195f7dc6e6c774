"""The roles of the people who work here, each with its rights and no more.

A table of roles by addresses is a test (tests/test_roles.py).
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
        "contactsettings",
        "disclaimersettings",
    )
]
_SOURCES = ["evidence.change_referencelistsettings"]
_STORIES = [
    f"testimonials.{action}_{model}"
    for model in ("subject", "consent")
    for action in ("view", "add", "change")
]
_NEWSLETTER = [
    f"newsletter.{action}_subscriber" for action in ("view", "delete", "export")
]
_REDIRECTS = [
    f"wagtailredirects.{action}_redirect" for action in ("add", "change", "delete")
]

# "app.codename" by role; `administrators` are superusers.
PERMISSIONS: dict[str, list[str]] = {
    EDITORS: [*_ACCESS, "users.edit_page_content", *_LIBRARY],
    MODERATORS: [
        *_ACCESS,
        "users.edit_page_content",
        *_LIBRARY,
        *_AROUND_THE_PAGE,
        *_SOURCES,
        *_STORIES,
        *_NEWSLETTER,
    ],
    SEO_SPECIALISTS: [*_ACCESS, "wagtailseo.change_seosettings", *_REDIRECTS],
    ADMISSIONS: [
        *_ACCESS,
        "applications.view_application",
        "applications.change_application",
    ],
}
# What a role may do with every page, and with pictures and documents.
PAGE_ACTIONS: dict[str, list[str]] = {
    EDITORS: ["add", "change"],
    MODERATORS: ["add", "change", "publish", "lock", "unlock"],
    SEO_SPECIALISTS: ["change", "publish"],
    ADMISSIONS: [],
}
COLLECTION_ACTIONS: dict[str, list[str]] = {
    EDITORS: ["add", "change", "choose"],
    MODERATORS: ["add", "change", "choose"],
    SEO_SPECIALISTS: ["choose"],
    ADMISSIONS: [],
}


def create_roles() -> None:
    """Make every role, and give each exactly the permissions named above."""
    root = Page.objects.get(depth=1)
    collection = Collection.objects.get(depth=1)
    for name, wanted in PERMISSIONS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set([_permission(each) for each in wanted])
        GroupPagePermission.objects.filter(group=group).delete()
        for action in PAGE_ACTIONS[name]:
            GroupPagePermission.objects.create(
                group=group,
                page=root,
                permission=_permission(f"wagtailcore.{action}_page"),
            )
        GroupCollectionPermission.objects.filter(group=group).delete()
        for action in COLLECTION_ACTIONS[name]:
            for app, model in (("wagtailimages", "image"), ("wagtaildocs", "document")):
                GroupCollectionPermission.objects.create(
                    group=group,
                    collection=collection,
                    permission=_permission(f"{app}.{action}_{model}"),
                )


def _permission(name: str) -> Permission:
    app, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)
