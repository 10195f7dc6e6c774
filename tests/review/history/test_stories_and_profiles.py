"""Stories and profiles say what happened to them, too, as far as consent goes."""

import json
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from wagtail.models import Revision

from core.publishing import gate
from review.models import PublishedCorrection
from testimonials.models import Consent, Subject
from tests.helpers.factories import PeopleIndexPageFactory, PersonPageFactory
from tests.helpers.factories_testimonials import (
    ConsentFactory,
    SubjectFactory,
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
)
from tests.helpers.schema_org import nodes_by_fragment
from tests.review.history.conftest import (
    RIGHT,
    WRONG,
    correction,
    ids,
    latest,
    paragraph,
)

pytestmark = pytest.mark.django_db


def published(page, *blocks, **fields):
    draft = latest(page)
    draft.body = json.dumps(blocks)
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def mended(page):
    page = published(page, paragraph(WRONG, "p2"))
    return published(page, paragraph(RIGHT, "p2"), correction())


def rows(client, page):
    html = BeautifulSoup(client.get(page.url).content, "html.parser")
    return {
        row.dt.text: " ".join(row.dd.text.split())
        for row in html.select(".page-history > div")
    }


def way_back(client, page):
    html = BeautifulSoup(client.get(page.url).content, "html.parser")
    link = html.select_one(".correction__earlier a")
    return link["href"] if link else None


@pytest.fixture
def story(home):
    subject = SubjectFactory(name="Grete Halvorsen")
    return TestimonialPageFactory(
        parent=TestimonialIndexPageFactory(parent=home), subject=subject
    )


@pytest.fixture
def profile(home):
    return PersonPageFactory(parent=PeopleIndexPageFactory(parent=home))


@pytest.fixture(params=["story", "profile"])
def page(request):
    return request.getfixturevalue(request.param)


def test_a_correction_is_listed_with_the_way_to_the_version_before_it(client, page):
    page = mended(page)
    version = PublishedCorrection.objects.get().version

    assert rows(client, page)["Corrected"].endswith(": It said 84.")
    assert way_back(client, page) == f"{page.url}versions/{version.pk}/"
    answer = client.get(way_back(client, page))
    html = BeautifulSoup(answer.content, "html.parser")
    assert WRONG in html.select_one(".body").text
    assert RIGHT not in html.select_one(".body").text
    assert "This is an earlier version" in html.select_one(".earlier-version").text
    assert answer["X-Robots-Tag"] == "noindex"
    (canonical,) = html.select("link[rel=canonical]")
    assert canonical["href"] == page.full_url
    (note,) = nodes_by_fragment(client.get(page.url))["webpage"]["correction"]
    assert note["text"] == "It said 84."


def test_an_update_says_what_has_changed(client, page):
    page = published(page, paragraph(RIGHT, "p2"))

    page = published(page, paragraph(RIGHT, "p2"), change_note="A year was added.")

    assert rows(client, page)["Updated"].endswith(": A year was added.")
    assert page.change_note == ""


def test_a_correction_cannot_be_taken_out(page):
    page = mended(page)

    page = published(page, paragraph(RIGHT, "p2"))

    assert ids(page) == ["p2", "c1"]


def test_autosave_does_not_overwrite_what_readers_saw(page):
    page = published(page, paragraph(WRONG, "p2"))
    draft = latest(page)
    draft.body = json.dumps([paragraph("A later draft.", "p2")])

    saved = draft.save_revision(overwrite_revision=page.live_revision)

    assert saved.pk != page.live_revision_id


def test_readers_are_told_how_the_text_was_written(client, page):
    page = published(page, paragraph(RIGHT, "p2"), text_provenance="ai-edited")

    html = BeautifulSoup(client.get(page.url).content, "html.parser")
    label = html.select_one(".text-provenance")
    assert label.text == "Drafted with AI, checked and edited by people."
    assert label.has_attr("data-ai")


def test_a_story_says_when_it_was_published(client, story):
    assert list(rows(client, story)) == ["Published"]


def test_a_profile_says_nothing_until_there_is_something_to_say(client, profile):
    assert rows(client, profile) == {}


def test_earlier_versions_of_a_story_go_with_its_consent(client, story):
    story = mended(story)
    address = way_back(client, story)

    Consent.objects.update(withdrawn_at=timezone.now())

    answer = client.get(address)
    assert answer.status_code == 410
    assert WRONG not in answer.content.decode()


def test_what_was_taken_back_in_part_closes_the_versions_from_before(client, story):
    story = mended(story)
    address = way_back(client, story)
    photograph = ConsentFactory(
        subject=story.subject, scope_photograph=True, scope_medical_detail=False
    )
    assert client.get(address).status_code == 200

    photograph.withdrawn_at = timezone.now()
    photograph.save()

    assert client.get(story.url).status_code == 200
    assert way_back(client, story) is None
    assert client.get(address).status_code == 404


def test_what_was_taken_back_before_a_version_leaves_it_open(client, story):
    long_ago = timezone.now() - timedelta(days=30)
    ConsentFactory(subject=story.subject, withdrawn_at=long_ago)

    story = mended(story)

    assert client.get(way_back(client, story)).status_code == 200


def test_a_version_that_types_the_name_is_closed_while_it_may_not_be_printed(
    client, story
):
    consent = Consent.objects.get()
    consent.scope_name = True
    consent.save()
    story = mended(story)
    version = PublishedCorrection.objects.get().version
    body = json.dumps([paragraph("<b>Grete</b> walked 84 metres.", "p2")])
    Revision.objects.filter(pk=version.pk).update(
        content={**version.content, "body": body}
    )
    address = way_back(client, story)
    assert client.get(address).status_code == 200

    consent.scope_name = False
    consent.save()

    assert way_back(client, story) is None
    assert client.get(address).status_code == 404


def test_a_version_about_somebody_else_is_closed(client, story):
    story = mended(story)
    version = PublishedCorrection.objects.get().version
    content = {**version.content, "subject": SubjectFactory().pk}
    Revision.objects.filter(pk=version.pk).update(content=content)

    assert client.get(f"{story.url}versions/{version.pk}/").status_code == 404


def test_no_draft_of_a_story_has_an_address(client, story):
    story = mended(story)
    draft = latest(story)
    draft.body = json.dumps([paragraph("Secret.", "p2")])
    secret = draft.save_revision()

    assert client.get(f"{story.url}versions/{secret.pk}/").status_code == 404


SECRET = "My brother found me."


def test_words_taken_out_without_a_correction_stay_in_no_earlier_version(client, story):
    story = published(story, paragraph(WRONG, "p2"), paragraph(SECRET, "p3"))
    story = published(
        story, paragraph(RIGHT, "p2"), correction(), paragraph(SECRET, "p3")
    )
    address = way_back(client, story)
    assert SECRET in client.get(address).text

    story = published(story, paragraph(RIGHT, "p2"), correction())

    assert client.get(address).status_code == 404
    assert way_back(client, story) is None


@pytest.mark.parametrize(
    "after",
    [
        [paragraph(RIGHT, "p2"), correction()],
        [paragraph(RIGHT, "p2"), correction(), paragraph("Somebody.", "p3")],
    ],
    ids=["taken out", "changed"],
)
def test_a_correction_tells_of_its_own_paragraph_alone(client, story, after):
    story = published(story, paragraph(WRONG, "p2"), paragraph(SECRET, "p3"))
    version = story.live_revision_id

    story = published(story, *after)

    assert client.get(f"{story.url}versions/{version}/").status_code == 404


def test_a_corrected_paragraph_that_is_cut_later_closes_the_versions_too(client, story):
    story = published(story, paragraph(f"{WRONG} {SECRET}", "p2"))
    story = published(story, paragraph(f"{RIGHT} {SECRET}", "p2"), correction())
    address = way_back(client, story)
    assert client.get(address).status_code == 200

    story = published(story, paragraph(RIGHT, "p2"), correction())

    assert client.get(address).status_code == 404


def test_what_is_cut_and_restored_stays_closed(client, story):
    story = published(mended(story), paragraph("Something else.", "p2"), correction())

    story = published(story, paragraph(RIGHT, "p2"), correction())

    assert way_back(client, story) is None


def test_a_standfirst_that_is_changed_closes_the_versions_too(client, story):
    story = published(mended(story), paragraph(RIGHT, "p2"), standfirst="Now.")

    assert way_back(client, story) is None


def test_what_is_added_or_moved_leaves_a_version_open(client, story):
    story = published(story, paragraph(WRONG, "p2"), paragraph("First.", "p1"))
    story = published(
        story, paragraph(RIGHT, "p2"), correction(), paragraph("First.", "p1")
    )

    story = published(
        story,
        paragraph("First.", "p1"),
        paragraph(RIGHT, "p2"),
        correction(),
        paragraph("Added.", "p4"),
    )

    assert client.get(way_back(client, story)).status_code == 200


def test_a_second_correction_leaves_the_first_version_open(client, story):
    story = mended(story)
    address = way_back(client, story)

    story = published(
        story, paragraph("49 took part.", "p2"), correction(), correction("48.", "c2")
    )

    assert client.get(address).status_code == 200


def test_a_version_is_closed_where_one_after_it_is_not_kept(client, story):
    story = mended(story)
    address, middle = way_back(client, story), story.live_revision_id
    published(story, paragraph(RIGHT, "p2"), correction(), paragraph("Added.", "p4"))
    assert client.get(address).status_code == 200
    Revision.objects.filter(pk=middle).delete()

    assert client.get(address).status_code == 404


def test_what_was_entered_days_after_it_was_taken_back_counts_from_then(client, story):
    photograph = ConsentFactory(
        subject=story.subject, scope_photograph=True, scope_medical_detail=False
    )
    story = mended(story)
    address = way_back(client, story)

    photograph.withdrawn_at = timezone.now() - timedelta(days=20)
    photograph.save(update_fields=["withdrawn_at"])

    assert client.get(address).status_code == 404


@pytest.mark.parametrize("is_renewed", [False, True], ids=["ended", "renewed"])
def test_a_scope_that_ends_closes_the_versions_from_before(client, story, is_renewed):
    ConsentFactory(
        subject=story.subject,
        scope_photograph=True,
        scope_medical_detail=False,
        valid_until=timezone.localdate() - timedelta(days=1),
    )
    if is_renewed:
        ConsentFactory(subject=story.subject, scope_photograph=True)
    story = mended(story)
    long_ago = timezone.now() - timedelta(days=30)
    Revision.objects.update(created_at=long_ago)

    assert (way_back(client, story) is not None) == is_renewed


@pytest.mark.parametrize("initials", ["G. H.", "G.H."])
def test_a_version_with_initials_is_closed_while_they_may_not_be_printed(
    client, story, initials
):
    consent = Consent.objects.get()
    Consent.objects.update(scope_initials=True)
    story = published(story, paragraph(f"{initials} walked.", "p2"))
    story = published(story, paragraph("Somebody walked.", "p2"), correction())
    assert client.get(way_back(client, story)).status_code == 200

    consent.scope_initials = False
    consent.save()

    assert way_back(client, story) is None


def test_a_correction_that_names_the_subject_says_nothing_once_it_may_not(
    client, story
):
    consent = Consent.objects.get()
    Consent.objects.update(scope_name=True)
    Subject.objects.update(name="Somebody Else")  # the gate refuses the name
    story = published(story, paragraph(WRONG, "p2"))
    text = "It was <b>Grete</b>'s knee."
    story = published(story, paragraph(RIGHT, "p2"), correction(text))
    Subject.objects.update(name="Grete Halvorsen")
    address = way_back(client, story)
    assert client.get(story.url).text.count("knee") == 3
    assert "knee" in client.get(address).text

    consent.scope_name = False
    consent.save()

    answer = client.get(story.url).text
    assert "knee" not in answer
    assert rows(client, story)["Corrected"].endswith(": …")
    (note,) = nodes_by_fragment(client.get(story.url))["webpage"]["correction"]
    assert note["text"] == "…"
    assert "knee" not in client.get(address).text
    assert gate.publishing_problems(latest(story)) == []
