"""What describes a picture or film in a page goes with it."""

import pytest

from core.media.private_files import say
from core.models.images import SiteImage
from core.models.shown_people import Shows
from testimonials.appearances import mark
from testimonials.consent import changing
from tests.helpers.appearances import film, picture
from tests.helpers.factories_evidence import ReferenceFactory, citation
from tests.helpers.factories_testimonials import SubjectFactory, embed

pytestmark = pytest.mark.usefixtures("moves_at_once")

TOLD = ["Anna, three months after", "Photograph: her brother", "A woman who rows"]


@pytest.fixture
def subject(home):
    scopes = {f"consented__scope_{n}": True for n in ("photograph", "video", "voice")}
    return SubjectFactory(**scopes)


def figure(image):
    caption, credit, description = TOLD
    value = {"image": image, "caption": f"<p>{caption}</p>", "credit": credit}
    return ("figure", {**value, "long_description": f"<p>{description}</p>"})


@pytest.mark.parametrize("kind", ["figure", "video"])
@pytest.mark.parametrize("end", ["withdrawn", "deleted"])
def test_goes_when_it_is_withheld_or_deleted(client, home, subject, commits, kind, end):
    if kind == "figure":
        record, told = picture(), TOLD
        page = embed(home, figure(record))
    else:
        record, told = film(), TOLD[:1]
        value = {"video": record, "caption": f"<p>{TOLD[0]}</p>"}
        page = embed(home, ("video", value))
    mark([record], subject.pk)
    before = client.get(page.url).text
    assert all(each in before for each in told)

    with commits():
        if end == "withdrawn":
            changing.take_back(subject)
        else:
            record.delete()

    after = client.get(page.url).text
    assert [each for each in TOLD if each in after] == []
    assert "<figure" not in after


@pytest.mark.parametrize("kind", ["figure", "video"])
def test_no_work_that_it_alone_cites_is_told_of(client, home, subject, kind):
    work = ReferenceFactory(title="Rowing after three months")
    record, name = (picture(), "image") if kind == "figure" else (film(), "video")
    caption = f"<p>Rowing{citation(work.pk)}</p>"
    page = embed(home, (kind, {name: record, "caption": caption}))
    mark([record], subject.pk)
    assert work.title in client.get(page.url).text

    changing.take_back(subject)

    assert work.title not in client.get(page.url).text


def test_comes_back_with_it(client, home, subject):
    image = picture()
    page = embed(home, figure(image))
    mark([image], subject.pk)
    changing.take_back(subject)
    assert TOLD[0] not in client.get(page.url).text

    say(SiteImage.objects.get(pk=image.pk), Shows.NOBODY)

    assert TOLD[0] in client.get(page.url).text
