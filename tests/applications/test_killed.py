"""A process that is killed before any of its statements: nothing is lost or doubled."""

import json
import os
import signal
from contextlib import contextmanager

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.models import Count

from applications.applying.steps import drafts, reviewing
from applications.definitions import asked
from applications.models import Answer, Application, Draft
from tests.helpers.children import in_a_child
from tests.helpers.cookies_by_path import PathClient
from tests.helpers.factories_applications import (
    IDS,
    ApplicationFormPageFactory,
    field,
)
from tests.helpers.factories_applications import filled_in as one_page
from tests.helpers.factories_steps import (
    SteppedFormPageFactory,
    reference_in,
    walk,
)

NAME = "Ada Quillfeather"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def at_any_speed(monkeypatch):
    monkeypatch.setattr(reviewing, "FASTEST", 0)


@contextmanager
def killing(number):
    """Kill this process when it is about to execute one statement more than that."""
    left = number

    def execute(run, sql, params, many, context):
        nonlocal left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
        return run(sql, params, many, context)

    with connection.execute_wrapper(execute):
        yield


def kills(post):
    """Yield once for each statement of ``post``, after it was killed just before that.

    ``post`` must be able to begin again each time. The last time it ends by itself.
    """
    number = 0
    while True:
        cache.clear()  # many send from here

        def work(number=number):
            with killing(number):
                post()

        code = in_a_child(work)
        assert code in {0, -signal.SIGKILL}
        yield code
        if code == 0:
            # It writes, so it has been killed between its statements, too.
            assert number > 5
            return
        number += 1


def assert_whole(applications):
    """Assert that each is there once, with a row for each question and its tasks."""
    assert Application.objects.count() == len(set(applications)) == len(applications)
    for application in Application.objects.annotate(rows=Count("answers")):
        assert application.rows == len(asked(application.definition.content))
    assert not Answer.objects.exclude(application__reference__in=applications)


def test_at_sending_each_number_shown_is_there_once_and_whole(home):
    page = SteppedFormPageFactory(parent=home)
    walk(PathClient(), page)
    typed = json.loads(Draft.objects.get().answers)
    Draft.objects.all().delete()
    shown, visitor = [], None

    def begin():
        nonlocal visitor
        _draft, secret = drafts.begin(page.latest_definition, typed)
        visitor = PathClient()
        visitor.jar[drafts.COOKIE, "/apply/"] = secret

    begin()
    token = _token_in(visitor.get("/apply/review/"))
    posted = {"version": "1", "form_token": token}
    for _killed in kills(lambda: visitor.post("/apply/review/", posted)):
        assert Application.objects.count() in {len(shown), len(shown) + 1}

        # The browser was answered nothing: somebody presses the button again.
        again = visitor.post("/apply/review/", posted)
        shown.append(reference_in(visitor.get(again.url)))
        # And goes back.
        assert reference_in(visitor.get("/apply/review/", follow=True)) == shown[-1]
        assert not Draft.objects.exists()
        assert_whole(shown)

        begin()
        posted["form_token"] = _token_in(visitor.get("/apply/review/"))


def test_at_sending_one_page_each_number_shown_is_there_once_and_whole(home):
    page = ApplicationFormPageFactory(parent=home)
    shown, posted = [], [one_page(page)]
    for _killed in kills(lambda: PathClient().post("/apply/", posted[-1])):
        visitor = PathClient()
        again = visitor.post("/apply/", posted[-1])
        shown.append(reference_in(visitor.get(again.url)))
        assert_whole(shown)
        posted.append(one_page(page))


@pytest.mark.parametrize("number", [2, 4])
def test_between_steps_there_is_one_draft_with_all_that_was_kept(home, number):
    """The second step begins the draft, the last one changes it."""
    visitor = PathClient()
    walk(visitor, SteppedFormPageFactory(parent=home), until=f"step/{number}/")
    path = f"/apply/step/{number}/"
    typed = {
        2: {"short_text": NAME, "email": "ada@example.org", "consent": "on"},
        4: {"long_text": "Vermilionazole, 5 mg"},
    }[number]
    posted = {field(kind): value for kind, value in typed.items()}
    posted["form_token"] = _token_in(visitor.get(path))
    jar, before = dict(visitor.jar), Draft.objects.count()

    for _killed in kills(lambda: visitor.post(path, posted)):
        assert Draft.objects.count() in {before, 1}

        # The browser was answered nothing: somebody presses the button again.
        again = visitor.post(path, posted)
        assert again.url == f"/apply/{'review' if number == 4 else 'step/3'}/"
        kept = json.loads(Draft.objects.get().answers)
        assert kept[IDS["short_text"]] == NAME
        # And goes back.
        assert NAME in visitor.get("/apply/step/2/").text
        if number == 2:
            Draft.objects.all().delete()
            visitor.jar = dict(jar)


def _token_in(response):
    return response.text.partition('name="form_token" value="')[2].partition('"')[0]
