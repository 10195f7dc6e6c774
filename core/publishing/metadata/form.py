"""The form of users who may change metadata and not content."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.publishing import gate
from core.publishing.metadata.beside import must_go_beside
from core.publishing.permissions import may_change_content, metadata_names
from core.publishing.versions import changes_content

UNMODERATED = _(
    "This page has changes by an editor that nobody has approved yet. "
    "Save yours as a draft: they go live together."
)
SLUG_WAITS = _(
    "The address changes together with the page, and somebody is at work on this "
    "one. Leave it as it was for now; everything else here can be published."
)
# What the comments beside a page are made of, which anyone may write who sees it.
_COMMENTS = frozenset({"comments", "comment_notifications"})


class MetadataOnlyFormMixin:
    """Leaves such a user the promote tab, and asks about nothing else."""

    instance: Any
    for_user: Any
    fields: dict[str, Any]
    formsets: dict[str, Any]
    changed_data: list[str]
    # Whether what it says is put beside the content: `publish_beside`.
    publishes_beside = False

    @property
    def is_for_metadata(self) -> bool:
        return bool(self.for_user and not may_change_content(self.for_user))

    def keep_metadata_only(self) -> None:
        # Fields and child forms that are not there cannot be changed by a forged post,
        # and what they would have carried stays as it is.
        kept = metadata_names(type(self.instance)) | _COMMENTS
        for members in (self.fields, self.formsets):
            for name in set(members) - kept:
                del members[name]

    def of_concern(self, problems: list[gate.Problem]) -> list[gate.Problem]:
        """Return the problems that the user of the form can solve.

        What is wrong with a text that is published already stops no metadata.
        """
        if not self.is_for_metadata:
            return problems
        names = metadata_names(type(self.instance))
        return [problem for problem in problems if problem.field in names]

    def refuse_others_work(self) -> bool:
        """Add an error where an address, or a writer's draft, would go along."""
        if not self.is_for_metadata:
            return False
        beside = must_go_beside(self.instance, self.for_user)
        if beside and "slug" in self.changed_data:
            self.add_error("slug", SLUG_WAITS)  # type: ignore[attr-defined]
            return True
        names = metadata_names(type(self.instance))
        if self.publishes_beside or not changes_content(self.instance, names):
            return False
        self.add_error(None, UNMODERATED)  # type: ignore[attr-defined]
        return True
