"""The form in which editors change a page."""

import re
from datetime import timedelta
from itertools import count
from typing import Any

from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.pages import CopyForm, WagtailAdminPageForm
from wagtail.blocks import StreamBlockValidationError

from core.publishing import gate
from core.publishing.addresses import (
    TAKEN,
    goes_where_the_site_answers,
    is_taken_by_the_site,
)
from core.publishing.metadata.form import MetadataOnlyFormMixin
from core.publishing.posted_form import CompleteFormMixin, prepares
from core.publishing.rules.completeness import CLEANING
from core.publishing.schedule import (
    SCHEDULE,
    ScheduleField,
    ScheduleFormMixin,
    standing,
)
from core.publishing.stream_errors import errors_by_block
from core.publishing.versions import content
from core.text.anchors import assign_anchors
from seo.crawling.forms import CrawlingFormMixin
from seo.metadata.forms import InheritingFormMixin

# What belongs to one publication, and starts anew with the next draft.
_OF_ONE_PUBLICATION: dict[str, Any] = {
    "significant_change": False,
    "override_reason": "",
}

# The page comes back with what was typed and the newer version's number, so that
# pressing again is the confirmation.
STALE = _(
    "While you were writing, somebody else has saved this page. Your "
    "text is still here, unsaved. Look at theirs under History; to "
    "replace it with yours, press the button again."
)
ANOTHER_REASON = _(
    "This reason was given before there was all that is warned of now. Add to it why "
    "the rest may go out as well."
)

# What autosave's posts hold besides (core.wagtail_hooks), and a button's do not.
AUTOSAVED = "autosaved"
# How long ago an autosave may have begun that a press of the button overtook.
UNDER_WAY = timedelta(seconds=30)


class BasePageForm(
    CompleteFormMixin,
    MetadataOnlyFormMixin,
    InheritingFormMixin,
    CrawlingFormMixin,
    ScheduleFormMixin,
    WagtailAdminPageForm,
):
    """Asks the gate when publishing, and shows each problem at its place."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.made_beneath = self.parent_page  # it is on no site yet
        if not self.instance.has_unpublished_changes:
            self.initial |= _OF_ONE_PUBLICATION | self.instance.of_one_publication
        if self.is_for_metadata:
            self.keep_metadata_only()
        self._set_up_schedule()

    def _set_up_schedule(self) -> None:
        for name in SCHEDULE:
            if name in self.fields and AUTOSAVED in self.data:
                # Autosave has nothing to say of it: it is saved by a button of its own.
                del self.fields[name]
            elif name in self.fields:
                self.fields[name] = ScheduleField.like(self.fields[name])
        if (day := self.fields.get("go_live_at")) and (
            words := standing(self.instance)
        ):
            day.help_text = format_html("{}<br>{}", words, day.help_text)

    def full_clean(self) -> None:
        with CLEANING:
            super().full_clean()

    def clean(self) -> Any:
        """Take a free address where the title's own is taken.

        Wagtail does so only where no address is posted, and the editor always posts
        the one that follows from the title. One that was typed is an error when a
        button is pressed, and keeps autosave from storing nothing.
        """
        slug = self.cleaned_data.get("slug")
        follows = slug in {
            slugify(self.cleaned_data.get("title", ""), allow_unicode=unicode)
            for unicode in (True, False)
        }
        is_new = self.instance.first_published_at is None
        may_differ = AUTOSAVED in self.data or (follows and is_new)
        if slug and self.parent_page and may_differ:
            self.cleaned_data["slug"] = self._free_slug(slug)
        elif slug and self._belongs_to_the_site(slug):
            self.add_error("slug", TAKEN)
        return super().clean()

    def _free_slug(self, slug: str) -> str:
        """Return ``slug``, the current slug, or ``slug`` with a free number."""
        start = slug[: self.fields["slug"].max_length - len("-1234")]
        others = self.parent_page.get_children().exclude(pk=self.instance.pk)
        alike = others.filter(slug__startswith=start)
        taken = set(alike.values_list("slug", flat=True))
        if slug not in taken and not self._belongs_to_the_site(slug):
            return slug
        now = str(self.initial.get("slug") or "")
        if re.fullmatch(rf"{re.escape(start)}-\d+", now) and now not in taken:
            return now
        numbered = (f"{start}-{number}" for number in count(2))
        return next(free for free in numbered if free not in taken)

    def _belongs_to_the_site(self, slug: str) -> bool:
        above = self.parent_page.url_path if self.parent_page else ""
        return bool(above) and is_taken_by_the_site(f"{above}{slug}/")

    def is_valid(self) -> bool:
        """Validate; when publishing, also add the gate's problems as errors.

        Asked here and not in ``clean``: only now does the instance hold what was typed,
        and drafts, autosave and submission for moderation must always pass.
        """
        valid = bool(super().is_valid())
        if self._was_overtaken() or not valid:
            return False
        if self.is_deferred_validation or "action-publish" not in self.data:
            self._answer_in_a_draft()
            return prepares(self)
        problems = self._open_problems()
        if self.refuse_others_work():
            return False
        for problem in problems:
            if problem.position is None:
                field = problem.field if problem.field in self.fields else None
                self.add_error(field, problem.sentence)
            else:
                self.add_error(None, problem.sentence)
        for field, errors in errors_by_block(problems).items():
            if field in self.fields:
                self.add_error(field, StreamBlockValidationError(block_errors=errors))
        if self._reason_is_older(problems):
            self.add_error("override_reason", ANOTHER_REASON)
        return not problems and prepares(self)

    def _reason_is_older(self, problems: list[gate.Problem]) -> bool:
        has_reason = bool(self.cleaned_data.get("override_reason", "").strip())
        return has_reason and any(problem.level == "warn" for problem in problems)

    def save(self, commit: bool = True) -> Any:
        self.instance.is_saved_by_hand = not (
            AUTOSAVED in self.data
            or any(name.startswith("action-") for name in self.data)
        )
        return super().save(commit=commit)

    def _was_overtaken(self) -> bool:
        """Add an error where somebody else has stored or published something since."""
        if self._is_stale():
            self.add_error(None, STALE)
            return True
        by_hand = self.is_stored and AUTOSAVED not in self.data
        return by_hand and self.tell_conflicts()

    @property
    def is_stored(self) -> bool:
        """Whether what is posted is to be stored; a preview stores nothing."""
        return self.subscription is not None or self.publishes_beside

    def _is_stale(self) -> bool:
        """Return whether somebody else saved the page after this form was opened.

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
        """Return whether ``revision`` may be an autosave that a press overtook.

        Its number was not yet in the form when the button was pressed.
        """
        is_own = bool(self.for_user and revision.user_id == self.for_user.pk)
        return is_own and timezone.now() - revision.created_at < UNDER_WAY

    def _answer_in_a_draft(self) -> None:
        """Let a typed reason answer what is told of with it, also when submitting."""
        if not self.instance.override_reason.strip():
            self.instance.answered_problems = []
        elif "override_reason" in self.changed_data:
            self._complete_instance()
            self._unanswered_problems()

    def _open_problems(self) -> list[gate.Problem]:
        self._complete_instance()
        problems = self.of_concern(self._unanswered_problems())
        if not problems:
            self.instance.passed_content = content(self.instance)
        return problems

    def _unanswered_problems(self) -> list[gate.Problem]:
        """Return the gate's problems; a reason typed now answers the warnings.

        One typed before answers what it did then, and nothing that came up since.
        """
        page = self.instance
        # Without the field, the reason is somebody else's, and answers what it did.
        if "override_reason" not in self.fields:
            return gate.publishing_problems(page)
        before, page.answered_problems = page.answered_problems, []
        problems = gate.publishing_problems(page)
        if page.override_reason.strip():
            is_new = "override_reason" in self.changed_data
            warned = [problem.key for problem in problems if problem.level == "warn"]
            page.answered_problems = [k for k in warned if is_new or k in before]
        return gate.unanswered(problems, page)

    def _complete_instance(self) -> None:
        """Apply to the instance everything that saving would store."""
        for name, formset in self.formsets.items():
            if name != "comments":
                formset.save(commit=False)
        assign_anchors(self.instance)


class GatedCopyForm(CopyForm):
    """Asks the gate before copies or aliases go live, so that none is half made."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        slug, parent = cleaned.get("new_slug"), cleaned.get("new_parent_page")
        above = (parent or self.page.get_parent()).url_path
        if slug and goes_where_the_site_answers(self.page, f"{above}{slug}/"):
            self.add_error("new_slug", TAKEN)
        asked = next((n for n in ("alias", "publish_copies") if cleaned.get(n)), None)
        if asked:
            copied = self.page.get_descendants(inclusive=True)
            if not cleaned.get("copy_subpages"):
                copied = copied.filter(pk=self.page.pk)
            for page in copied.live().specific():
                reasons = [p.sentence for p in gate.publishing_problems(page)]
                # What a copy has to go through again, though its source has passed.
                wait = getattr(page, "why_copies_wait", "")
                if reasons := [wait] if wait and asked != "alias" else reasons:
                    self.add_error(asked, f"“{page.title}”: {' '.join(reasons)}")
        return cleaned
