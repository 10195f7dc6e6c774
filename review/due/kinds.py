"""Medical reviews that are due, and credentials that are to be checked."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from core.due.days import months_after
from core.due.pages import KindOfPages, item_of, own_pages, told_of, works_on_pages
from core.due.registry import DueItem, Kind, Span
from people.models import Credential
from review.due.pages import medical_pages
from review.models.reviewers import CredentialCheck, Reviewer
from review.models.site_settings import check_months

SEE_REVIEWS = "review.view_reviewrecord"
SEE_CHECKS = "review.view_credentialcheck"
_CHECK = "review.add_credentialcheck"


class ReviewIsDue(KindOfPages):
    """For whoever sees the records, and for whoever works on the page."""

    code = "review"
    name = _("Medical review")
    icon = "clipboard-list"
    has_own_line = True

    def concerns(self, user: Any) -> bool:
        return bool(user.has_perm(SEE_REVIEWS)) or works_on_pages(user)

    def rows(self, user: Any, span: Span) -> QuerySet[Page]:
        reviewed = Q(reviewing_account=span.of)
        pages = told_of(medical_pages(), span, reviewed).filter(
            alias_of=None, **span.of_days("review_due_on")
        )
        if not user.has_perm(SEE_REVIEWS):
            pages = pages.filter(pk__in=own_pages(user).values("pk"))
        return pages.order_by("review_due_on", "pk")

    def item(self, page: Any) -> DueItem:
        return item_of(
            self,
            page,
            page.review_due_on,
            key=f"{page.pk}-{page.review_pk}",
            changed_at=page.reviewed_at,
            people=(page.reviewing_account,),
        )


class CheckIsDue(Kind):
    """A clinical credential that nobody has looked up for so many months, or ever."""

    code = "credential"
    name = _("Check of a credential")
    icon = "user"
    is_of_pages = True

    def concerns(self, user: Any) -> bool:
        return bool(user.has_perm(SEE_CHECKS))

    def find(self, user: Any, span: Span, most: int | None = None) -> Iterator[DueItem]:
        if not user.has_perm(SEE_CHECKS):
            return
        due = [each for each in _checks_due() if span.holds(each[0])]
        due.sort(key=lambda each: (each[0], each[1].pk))
        people = {credential.person_id for _day, credential, _is in due}
        profiles = told_of(Page.objects.filter(pk__in=people), span).in_bulk()
        due = [each for each in due if each[1].person_id in profiles]
        may_check = user.has_perm(_CHECK)
        name = "add" if may_check else "index"
        for day, credential, was_checked in due:
            profile = profiles[credential.person_id]
            words = (
                gettext("{person}: {credential}")
                if was_checked
                else gettext("{person}: {credential} (never checked)")
            )
            yield item_of(
                self,
                profile,
                day,
                key=f"{credential.pk}-{day:%Y%m%d}",
                title=words.format(person=profile.title, credential=credential),
                url=reverse(f"credential_checks:{name}"),
            )


def _checks_due() -> Iterator[tuple[date, Credential, bool]]:
    """Yield when each clinical credential of a published profile is to be checked.

    And whether it ever was, by somebody whose checks count (`Reviewer.not_counted`).
    """
    credentials = Credential.objects.filter(is_clinical=True, person__live=True)
    credentials = credentials.filter(person__alias_of=None)
    since = dict(credentials.values_list("person", "person__first_published_at"))
    reviewers = Reviewer.objects.filter(person__in=credentials.values("person"))
    own = {reviewer.person_id: reviewer.not_counted for reviewer in reviewers}
    latest: dict[tuple[int, str, str], date] = {}
    checks = CredentialCheck.objects.filter(person__in=credentials.values("person"))
    for person, name, awarded_by, day, by in checks.order_by("checked_on").values_list(
        "person", "name", "awarded_by", "checked_on", "checked_by"
    ):
        if by not in own.get(person, ()):
            latest[person, name, awarded_by] = day
    months = check_months()
    for each in credentials:
        checked = latest.get((each.person_id, each.name, each.awarded_by))
        if checked:
            yield months_after(checked, months), each, True
        else:
            published = since[each.person_id] or timezone.now()
            yield timezone.localdate(published), each, False


def due_kinds() -> list[Kind]:
    return [ReviewIsDue(), CheckIsDue()]
