"""What is said of a credential on a profile that nobody has checked for long."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.due.days import months_after
from core.publishing.gate import Level, Problem, register
from people.models import PersonPage
from review.models.reviewers import checks_of
from review.models.site_settings import check_months


@register
class UncheckedCredential:
    """Suggests to check a clinical credential that nobody has, or not for long."""

    code = "unchecked-credential"
    title = _("Clinical credential to be checked")
    level: Level = "suggest"

    def problems(self, page: Any) -> Iterator[Problem]:
        if not isinstance(page, PersonPage):
            return
        clinical = [each for each in page.credentials.all() if each.is_clinical]
        if not clinical:
            return
        checked = checks_of(page)
        months = check_months()
        for credential in clinical:
            day = checked.get((credential.name, credential.awarded_by))
            if day is None:
                sentence = gettext(
                    "Nobody has checked “{credential}” with whoever awarded it. A "
                    "moderator can, under Medical review, Checks of credentials."
                )
            elif months_after(day, months) <= timezone.localdate():
                sentence = gettext(
                    "“{credential}” was last checked on {day}. A moderator can check "
                    "it again, under Medical review, Checks of credentials."
                )
            else:
                continue
            words = sentence.format(
                credential=credential, day=date_format(day) if day else ""
            )
            yield Problem(
                self.code,
                self.level,
                words,
                "credentials",
                about=f"{credential.name}\0{credential.awarded_by}",
            )
