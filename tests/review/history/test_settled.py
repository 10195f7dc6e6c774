"""What was published is left alone by rules, and leads to what was wrong."""

import json

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from evidence.library.merging import merge
from evidence.vocabulary import Status
from review.history.citations import differences
from review.models import PublishedCorrection
from tests.helpers.factories import ArticlePageFactory
from tests.helpers.factories_applications import ApplicationFormPageFactory
from tests.helpers.factories_evidence import ReferenceFactory
from tests.review.history.conftest import (
    RIGHT,
    WRONG,
    correction,
    ids,
    latest,
    paragraph,
)

pytestmark = pytest.mark.django_db


def cite(work):
    return f'<embed embedtype="citation" id="{work.pk}" locator=""/>'


def notice(client, page, version):
    html = client.get(f"{page.url}versions/{version}/").content
    return BeautifulSoup(html, "html.parser").select_one(".earlier-version").text


def retract(work):
    work.status = Status.RETRACTED
    work.save()


def test_a_work_that_a_correction_cites_and_that_is_retracted_holds_nothing_up(
    published, publish
):
    work = ReferenceFactory()
    note = correction(f"It cited a trial {cite(work)}.")
    page = publish(published, paragraph(RIGHT, "p2"), note)
    retract(work)

    page = publish(page, paragraph(RIGHT, "p2"), paragraph("Also.", "p3"))

    assert ids(page) == ["p2", "c1", "p3"]


def test_a_work_that_a_correction_cites_is_found_where_other_text_names_it(
    published, publish
):
    work = ReferenceFactory(doi="10.1000/182")
    note = correction(f"It cited a trial {cite(work)}.")
    page = publish(published, paragraph(RIGHT, "p2"), note)
    retract(work)

    with pytest.raises(Exception, match="which is named here, was retracted"):
        publish(page, paragraph("Shown (doi:10.1000/182).", "p3"))


def test_a_retracted_work_still_stops_a_new_correction_and_other_text(
    corrected, publish
):
    work = ReferenceFactory()
    retract(work)
    for added in (correction(cite(work), "c2"), paragraph(cite(work), "p3")):
        with pytest.raises(Exception, match="was retracted"):
            publish(corrected, paragraph(RIGHT, "p2"), added)


def test_one_that_is_added_after_the_text_was_mended_leads_to_what_was_wrong(
    client, published, wrong_version, publish
):
    first = paragraph("First.", "p1")
    publish(published, first, paragraph(RIGHT, "p2"))
    page = publish(published, first, paragraph(RIGHT, "p2"), paragraph("New.", "p3"))
    page = publish(page, first, paragraph(RIGHT, "p2"), correction())

    assert PublishedCorrection.objects.get().version_id == wrong_version.pk
    html = client.get(f"{page.url}versions/{wrong_version.pk}/").content.decode()
    assert WRONG in html


def test_one_beside_what_was_never_different_leads_to_no_version(published, publish):
    publish(published, paragraph("First.", "p1"), correction(), paragraph(RIGHT, "p2"))

    assert PublishedCorrection.objects.get().version_id is None


def test_the_earlier_version_names_all_that_was_wrong_in_it(client, published, publish):
    page = publish(
        published,
        paragraph("The first.", "p1"),
        correction("It said First.", "c2"),
        paragraph(RIGHT, "p2"),
        correction(),
    )
    told = notice(client, page, PublishedCorrection.objects.first().version_id)
    assert "It said First." in told
    assert "It said 84." in told


def test_a_page_type_without_a_history_leads_to_no_version(home):
    form = ApplicationFormPageFactory(parent=home)
    for blocks in ([paragraph(WRONG, "p2")], [paragraph(RIGHT, "p2"), correction()]):
        draft = latest(form)
        draft.body = json.dumps(blocks)
        draft.save_revision().publish()

    assert PublishedCorrection.objects.get(page=form.pk).version_id is None


def test_references_that_were_merged_are_one_work_side_by_side(published):
    kept, gone = (ReferenceFactory(title="Same", doi="", pmid="") for _ in range(2))
    live, draft = latest(published), latest(published)
    live.body = json.dumps([paragraph(f"Rest helps {cite(gone)}.", "p1")])
    draft.body = json.dumps([paragraph(f"Rest helps {cite(kept)}.", "p1")])
    merge(kept, [gone], None)

    assert differences(live, draft) == []


def test_whoever_moves_one_is_told(corrected):
    draft = latest(corrected)
    first, right = paragraph("First.", "p1"), paragraph(RIGHT, "p2")
    draft.body = json.dumps([first, correction(), right])
    draft.save_revision()

    assert ids(latest(corrected)) == ["p1", "p2", "c1"]
    assert draft.put_back


def test_a_block_of_another_kind_keeps_its_words_under_an_id_of_its_own(corrected):
    draft = latest(corrected)
    draft.after_body = json.dumps([paragraph("Typed words.", "c1")])
    draft.save_revision()

    (block,) = latest(corrected).after_body.get_prep_value()
    assert "Typed words" in block["value"]
    assert block["id"] != "c1"


def test_its_day_is_that_of_its_publication_whatever_was_typed(
    client, published, publish
):
    note = correction(day="1999-01-01")
    page = publish(published, paragraph("First.", "p1"), paragraph(RIGHT, "p2"), note)

    html = client.get(page.url).content.decode()
    assert "1999" not in html
    soup = BeautifulSoup(html, "html.parser")
    today = timezone.localdate().isoformat()
    for place in (".correction", ".page-history [href^='#correction']"):
        assert soup.select_one(f"{place} time")["datetime"] == today


def test_the_day_typed_is_all_there_is_of_a_first_publication(client, index, publish):
    page = ArticlePageFactory(parent=index, is_medical=False, live=False)
    page = publish(page, paragraph(RIGHT, "p2"), correction(day="2020-01-01"))

    soup = BeautifulSoup(client.get(page.url).content, "html.parser")
    assert soup.select_one(".correction time")["datetime"] == "2020-01-01"
