"""A page is kept no longer than until something on it changes by itself."""

from datetime import UTC, datetime, timedelta

import pytest

from delivery import calendar, pages
from tests.helpers.factories import ContentPageFactory

pytestmark = pytest.mark.django_db
PATH = "/about/"


@pytest.fixture
def now(monkeypatch):
    time = [1_800_000_000.0]
    for module in ("linked", "store", "pages"):
        monkeypatch.setattr(f"delivery.{module}.time.time", lambda: time[0])
    return time


@pytest.fixture
def changes(monkeypatch):
    """Instants, as seconds, at which something changes by itself."""
    instants = []

    def source(after):
        found = [datetime.fromtimestamp(at, tz=UTC) for at in instants]
        return min((at for at in found if at > after), default=None)

    monkeypatch.setattr(calendar, "_sources", [source])
    return instants


@pytest.fixture
def page(home, now):
    return ContentPageFactory(parent=home, slug="about")


@pytest.mark.parametrize(
    ("wait", "folder_name"),
    [
        (1_000_000, "t1800"),
        (200_000, "t18000"),
        (50_000, "t180000"),
        (5_000, "t1800000"),
        (500, "t18000000"),
        (50, "t180000000"),
        (5, None),
    ],
)
def test_a_page_is_kept_in_the_longest_period_before_the_change(
    visitor, page, changes, now, folder, wait, folder_name
):
    changes.append(now[0] + wait)

    visitor.get(PATH)

    found = [path.name for path in folder.glob("gen-*/*") if path.name[0] != "."]
    assert found == ([folder_name] if folder_name else [])


def test_no_visitor_gets_an_old_page_from_that_instant_on(visitor, page, changes, now):
    start, change = now[0], now[0] + 1005.5
    changes.append(change)
    made_at = {}
    while now[0] < start + 1030:
        answer = visitor.get(PATH)
        made_at.setdefault(answer.headers.get("ETag"), now[0])
        if now[0] >= change and (etag := answer.headers.get("ETag")):
            assert made_at[etag] >= change
        now[0] += 2.5

    # Afterwards it is kept again, for as long as any page is.
    made = visitor.made
    now[0] += 1_000_000
    visitor.get(PATH)
    visitor.get(PATH)
    assert visitor.made <= made + 1


def test_a_page_that_changes_by_itself_has_another_validator_of_the_same_length(
    visitor, page, changes, now
):
    changes.append(now[0] + 10_000)
    before = visitor.get(PATH)
    now[0] += 10_000
    after = visitor.get(PATH)

    assert len(before.content) == len(after.content)
    assert before.headers["ETag"] != after.headers["ETag"]


def test_no_visitor_gets_an_old_page_where_the_clock_was_set_back(
    visitor, page, changes, now
):
    visitor.get(PATH)
    now[0] -= 3600
    changes.append(now[0] + 1800)
    visitor.get(PATH)
    made = visitor.made
    now[0] += 1800
    visitor.get(PATH)

    assert visitor.made == made + 1


def test_no_validator_comes_again_where_the_clock_was_set_back(
    visitor, page, changes, now
):
    visitor.get(PATH)
    now[0] -= 3600
    changes.extend([now[0] + 1000, now[0] + 2000])
    answers = []
    for _each in range(3):
        answers += [visitor.get(PATH), visitor.get(PATH)]
        now[0] += 1000

    assert len({len(answer.content) for answer in answers}) == 1
    before, between, after = (
        {answer.headers.get("ETag") for answer in answers[at : at + 2]} - {None}
        for at in (0, 2, 4)
    )
    assert not before & between | between & after | before & after


def test_a_page_without_a_bound_is_kept_where_the_clock_was_set_back(
    visitor, page, changes, now
):
    visitor.get(PATH)
    now[0] -= 3600
    visitor.get(PATH)
    made = visitor.made

    visitor.get(PATH)

    assert visitor.made == made


def test_periods_are_named_as_nginx_names_them():
    now = 1_795_451_636.789
    digits = str(now).partition(".")[0]

    assert list(pages.buckets(now)) == [
        f"t{digits[:-6]}",
        f"t{digits[:-5]}",
        f"t{digits[:-4]}",
        f"t{digits[:-3]}",
        f"t{digits[:-2]}",
        f"t{digits[:-1]}",
    ]


def test_the_earliest_of_all_sources_counts(monkeypatch):
    at = datetime(2027, 1, 1, tzinfo=UTC)
    days = [timedelta(days=3), None, timedelta(days=1)]
    sources = [(lambda now, d=d: d and now + d) for d in days]
    monkeypatch.setattr(calendar, "_sources", sources)

    assert calendar.next_change(at) == at + timedelta(days=1)


def test_pages_of_periods_and_generations_that_are_over_are_deleted(
    visitor, page, changes, now, folder
):
    changes.append(now[0] + 999_999)
    visitor.get(PATH)
    generation = next(folder.glob("gen-*"))
    for older in range(3):
        (folder / f"gen-{1_700_000_000 + older}").mkdir()
    now[0] += 200_000
    visitor.get(PATH)

    pages.delete_old(generation)

    assert sorted(p.name for p in folder.glob("gen-*")) == [
        "gen-1700000002",
        generation.name,
    ]
    assert [p.name for p in generation.glob("t*")] == ["t18002"]
