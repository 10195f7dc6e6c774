"""Publishing rule for pages with an end."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.publishing.gate import Level, Problem, register
from seo.redirects.leaving import keeps_addresses
from seo.redirects.models import Replacement


@register
class NothingAfterTheEnd:
    """Suggests saying where readers go once the page's time is over.

    Whoever takes a page down by hand is asked; the clock asks nobody.
    """

    code = "nothing-after-the-end"
    title = _("Page with an end, and nowhere for its readers to go")
    level: Level = "suggest"
    is_of_metadata = True

    def problems(self, page: Any) -> Iterator[Problem]:
        if not (page.expire_at and page.pk and keeps_addresses(page)):
            return
        if not Replacement.objects.filter(page=page.pk).exists():
            sentence = gettext(
                "Once its time is over, the page answers “not found”. Say in its menu, "
                "under “Where readers go later”, where its readers go then."
            )
            yield Problem(self.code, self.level, sentence, "expire_at")
