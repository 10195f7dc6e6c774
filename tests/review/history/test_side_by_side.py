"""Live and draft side by side, for whoever may edit or review the page."""

import json

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from review.history.citations import differences
from tests.helpers.factories import PeopleIndexPageFactory, UserFactory
from tests.helpers.factories_evidence import ReferenceFactory
from tests.helpers.factories_review import clinician, review_workflow
from tests.review.history.conftest import RIGHT, WRONG, latest, paragraph

pytestmark = pytest.mark.django_db


def address(page, side=""):
    name = f"{side}_frame" if side else "live_and_draft"
    return reverse(name, args=[page.pk])


@pytest.fixture
def drafted(published):
    draft = latest(published)
    draft.body = json.dumps([paragraph(RIGHT, "p2")])
    draft.save_revision()
    return type(published).objects.get(pk=published.pk)


def cite(reference):
    return f'<embed embedtype="citation" id="{reference.pk}" locator=""/>'


def kinds(before, after, page):
    live, draft = latest(page), latest(page)
    live.body = json.dumps([paragraph(before, "p1")])
    draft.body = json.dumps([paragraph(after, "p1")])
    return {each.work.pk: each.kind for each in differences(live, draft)}


def test_each_frame_shows_its_version(drafted, admin_client):
    live = admin_client.get(address(drafted, "live"))
    draft = admin_client.get(address(drafted, "draft"))

    assert WRONG in live.content.decode()
    assert RIGHT in draft.content.decode()
    assert RIGHT not in live.content.decode()
    for frame in (live, draft):
        assert "wagtail-userbar" not in frame.content.decode()
        assert "data-problem" not in frame.content.decode()
    assert live["X-Frame-Options"] == draft["X-Frame-Options"] == "SAMEORIGIN"


def test_the_page_names_both_and_links_to_it_stand_in_its_header(drafted, admin_client):
    html = BeautifulSoup(admin_client.get(address(drafted)).content, "html.parser")
    edit = admin_client.get(reverse("wagtailadmin_pages:edit", args=[drafted.pk]))

    frames = [frame["src"] for frame in html.select("iframe")]
    assert frames == [address(drafted, "live"), address(drafted, "draft")]
    assert "Published" in html.text
    # Shown by the script that it is for.
    assert html.select_one("p[hidden] input[type=checkbox][checked]")
    assert address(drafted) in edit.content.decode()


def test_a_page_that_was_never_published_has_nothing_to_compare(drafted, admin_client):
    drafted.unpublish()

    html = admin_client.get(address(drafted)).content.decode()

    assert "there is nothing to compare the draft with" in html
    assert admin_client.get(address(drafted, "live")).status_code == 404


def test_a_reviewer_sees_it_while_the_page_waits_for_the_review(
    drafted, client, home, index, roles
):
    people = PeopleIndexPageFactory(parent=home)
    reviewer = clinician(people, title="Ada Quay")
    client.force_login(reviewer)
    assert client.get(address(drafted)).status_code in {302, 403}
    draft = latest(drafted)
    draft.is_medical = True
    draft.save_revision()

    review_workflow(index).start(drafted, UserFactory())

    assert client.get(address(drafted)).status_code == 200
    assert client.get(address(drafted, "draft")).status_code == 200


@pytest.mark.parametrize("side", ["", "live", "draft"])
def test_nobody_else_sees_it(drafted, client, side, roles):
    assert client.get(address(drafted, side)).status_code == 302

    client.force_login(UserFactory())
    assert client.get(address(drafted, side)).status_code in {302, 403}


def test_works_that_come_and_go_are_named(published):
    old, new = ReferenceFactory(), ReferenceFactory()

    found = kinds(f"It works {cite(old)}.", f"It works {cite(new)}.", published)

    assert found == {old.pk: "dropped", new.pk: "added"}


def test_a_work_that_moves_to_another_sentence_is_named(published):
    work = ReferenceFactory()
    first, second = "Rest helps most people.", "Nobody knows why this happens."

    found = kinds(
        f"{first[:-1]} {cite(work)}. {second}",
        f"{first} {second[:-1]} {cite(work)}.",
        published,
    )

    assert found == {work.pk: "moved"}


def test_a_sentence_that_is_reworded_keeps_its_work(published):
    work = ReferenceFactory()

    found = kinds(
        f"Rest helps most people {cite(work)}.",
        f"Rest helps many people {cite(work)}.",
        published,
    )

    assert found == {work.pk: "reworded"}


def test_further_and_fewer_sentences_are_named(published):
    work = ReferenceFactory()
    one, two = (
        f"Rest helps {cite(work)}.",
        f"Rest helps {cite(work)}. So it is {cite(work)}.",
    )

    assert kinds(one, two, published) == {work.pk: "further"}
    assert kinds(two, one, published) == {work.pk: "fewer"}
    assert kinds(two, two, published) == {}
