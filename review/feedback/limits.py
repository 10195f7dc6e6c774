"""How much may come from one network, which is kept as a hash and only for minutes."""

from django.utils.translation import gettext_lazy as _

from users.limits import Limit

_TEN_MINUTES = 10 * 60  # seconds

# Many people may share a network: a ward, a family, a mobile provider.
REPORTS = Limit(
    "reader-reports",
    10,
    _TEN_MINUTES,
    _(
        "Nothing has been sent yet: many reports have come from your network in a "
        "short time. What you typed is still here. Wait ten minutes, then send it "
        "again."
    ),
)
ANSWERS = Limit("useful-answers", 60, _TEN_MINUTES)
ANSWERS_ON_PAGE = Limit("useful-answers-on-page", 5, _TEN_MINUTES)
