"""What the admin says of pages that go live, come off, or wait for an approval."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from core.due import registry
from core.due.days import months_after
from core.due.registry import MOST, DueItem, Kind, Span, find, kinds
from core.due.schedule import Expiry, GoLive, NeverApproved
from home.roles import ADMISSIONS, EDITORS, SEO_SPECIALISTS
from tests.helpers.factories import ContentPageFactory, UserFactory

pytestmark = [pytest.mark.django_db]

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
TOMORROW = NOW + timedelta(days=1)
MONTH = Span(None, date(2026, 7, 15))


@pytest.fixture(autouse=True)
def _clock(at):
    at(NOW)


@pytest.fixture
def editor(log_in):
    return log_in(EDITORS).user


def draft(home, user=None, publish=False, **given):
    page = ContentPageFactory(parent=home, live=given.pop("live", False), owner=user)
    for name, value in given.items():
        setattr(page, name, value)
    revision = page.save_revision(user=user)
    if publish:
        revision.publish()
    page.refresh_from_db()
    return page


def keys(kind, user, span=MONTH):
    return [int(item.key) for item in kind.find(user, span)]


def test_an_approved_date_is_when_a_page_goes_live(home, editor):
    page = draft(home, editor, publish=True, go_live_at=TOMORROW)

    [item] = GoLive().find(editor, MONTH)

    assert (item.page.pk, item.when) == (page.pk, TOMORROW)
    assert item.url == f"/admin/pages/{page.pk}/edit/"
    assert editor.pk in item.people
    assert keys(NeverApproved(), editor) == []


def test_a_date_that_nobody_has_approved_is_a_kind_of_its_own(home, editor):
    page = draft(home, editor, go_live_at=TOMORROW)

    [item] = NeverApproved().find(editor, MONTH)

    assert (item.page.pk, item.when, item.is_late) == (page.pk, TOMORROW, False)
    assert keys(GoLive(), editor) == []


def test_a_draft_whose_day_has_passed_unapproved_is_overdue(home, editor, at):
    page = draft(home, editor, go_live_at=TOMORROW)
    at(NOW + timedelta(days=3))

    [item] = NeverApproved().find(editor, MONTH)

    assert (item.page.pk, item.is_late) == (page.pk, True)


def test_a_change_of_a_published_page_that_missed_its_day_is_overdue(home, editor, at):
    """Readers see the page as it was; the change was never approved."""
    page = draft(home, editor, publish=True)
    page.go_live_at = TOMORROW
    page.save_revision(user=editor)
    assert keys(NeverApproved(), editor) == [page.pk]
    at(NOW + timedelta(days=3))

    [item] = NeverApproved().find(editor, MONTH)

    assert (item.page.pk, item.is_late) == (page.pk, True)


def test_what_is_live_since_its_day_is_not_overdue_when_it_is_changed(home, editor, at):
    page = draft(home, editor, publish=True, go_live_at=TOMORROW)
    at(TOMORROW + timedelta(minutes=5))
    call_command("publish_scheduled")
    page.refresh_from_db()
    assert page.live
    page.save_revision(user=editor)
    at(NOW + timedelta(days=3))

    assert page.latest_revision.content["go_live_at"]
    assert keys(NeverApproved(), editor) == keys(GoLive(), editor) == []


def test_what_was_approved_and_then_changed_is_told_of_twice(home, editor):
    """The approved version goes live on its day; the change waits for nothing."""
    page = draft(home, editor, publish=True, go_live_at=TOMORROW)
    page.title = "Changed since"
    page.save_revision(user=editor)

    [approved] = GoLive().find(editor, MONTH)
    [changed] = NeverApproved().find(editor, MONTH)

    assert approved.when == changed.when == TOMORROW
    assert approved.key == changed.key == str(page.pk)
    assert approved.uid != changed.uid


def test_a_new_date_that_is_approved_takes_the_place_of_the_old_one(home, editor):
    page = draft(home, editor, publish=True, go_live_at=TOMORROW)
    later = TOMORROW + timedelta(days=5)
    page.go_live_at = later
    revision = page.save_revision(user=editor)
    told = [(item.when, item.uid) for item in GoLive().find(editor, MONTH)]
    assert told == [(TOMORROW, f"go-live-{page.pk}")]
    assert [item.when for item in NeverApproved().find(editor, MONTH)] == [later]

    revision.publish()

    told = [(item.when, item.uid) for item in GoLive().find(editor, MONTH)]
    assert told == [(later, f"go-live-{page.pk}")]
    assert keys(NeverApproved(), editor) == []


def test_an_approval_that_is_taken_back_leaves_a_date_that_nobody_approved(
    home, editor
):
    page = draft(home, editor, publish=True, go_live_at=TOMORROW)
    page.latest_revision.refresh_from_db()
    page.latest_revision.approved_go_live_at = None
    page.latest_revision.save()

    assert keys(GoLive(), editor) == []
    assert keys(NeverApproved(), editor) == [page.pk]


def test_a_published_page_comes_off_on_its_day(home, editor, at):
    page = draft(home, editor, publish=True, expire_at=TOMORROW)

    assert keys(Expiry(), editor) == [page.pk]
    at(NOW + timedelta(days=3))
    assert keys(Expiry(), editor) == []
    [passed] = Expiry().find(editor, Span(date(2026, 6, 1), MONTH.last))
    assert not passed.is_late


def test_a_page_that_is_no_longer_published_does_not_come_off(home, editor):
    draft(home, editor, expire_at=TOMORROW)

    assert keys(Expiry(), editor) == []


@pytest.mark.parametrize(
    ("span", "is_told"),
    [
        (Span(None, date(2026, 6, 15)), False),
        (Span(date(2026, 6, 16), date(2026, 6, 16)), True),
        (Span(date(2026, 6, 17), date(2026, 7, 1)), False),
    ],
)
@pytest.mark.every_case
def test_only_the_days_asked_for_are_told(home, editor, span, is_told):
    at_once = {"go_live_at": TOMORROW}
    approved = draft(home, editor, publish=True, **at_once)
    waiting = draft(home, editor, **at_once)
    ending = draft(home, editor, publish=True, expire_at=TOMORROW)

    assert keys(GoLive(), editor, span) == [approved.pk] * is_told
    assert keys(NeverApproved(), editor, span) == [waiting.pk] * is_told
    assert keys(Expiry(), editor, span) == [ending.pk] * is_told


def test_nobody_is_told_of_pages_that_they_do_not_work_on(home, log_in):
    draft(home, publish=True, go_live_at=TOMORROW)

    assert find(log_in(ADMISSIONS).user, MONTH).items == []
    assert [kind.code for kind in kinds(log_in(ADMISSIONS).user)] == []
    assert len(find(log_in(SEO_SPECIALISTS).user, MONTH).items) == 1


def test_much_costs_as_many_queries_as_little(
    home, editor, django_assert_max_num_queries, django_assert_num_queries
):
    draft(home, editor, publish=True, go_live_at=TOMORROW)
    with django_assert_max_num_queries(60) as little:
        find(type(editor).objects.get(pk=editor.pk), MONTH)
    for _ in range(5):
        draft(home, editor, publish=True, go_live_at=TOMORROW)
        draft(home, editor, go_live_at=TOMORROW)
        draft(home, editor, publish=True, expire_at=TOMORROW)

    with django_assert_num_queries(len(little)):
        found = find(type(editor).objects.get(pk=editor.pk), MONTH)

    assert len(found.items) == 16


def test_a_year_that_cannot_be_is_told_of_nowhere(home, editor):
    """In time zones to the west such a day is before all days."""
    draft(home, editor, go_live_at=datetime(1, 1, 1, 0, 30, tzinfo=UTC))
    draft(home, editor, publish=True, go_live_at=datetime(26, 7, 1, tzinfo=UTC))

    with timezone.override("America/New_York"):
        assert find(editor, MONTH).items == []


def test_what_is_more_than_anybody_reads_is_cut_and_said_so(editor):
    class Many(Kind):
        code = name = "many"

        def concerns(self, user):
            return True

        def find(self, user, span, most=None):
            for number in range(2000):
                yield DueItem(self, str(number), span.last, "", "/")

    found = find(editor, MONTH, [Many()])

    assert (len(found.items), found.total) == (2 * MOST, 4000)
    assert [span.first for span in found.cut] == [date(2026, 6, 14), MONTH.last]
    assert len(find(editor, MONTH, [Many()], whole=True).items) == 4000


def test_what_is_overdue_leaves_room_for_ones_own_that_is_to_come(
    home, editor, at, monkeypatch
):
    monkeypatch.setattr(registry, "MOST", 2)
    other = UserFactory()
    at(NOW - timedelta(days=100))
    for days in range(4):
        draft(home, other, go_live_at=NOW - timedelta(days=days + 9))
        draft(home, other, go_live_at=NOW + timedelta(days=days, hours=1))
    late = draft(home, editor, go_live_at=NOW - timedelta(days=1))
    coming = draft(home, editor, go_live_at=NOW + timedelta(days=9))
    at(NOW)

    found = find(editor, MONTH)
    assert ([item.is_late for item in found.items], bool(found.cut)) == (
        [True, True, False, False],
        True,
    )
    found = find(editor, MONTH._replace(of=editor.pk))
    assert [int(item.key) for item in found.items] == [late.pk, coming.pk]
    assert not found.cut


def test_days_beyond_all_calendars_are_brought_back():
    span = Span.within(date.min, date.max)

    assert span.begins < timezone.now() < span.ends


def test_months_end_where_their_days_do():
    assert months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_after(date(2026, 12, 5), 12) == date(2027, 12, 5)
