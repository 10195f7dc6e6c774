"""What a refusal leaves as it was, at any door through which a page can go live."""

import pytest

from home.models import ContentPage
from tests.helpers import publishing_doors as doors
from tests.helpers.factories import ContentPageFactory, SiteImageFactory
from tests.helpers.publishing_doors import TOMORROW, Refused, heading
from tests.helpers.refusals import DOORS, NOTHING, changed_by

BY_A_RULE = heading("Too deep", "3"), "skips a level"
FOR_AN_EMPTY_BLOCK = heading(""), "This field is required."


@pytest.fixture
def index(home):
    """A live page above those refused, where the fixture ``workflow`` applies."""
    return ContentPageFactory(parent=home, title="Section", slug="section")


@pytest.fixture
def refused(request, index, workflow, log_in):
    """A live page: one good version is scheduled, a later bad one is submitted."""
    body, sentence = request.param
    page = ContentPageFactory(
        parent=index,
        slug="page",
        body=heading("As it is"),
        lead_image=SiteImageFactory(),
    )
    page.body = heading("Scheduled")
    page.save_revision(approved_go_live_at=TOMORROW)
    page.body = body
    page.lead_image = SiteImageFactory()
    page.save_revision(clean=False)
    workflow.start(page, log_in("Editors").user)
    return Refused(ContentPage.objects.get(pk=page.pk), body, sentence, log_in)


@pytest.mark.parametrize("refused", [BY_A_RULE], indirect=True, ids=[""])
@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_a_refusal_by_a_rule_changes_nothing(door, refused):
    assert changed_by(door, refused) == DOORS[door]


@pytest.mark.parametrize("refused", [FOR_AN_EMPTY_BLOCK], indirect=True, ids=[""])
@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_an_empty_block_goes_live_through_no_door(door, refused):
    # The form in which it is approved asks for what is missing by itself.
    is_form = door is doors.approval_in_the_editor
    assert changed_by(door, refused) == (NOTHING if is_form else DOORS[door])
