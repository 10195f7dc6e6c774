"""A form that arrives incomplete changes nothing, and what was typed comes back."""

import json

import pytest
from django.http import QueryDict
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import streamfield

from articles.models.article_page import ArticlePage
from core.models.site_settings import NavigationSettings
from core.publishing.posted_form import INCOMPLETE
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
)
from tests.helpers.factories_testimonials import SubjectFactory, subject_form
from tests.helpers.page_form import edit_url, formset, posted

KEPT = "Kept whatever happens"
# Absent; empty; no number; below nothing; too few; too many; too many to count; more
# digits than Python reads.
BAD = [None, "", "x", "-1", "0", "3000", "99999999999999999999", "9" * 5000]


@pytest.fixture
def article(home):
    ada = PersonPageFactory(parent=PeopleIndexPageFactory(parent=home))
    page = ArticlePageFactory(
        parent=ArticleIndexPageFactory(parent=home),
        title="As written",
        contributors=[ada],
        body=[("heading", {"text": "As written", "level": "2", "anchor": ""})],
    )
    return ArticlePage.objects.get(pk=page.pk)


@pytest.fixture
def complete(article):
    """What the editor's browser posts: blocks in blocks, a table and a contributor."""
    contribution = article.contributions.get()
    cards = {
        "count": 1,
        0: {"value": article.pk, "id": "", "order": 0, "deleted": ""},
    }
    table = {
        "caption": "",
        "column-count": 1,
        "column": {0: {"type": "short", "order": 0, "heading": "A", "deleted": ""}},
        "row-count": 1,
        "row": {0: {"order": 0, "deleted": ""}},
        "cell": {0: {0: KEPT}},
    }
    data = posted(
        slug=article.slug,
        body=streamfield(
            [
                ("heading", {"text": KEPT, "level": "2", "anchor": ""}),
                ("page_cards", {"heading": KEPT, "pages": cards}),
                ("comparison", {"table": table}),
            ]
        ),
        contributions={
            **formset(),
            "TOTAL_FORMS": 1,
            "INITIAL_FORMS": 1,
            0: {
                "id": contribution.pk,
                "person": contribution.person_id,
                "role": contribution.role,
                "relation": contribution.relation,
                "date": contribution.date,
                "ORDER": 1,
            },
        },
    )
    return {name: str(value) for name, value in data.items()}


def form_for(page, data):
    form_class = ArticlePage.get_edit_handler().get_form_class()
    encoded = QueryDict(mutable=True)
    encoded.update(data)
    return form_class(encoded, instance=page)


def without(data, name, bad):
    """Return what was posted with ``name`` gone bad."""
    rest = {other: value for other, value in data.items() if other != name}
    return rest if bad is None else {**rest, name: bad}


def test_what_arrives_complete_is_taken(article, complete):
    form = form_for(article, complete)

    assert form.is_valid(), [form.errors, form.formsets["contributions"].errors]
    assert str(form.cleaned_data["body"]).count(KEPT) == 3


NUMBERS = [
    "body-count",
    "body-0-order",
    "body-1-value-pages-count",
    "body-1-value-pages-0-order",
    "body-2-value-table-column-count",
    "body-2-value-table-row-count",
    "body-2-value-table-column-0-order",
    "body-2-value-table-row-0-order",
    "contributions-TOTAL_FORMS",
]


class TestNumbers:
    @pytest.mark.parametrize("name", NUMBERS)
    def test_that_are_wrong_lose_nothing_and_store_nothing(
        self, article, complete, name
    ):
        assert name in complete
        for bad in BAD:
            if complete[name] == bad:
                continue
            form = form_for(article, without(complete, name, bad))
            if name.endswith("order") and bad == "3000":
                assert form.is_valid()
                continue

            assert not form.is_valid(), bad
            assert INCOMPLETE in form.non_field_errors(), bad
            assert str(form["body"].value()).count(KEPT) == 3, bad
            assert len(form.formsets["contributions"].forms) == 1, bad

    @pytest.mark.parametrize("bad", [bad for bad in BAD if bad != "0"])
    def test_of_rows_that_were_there_are_counted(self, article, complete, bad):
        data = without(complete, "contributions-INITIAL_FORMS", bad)

        form = form_for(article, data)

        assert not form.is_valid()
        assert INCOMPLETE in form.non_field_errors()
        assert len(form.formsets["contributions"].initial_forms) == 1

    @pytest.mark.parametrize("bad", [None, "x", "-1", "9" * 5000])
    def test_of_a_row_s_record_may_be_no_number(self, article, complete, bad):
        form = form_for(article, without(complete, "contributions-0-id", bad))

        assert not form.is_valid()
        assert INCOMPLETE in form.non_field_errors()

    def test_of_a_row_s_record_may_belong_to_none(self, article, complete):
        form = form_for(article, without(complete, "contributions-0-id", "9" * 18))

        assert not form.is_valid()

    def test_of_two_blocks_may_be_the_same(self, article, complete):
        form = form_for(article, {**complete, "body-1-order": "0"})

        assert not form.is_valid()
        assert INCOMPLETE in form.non_field_errors()
        assert str(form["body"].value()).count(KEPT) == 3

    def test_of_a_block_may_be_far_from_the_others(self, article, complete):
        data = {**complete, "body-9999-type": "heading", "body-99999-type": "heading"}

        form = form_for(article, {**data, "body-count": "100000"})

        assert not form.is_valid()
        assert len(form["body"].value()) == 3


class TestBlocks:
    @pytest.mark.parametrize(
        "name",
        [
            "body-1-type",
            "body-1-deleted",
            "body-1-value-pages-0-deleted",
            "body-2-value-table-caption",
            "body-2-value-table-row-0-deleted",
            "body-2-value-table-column-0-deleted",
            "body-2-value-table-column-0-heading",
        ],
    )
    def test_of_which_a_part_is_missing_are_not_stored(self, article, complete, name):
        assert name in complete

        form = form_for(article, without(complete, name, None))

        assert not form.is_valid()
        assert INCOMPLETE in form.non_field_errors()
        assert KEPT in str(form["body"].value())

    @pytest.mark.parametrize("bad", [None, "nonsense"])
    def test_that_nobody_can_read_are_shown_as_stored(self, article, complete, bad):
        name = "body-2-value-table-column-0-type"

        form = form_for(article, without(complete, name, bad))

        assert not form.is_valid()
        assert INCOMPLETE in form.non_field_errors()
        assert form["body"].value()[0].value["text"] == "As written"

    def test_of_which_nothing_arrived_are_shown_as_stored(self, article, complete):
        rest = {name: v for name, v in complete.items() if not name.startswith("body")}

        form = form_for(article, rest)

        assert not form.is_valid()
        assert INCOMPLETE in form.non_field_errors()
        assert form["body"].value()[0].value["text"] == "As written"


class TestEditor:
    @pytest.mark.parametrize("press", [{}, {"action-publish": "1"}])
    @pytest.mark.parametrize("name", ["body-count", "contributions-TOTAL_FORMS"])
    def test_is_told_and_finds_what_was_typed(
        self, log_in, article, complete, name, press
    ):
        data = without(complete, name, None)

        response = log_in(None).post(edit_url(article), {**data, **press})

        html = response.content.decode()
        assert response.status_code == 200
        assert str(INCOMPLETE) in html
        assert html.count(KEPT) >= 3
        article = ArticlePage.objects.get(pk=article.pk)
        assert article.title == "As written"
        assert article.latest_revision is None

    def test_is_told_by_autosave(self, log_in, article, complete):
        response = log_in(None).post(
            edit_url(article),
            without(complete, "body-count", None),
            headers={"accept": "application/json"},
        )

        assert response.status_code == 400
        assert json.loads(response.content)["error_code"] == "validation_error"

    def test_of_a_new_page_is_told_too(self, log_in, article, complete):
        index = article.get_parent()
        url = reverse(
            "wagtailadmin_pages:add", args=["articles", "articlepage", index.pk]
        )
        before = Page.objects.count()

        response = log_in(None).post(url, without(complete, "after_body-count", "x"))

        assert response.status_code == 200
        assert str(INCOMPLETE) in response.content.decode()
        assert Page.objects.count() == before


class TestOtherForms:
    @pytest.mark.parametrize("bad", [None, "-1", "x"])
    def test_settings_are_not_emptied(self, log_in, home, bad):
        site = home.get_site()
        navigation = NavigationSettings.for_site(site)
        item = {"page": None, "url": "/kept/", "label": "Kept", "children": []}
        navigation.menu = [("item", item)]
        navigation.save()
        data = {} if bad is None else {"menu-count": bad}
        names = ["core", "navigationsettings", site.pk]
        url = reverse("wagtailsettings:edit", args=names)

        response = log_in(None).post(url, data)

        assert response.status_code == 200
        assert str(INCOMPLETE) in response.content.decode()
        navigation.refresh_from_db()
        assert navigation.menu[0].value["label"] == "Kept"

    @pytest.mark.parametrize("bad", [None, "-1", "x", "3000"])
    def test_consents_are_not_overlooked(self, log_in, home, bad):
        subject = SubjectFactory()
        data = without(subject_form(subject, name="New"), "consents-TOTAL_FORMS", bad)

        response = log_in(None).post(
            reverse("story_subjects:edit", args=[subject.pk]), data
        )

        assert response.status_code == 200
        assert str(INCOMPLETE) in response.content.decode()
        assert 'name="consents-0-wording_version"' in response.content.decode()
        subject.refresh_from_db()
        assert subject.name != "New"
