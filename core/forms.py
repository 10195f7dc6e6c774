"""The form in which editors change a page."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.blocks import StreamBlockValidationError

from core import gate
from core.drafts import changes_content
from core.permissions import may_change_content

# What somebody without the right to change content may still change.
METADATA_FIELDS = frozenset(
    {
        "slug",
        "seo_title",
        "search_description",
        "og_image",
        "canonical_url",
        "robots_noindex",
        "robots_nofollow",
        "robots_nosnippet",
        "comment_notifications",
    }
)
# What belongs to one publication, and starts anew with the next draft.
_OF_ONE_PUBLICATION: dict[str, Any] = {
    "significant_change": False,
    "override_reason": "",
}

# The page comes back with what was typed and the newer version's number, so that
# pressing again is the confirmation.
STALE = (
    "While you were writing, somebody else has saved this page. Your text is still "
    "here, unsaved. Look at theirs under History; to replace it with yours, press the "
    "button again."
)


UNMODERATED = (
    "This page has changes by an editor that nobody has approved yet. Save yours as a "
    "draft: they go live together."
)
# How long ago an autosave may have begun that a press of the button overtook.
UNDER_WAY = timedelta(seconds=30)


class BasePageForm(WagtailAdminPageForm):
    """Asks the gate when publishing, and puts each problem where it was made."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.has_unpublished_changes:
            self.initial |= _OF_ONE_PUBLICATION
        if self.for_user and not may_change_content(self.for_user):
            self._keep_metadata_only()

    def _keep_metadata_only(self) -> None:
        # Fields and child forms that are not there cannot be changed by a forged post,
        # and what they would have carried stays as it is.
        for name in [name for name in self.fields if name not in METADATA_FIELDS]:
            del self.fields[name]
        for name in [name for name in self.formsets if name != "comments"]:
            del self.formsets[name]

    def is_valid(self) -> bool:
        """Validate, and when publishing refuse what the gate is against.

        Asked here and not in ``clean``: only now does the instance hold what was typed,
        and drafts, autosave and submission for moderation must always pass.
        """
        valid = bool(super().is_valid())
        if self._is_stale():
            self.add_error(None, STALE)
            return False
        if not valid or self.is_deferred_validation:
            return valid
        problems = self._open_problems()
        if "action-publish" not in self.data:
            return True
        if self._would_publish_others_work():
            self.add_error(None, UNMODERATED)
            return False
        for problem in problems:
            if problem.position is None:
                field = problem.field if problem.field in self.fields else None
                self.add_error(field, problem.sentence)
            else:
                self.add_error(None, problem.sentence)
        for field, errors in _by_block(problems).items():
            if field in self.fields:
                self.add_error(field, StreamBlockValidationError(block_errors=errors))
        return not problems

    def _would_publish_others_work(self) -> bool:
        """Tell whether somebody without that right would put a writer's draft live."""
        if not self.for_user or may_change_content(self.for_user):
            return False
        return changes_content(self.instance, METADATA_FIELDS)

    def _is_stale(self) -> bool:
        """Tell whether somebody else saved the page after this form was opened.

        Wagtail asks this of autosave only; a plain save would overwrite in silence.
        """
        if self.subscription is None:
            return False  # a preview, which stores nothing
        latest = self.instance.latest_revision if self.instance.pk else None
        if latest is None or self._is_own_autosave(latest):
            return False
        if saved := self.data.get("overwrite_revision_id"):
            return bool(saved != str(latest.pk))
        loaded = self.data.get("loaded_revision_id")
        if not loaded:
            return False
        created = self.data.get("loaded_revision_created_at", "")
        return bool(
            loaded != str(latest.pk) or created != latest.created_at.isoformat()
        )

    def _is_own_autosave(self, revision: Any) -> bool:
        """Tell whether ``revision`` may be an autosave that a press overtook.

        Its number was not yet in the form when the button was pressed.
        """
        is_own = bool(self.for_user and revision.user_id == self.for_user.pk)
        return is_own and timezone.now() - revision.created_at < UNDER_WAY

    def _open_problems(self) -> list[gate.Problem]:
        """Return the gate's problems; a reason typed now answers the warnings.

        Also when submitting: whoever approves is not asked again.
        """
        page = self.instance
        page.answered_problems = []
        problems = gate.publishing_problems(page)
        warnings = [problem for problem in problems if problem.level == "warn"]
        if warnings and page.override_reason.strip():
            page.answered_problems = [problem.key for problem in warnings]
            problems = [problem for problem in problems if problem.level == "block"]
        return problems


def _by_block(problems: list[gate.Problem]) -> dict[str, dict[int, ValidationError]]:
    """Group the problems that stand under a block by field and by the block's place."""
    sentences: dict[str, dict[int, list[str]]] = {}
    for problem in problems:
        if problem.position is not None:
            of_field = sentences.setdefault(problem.field, {})
            of_field.setdefault(problem.position, []).append(problem.sentence)
    return {
        field: {index: ValidationError(texts) for index, texts in blocks.items()}
        for field, blocks in sentences.items()
    }
