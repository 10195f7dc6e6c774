"""A patient whose video is in an earlier version only, or was named in it later."""

import pytest

from core.persons.person import CODE, Person, name
from core.persons.registry import widened
from testimonials.consent import changing
from testimonials.quoting.versions import QuotingVersions
from tests.helpers.appearances import picture
from tests.helpers.factories_testimonials import SubjectFactory
from tests.review.history.conftest import RIGHT, WRONG, correction, paragraph

pytestmark = pytest.mark.django_db
ADDRESS = "https://vimeo.com/123456789"


@pytest.fixture(autouse=True)
def allowed(settings):
    settings.VIDEO_PROVIDERS = ["vimeo"]


@pytest.fixture
def subject(db):
    return SubjectFactory(consented__scope_photograph=True)


def video(*people, address=ADDRESS, pk="v1"):
    people = [{"type": "item", "value": each.pk, "id": "i1"} for each in people]
    value = {
        "address": address,
        "title": "First steps",
        "poster": {"image": picture(shows="").pk, "decorative": True},
        "people": people,
    }
    return {"type": "outside_video", "value": value, "id": pk}


@pytest.fixture
def corrected(published, publish):
    """An article with a video of nobody in it, before and after a correction."""
    page = publish(published, paragraph(WRONG, "p2"), video())
    version = page.live_revision_id
    page = publish(page, paragraph(RIGHT, "p2"), correction(), video())
    page.address_before = f"{page.url}versions/{version}/"
    return page


def test_a_video_of_nobody_stays_in_an_earlier_version(client, corrected):
    assert "First steps" in client.get(corrected.address_before).text


@pytest.mark.parametrize(
    "address",
    [ADDRESS, "https://player.vimeo.com/video/123456789"],
    ids=["as it was", "written otherwise"],
)
def test_a_patient_named_later_takes_it_out_of_the_earlier_version(
    client, corrected, publish, subject, address
):
    now = video(subject, address=address, pk="v2")
    publish(corrected, paragraph(RIGHT, "p2"), correction(), now)
    assert "First steps" in client.get(corrected.address_before).text

    changing.take_back(subject)

    answer = client.get(corrected.address_before)
    assert answer.status_code == 200
    assert "First steps" not in answer.text
    assert ADDRESS not in answer.text


def test_a_video_taken_out_of_the_page_is_in_no_earlier_version(
    client, corrected, publish
):
    publish(corrected, paragraph(RIGHT, "p2"), correction())

    assert "First steps" not in client.get(corrected.address_before).text


def test_forgetting_a_patient_finds_versions_from_before_they_were_named(
    corrected, publish, subject
):
    before = {int(corrected.address_before.rstrip("/").rpartition("/")[2])}
    before.add(corrected.live_revision_id)
    page = publish(corrected, paragraph(RIGHT, "p2"), correction(), video(subject))
    publish(page, paragraph(RIGHT, "p2"), correction())

    who = widened(Person(frozenset({name(CODE, subject.reference_code)})))

    found = {int(item.key) for item in QuotingVersions().find(who)}
    assert before < found
