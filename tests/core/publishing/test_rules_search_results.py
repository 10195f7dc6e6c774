"""What the gate says about a page's entry in search results."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.models.article_page import ArticlePage
from core.publishing.rules.search_results import DescriptionOutOfLength, TitleCutOff
from seo import results

# A page that is made asks which type it is of.
pytestmark = pytest.mark.django_db


def said(rule, **fields):
    page = ArticlePage(**{"title": "A title", **fields})
    return " ".join(problem.sentence for problem in rule().problems(page))


class TestTitle:
    def test_that_fits_with_the_organisation_s_name_is_fine(self):
        assert said(TitleCutOff, title="w" * 36) == ""
        assert "cut off" in said(TitleCutOff, title="w" * 37)
        assert said(TitleCutOff, title="i" * 100) == ""

    def test_that_is_longer_is_quoted_as_far_as_it_is_shown(self):
        title = "How is walking measured in people who have had treatment for years?"

        assert (
            "cut off the title after “How is walking measured in people who have had"
            " treatment”, counting the organisation's name at its end. Type a title tag"
            " of 55 characters or fewer" in said(TitleCutOff, title=title)
        )

    def test_tag_stands_for_a_title_that_is_too_long(self):
        assert said(TitleCutOff, title="w" * 61, seo_title="Walking, measured") == ""

    def test_tag_may_be_too_long_itself(self):
        assert "cut off the title" in said(TitleCutOff, seo_title="w" * 54)

    def test_of_a_page_that_search_engines_leave_out_may_be_long(self):
        assert said(TitleCutOff, title="w" * 61, robots_index="no") == ""

    @given(st.text(max_size=120))
    def test_is_quoted_no_further_than_it_is_shown(self, text):
        title = results.Title(text, " | The clinic")

        assert str(title).startswith(title.beginning)
        assert not results.Title(title.beginning).is_cut


class TestDescription:
    @pytest.mark.parametrize("length", [50, 127])  # an "a" is 7.8 pixels wide
    def test_that_says_something_and_fits_is_fine(self, length):
        assert said(DescriptionOutOfLength, search_description="a" * length) == ""

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({}, "This page has no description"),
            ({"search_description": "w" * 49}, "The description is short (49 char"),
            ({"search_description": "a" * 128}, "cut off the description (128"),
            ({"standfirst": "w" * 49}, "The description is short (49 char"),
            ({"standfirst": "a" * 128}, "cut off the description (128"),
        ],
    )
    def test_that_is_missing_or_of_another_length_is_named(self, fields, sentence):
        assert sentence in said(DescriptionOutOfLength, **fields)

    def test_is_the_standfirst_where_none_was_written(self):
        assert said(DescriptionOutOfLength, standfirst="a" * 100) == ""

    @pytest.mark.parametrize(
        "rule", [{"robots_index": "no"}, {"robots_max_snippet": 0}]
    )
    def test_is_not_asked_where_none_is_shown(self, rule):
        assert said(DescriptionOutOfLength, **rule) == ""
