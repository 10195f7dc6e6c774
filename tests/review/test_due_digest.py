"""The daily e-mail about what has come near."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation
from wagtail.users.models import UserProfile

from core.due import registry
from home.roles import ADMISSIONS, EDITORS, MODERATORS
from review.due import digest
from review.due.digest import send_digests
from review.due.reminders import remind
from review.models import DigestChoice, ToldOf
from tests.helpers.factories import ContentPageFactory
from tests.helpers.factories_testimonials import ConsentFactory

pytestmark = [pytest.mark.django_db]

# After the machine's own day, by which e-mails are sent.
NOW = datetime(2031, 6, 16, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def _clock(at):
    at(NOW)


@pytest.fixture
def moderator(log_in):
    user = log_in(MODERATORS).user
    user.email = "mod@example.org"
    user.save()
    return user


def choose(user, what="all", days=7):
    return DigestChoice.objects.create(user=user, what=what, days_ahead=days)


def prefer(user, language, zone):
    chosen = {"preferred_language": language, "current_time_zone": zone}
    UserProfile.objects.update_or_create(user=user, defaults=chosen)


def waiting(home, title="A plain page", days=3, user=None):
    page = ContentPageFactory(parent=home, title=title, live=False, owner=user)
    page.go_live_at = NOW + days * DAY
    page.save_revision(user=user)
    return page


def sent(commits):
    """Send what is to be sent now, and return the bodies."""
    mail.outbox.clear()
    with commits():
        call_command("send_due_digests")
    return [message.body for message in mail.outbox]


@pytest.mark.usefixtures("_clock")
class TestDigest:
    def test_tells_by_kind_what_is_due_and_names_no_patient(
        self, home, moderator, commits
    ):
        choose(moderator)
        page = waiting(home)
        consent = ConsentFactory(given_on=NOW.date() - 400 * DAY)

        [body] = sent(commits)

        [message] = mail.outbox
        assert message.to == ["mod@example.org"]
        assert message.extra_headers["Auto-Submitted"] == "auto-generated"
        for text in (body, message.alternatives[0][0]):
            assert "Scheduled, but never approved" in text
            assert "A plain page" in text
            assert f"/admin/pages/{page.pk}/edit/" in text
            assert "Consent to be confirmed" in text
            assert consent.subject.name not in text
            assert consent.subject.reference_code not in text

    def test_tells_first_what_is_overdue(self, home, moderator, commits):
        choose(moderator)
        waiting(home, days=-3)
        ConsentFactory(given_on=NOW.date() - 363 * DAY)

        [body] = sent(commits)

        late, soon = "Scheduled, but never approved", "Consent to be confirmed"
        assert body.index(late) < body.index(soon)

    def test_goes_by_the_days_of_the_site_for_a_time_zone_that_is_no_more(
        self, home, moderator, commits
    ):
        choose(moderator)
        waiting(home)
        prefer(moderator, "de", "Nowhere/At_All")

        [body] = sent(commits)

        assert "A plain page" in body

    def test_is_sent_once_a_day_however_often_it_runs(
        self, home, moderator, commits, at
    ):
        choose(moderator)
        waiting(home)
        assert len(sent(commits)) == 1
        waiting(home, "Another page")

        assert sent(commits) == []
        at(NOW + DAY)
        [body] = sent(commits)
        assert "Another page" in body
        assert "A plain page" not in body

    def test_of_two_runs_at_once_the_second_finds_the_day_taken(
        self, home, moderator, commits
    ):
        """It has read the choice before the first one wrote."""
        stale = choose(moderator)
        waiting(home)
        assert len(sent(commits)) == 1
        ToldOf.objects.all().delete()

        assert digest._send_once(stale, NOW.date()) is False

    def test_tells_once_before_the_day_and_once_when_it_has_come(
        self, home, moderator, commits, at
    ):
        choose(moderator)
        waiting(home, days=10)
        told = []

        for day in range(14):
            at(NOW + day * DAY)
            told += [(day, "overdue" in body) for body in sent(commits)]

        assert told == [(3, False), (10, False)]
        assert ToldOf.objects.count() == 1

    def test_says_nothing_where_nothing_is_due(self, home, moderator, commits):
        choose(moderator)
        waiting(home, days=30)

        assert sent(commits) == []

    def test_tells_only_those_who_chose_it(self, home, moderator, commits):
        waiting(home)

        assert sent(commits) == []
        choose(moderator, "nothing")
        assert sent(commits) == []

    def test_tells_of_ones_own_alone_who_chose_that(self, home, moderator, commits):
        choose(moderator, "mine")
        waiting(home, "Somebody else's")
        assert sent(commits) == []
        DigestChoice.objects.update(sent_on=None)

        waiting(home, "My own", user=moderator)

        [body] = sent(commits)
        assert "My own" in body
        assert "Somebody else's" not in body

    def test_says_that_there_is_more_than_was_read(
        self, home, moderator, commits, monkeypatch
    ):
        monkeypatch.setattr(registry, "MOST", 1)
        choose(moderator)
        for title in ("One", "Another"):
            waiting(home, title)

        [body] = sent(commits)

        assert "More is due than was read" in body
        assert "More is due" in mail.outbox[0].alternatives[0][0]

    def test_notes_nothing_of_whoever_gets_none_any_more(
        self, home, moderator, commits
    ):
        choose(moderator)
        waiting(home)
        sent(commits)
        assert ToldOf.objects.exists()

        DigestChoice.objects.update(what="nothing")
        sent(commits)

        assert not ToldOf.objects.exists()

    def test_asks_for_rights_when_it_is_sent(self, home, moderator, commits):
        choose(moderator)
        waiting(home)
        moderator.groups.clear()
        assert sent(commits) == []
        DigestChoice.objects.update(sent_on=None)

        moderator.is_superuser, moderator.is_active = True, False
        moderator.save()
        assert sent(commits) == []

    def test_speaks_the_language_and_the_time_of_whoever_gets_it(
        self, home, moderator, commits
    ):
        prefer(moderator, "de", "Asia/Tokyo")
        choose(moderator)
        page = waiting(home)
        page.go_live_at = datetime(2031, 6, 19, 20, tzinfo=UTC)
        page.save_revision()

        [body] = sent(commits)

        [message] = mail.outbox
        assert message.subject == "Was fällig ist"
        assert "20. Juni 2031, 05:00" in body
        assert "20. Juni 2031, 05:00" in message.alternatives[0][0]
        assert translation.get_language() == "en-gb"

    @pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
    @pytest.mark.every_case
    def test_is_sent_every_night_wherever_somebody_is(
        self, home, moderator, commits, at, zone
    ):
        """Nights are not exactly a day apart, and days begin elsewhere then."""
        prefer(moderator, "", zone)
        choose(moderator)
        begin = datetime(2031, 6, 16, 10, 1, tzinfo=UTC)  # midnight in Kiritimati
        told = []

        for night in range(3):
            at(begin + night * DAY - night * timedelta(minutes=2))
            waiting(home, f"Page of night {night}")
            told += sent(commits)

        assert len(told) == 3

    def test_one_that_fails_holds_up_no_other_and_is_tried_again(
        self, home, moderator, log_in, commits, monkeypatch
    ):
        other = log_in(EDITORS).user
        type(other).objects.filter(pk=other.pk).update(email="ed@example.org")
        choose(moderator)
        choose(other)
        waiting(home)

        def fails(user, *given):
            if user.pk == moderator.pk:
                raise RuntimeError
            return find(user, *given)

        find = digest.find
        monkeypatch.setattr(digest, "find", fails)
        with pytest.raises(CommandError):
            sent(commits)
        assert [message.to for message in mail.outbox] == [["ed@example.org"]]
        monkeypatch.setattr(digest, "find", find)
        with commits():
            assert send_digests() == (1, 0)


class TestChoosing:
    url = reverse("wagtailadmin_account")

    def post(self, client, **changes):
        posted = {
            "name_email-first_name": "Ada",
            "name_email-last_name": "Curlew",
            "name_email-email": "ada@example.org",
            "theme-theme": "system",
            "theme-contrast": "system",
            "theme-density": "default",
            "theme-keyboard_shortcuts": "on",
            "locale-preferred_language": "en",
            "locale-current_time_zone": "Europe/London",
        }
        return client.post(self.url, posted | changes)

    def test_is_offered_in_the_account_and_kept(self, home, log_in):
        client = log_in(EDITORS)
        assert "due-what" in client.get(self.url).content.decode()
        asked = {"due-what": "mine", "due-days_ahead": "14"}

        for _ in range(2):
            assert self.post(client, **asked).status_code == 302

        [choice] = DigestChoice.objects.all()
        assert (choice.user, choice.what) == (client.user, "mine")
        assert choice.days_ahead == 14

    def test_of_no_such_days_is_told_and_stores_nothing(self, home, log_in):
        asked = {"due-what": "mine", "due-days_ahead": "15"}

        assert (
            "not one of the available"
            in self.post(log_in(EDITORS), **asked).content.decode()
        )
        assert not DigestChoice.objects.exists()

    def test_stays_when_an_older_page_is_posted(self, home, log_in):
        client = log_in(EDITORS)
        choose(client.user)

        assert self.post(client).status_code == 302
        assert DigestChoice.objects.get().what == "all"

    def test_is_not_offered_to_whom_nothing_concerns(self, home, log_in):
        assert "due-what" not in log_in(ADMISSIONS).get(self.url).content.decode()


def test_who_is_told_daily_is_not_reminded_of_reviews_as_well(
    reviewed, reviewer, at, commits
):
    type(reviewer).objects.filter(pk=reviewer.pk).update(email="ada@example.org")
    due_on = reviewed.review.due_on
    at(datetime(due_on.year, due_on.month, due_on.day, 12, tzinfo=UTC) - 5 * DAY)
    choose(reviewer, days=30)

    assert remind() == (0, 0)
    [body] = sent(commits)
    assert reviewed.title in body
    DigestChoice.objects.update(what="mine")
    assert remind() == (1, 0)


@pytest.mark.parametrize("may_enter", [True, False])
def test_whose_digest_tells_later_or_never_is_reminded_of_reviews(
    reviewed, reviewer, at, may_enter
):
    """A digest goes to nobody who may not enter the admin."""
    type(reviewer).objects.filter(pk=reviewer.pk).update(email="ada@example.org")
    due_on = reviewed.review.due_on
    at(datetime(due_on.year, due_on.month, due_on.day, 12, tzinfo=UTC) - 5 * DAY)
    choose(reviewer, days=7 if may_enter else 30)
    if not may_enter:
        entry = Permission.objects.get(codename="access_admin")
        for group in reviewer.groups.all():
            group.permissions.remove(entry)

    assert remind() == (1, 0)
