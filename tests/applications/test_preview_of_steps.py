"""The preview of a form in steps: every page of it, and nothing stored."""

import pytest

from applications.models import Draft
from tests.helpers.factories_steps import SteppedFormPageFactory, soup_of


@pytest.fixture
def form_page(home):
    return SteppedFormPageFactory(parent=home)


def preview(form_page, mode, rf):
    request = rf.get(form_page.url)
    return soup_of(form_page.make_preview_request(request, mode))


def test_walks_every_step_the_exit_and_the_review(form_page, rf):
    headings = {
        mode: preview(form_page, mode, rf).select_one("main h1").text
        for mode, _name in form_page.preview_modes
    }

    assert headings == {
        "": "Apply for an assessment",
        "step/1/": "Before you begin",
        "step/2/": "You",
        "step/3/": "Your health",
        "step/4/": "Your medicines",
        "exit/1/": "We can probably not help you",
        "review/": "Check your answers",
    }


def test_shows_questions_whatever_they_depend_on_and_sends_nothing(form_page, rf):
    for mode, _name in form_page.preview_modes:
        page = preview(form_page, mode, rf)
        assert not page.select("main button:not([disabled])")
        assert not page.select("main [name=csrfmiddlewaretoken]")
    assert "When was it?" in preview(form_page, "step/3/", rf).text
    assert not Draft.objects.exists()


def test_of_a_form_on_one_page_has_one_mode(form_page, home):
    page = type(form_page)(title="New")

    assert len(page.preview_modes) == 1
