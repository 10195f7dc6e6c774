"""More than any form asks for, posted to a step: told in words, and the draft kept."""

import pytest

from applications.applying.steps.drafts import typed_in
from applications.models import Draft
from tests.helpers.applicants_files import sent
from tests.helpers.factories_applications import IDS, field
from tests.helpers.factories_steps import (
    SteppedFormPageFactory,
    fill_in,
    soup_of,
    walk,
)

STEP = "/apply/step/2/"


@pytest.fixture
def draft(client, home):
    """The draft of somebody who has answered up to the third step."""
    page = SteppedFormPageFactory(parent=home)
    walk(client, page, until="step/3/")
    return Draft.objects.get()


def kept(draft):
    draft.refresh_from_db()
    return typed_in(draft)


def test_a_thousand_fields_are_read_past_and_those_that_are_asked_kept(client, draft):
    known = kept(draft).keys()
    more = {f"q-{number}": "x" for number in range(1000)}

    response = fill_in(client, STEP, short_text="Ada Lovelace", **more)

    assert response.status_code == 303
    typed = kept(draft)
    assert typed[IDS["short_text"]] == "Ada Lovelace"
    assert typed.keys() <= known | {IDS["short_text"], "keep"}


def test_a_thousand_values_of_one_field_are_one_answer(client, draft):
    response = fill_in(client, STEP, short_text=["x"] * 1000)

    assert response.status_code == 303
    assert kept(draft)[IDS["short_text"]] == "x"


@pytest.mark.parametrize(
    "posted",
    [
        {f"q-{number}": "x" for number in range(10_001)},
        {field("short_text"): "x" * (12 * 1024 * 1024 + 1)},
    ],
    ids=["fields", "text"],
)
def test_more_than_the_site_reads_is_told_and_changes_nothing(client, draft, posted):
    before = kept(draft)

    response = client.post(STEP, posted)

    page = soup_of(response)
    assert response.status_code == 400
    assert page.h1.text == "We could not read your request"
    assert "go back" in page.main.text
    assert kept(draft) == before
    assert client.get("/apply/step/3/").status_code == 200


def test_more_files_than_the_site_reads_are_told_and_change_nothing(
    client, draft, settings
):
    before = kept(draft)
    most = settings.DATA_UPLOAD_MAX_NUMBER_FILES

    files = [sent(f"{number}.pdf") for number in range(most + 1)]
    response = client.post(STEP, {"q-files": files})

    assert response.status_code == 400
    assert f"more than {most} files at once" in soup_of(response).main.text
    assert kept(draft) == before
