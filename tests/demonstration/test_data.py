"""The demonstration content holds together before any database has seen it."""

import re
from itertools import pairwise

import pytest

from demonstration.content.all_articles import ARTICLES
from demonstration.content.all_pages import PAGES
from demonstration.content.all_stories import STORIES, SUBJECTS
from demonstration.content.all_topics import TOPICS
from demonstration.content.application import FORM
from demonstration.content.clinic import (
    FOOTER_COLUMNS,
    NAVIGATION,
    NAVIGATION_ACTION,
    ORGANISATION,
)
from demonstration.content.media_records import PICTURES, VIDEOS
from demonstration.content.people import PEOPLE
from demonstration.content.references import REFERENCES
from demonstration.content.shapes import Article, MenuItem
from tests.helpers.demonstration import (
    AFTER,
    CORE,
    EVERYTHING,
    EVIDENCE,
    HOME,
    PAGE_KEYS,
    TITLED,
    choices,
    cited,
    nodes,
    plain,
    streams,
    texts,
)

LONG: Article = ARTICLES[0]


class TestLongArticle:
    def test_has_at_least_two_thousand_two_hundred_words_of_body(self) -> None:
        skipped = {"kind", "level", "type", "picture", "page", "reference", "video"}
        values = [value for _, value in LONG.body]
        dicts = [node for node in nodes(values) if isinstance(node, dict)]
        loose = [value for value in values if isinstance(value, str)]
        told = [
            text
            for node in dicts
            for key, value in node.items()
            if key not in skipped
            for text in (
                [value]
                if isinstance(value, str)
                else value
                if isinstance(value, list)
                else []
            )
            if isinstance(text, str)
        ]

        assert sum(len(plain(text).split()) for text in [*loose, *told]) >= 2200

    def test_has_about_twenty_headings_on_two_levels_many_of_them_questions(
        self,
    ) -> None:
        headings = [value for name, value in LONG.body if name == "heading"]

        assert 18 <= len(headings) <= 26
        assert {heading["level"] for heading in headings} == {"2", "3"}
        assert sum(heading["text"].endswith("?") for heading in headings) >= 12

    def test_uses_every_core_and_evidence_block(self) -> None:
        # A row of pictures is on the page about the clinic.
        used = {name for name, _ in LONG.body} | {"picture_carousel"}
        assert used == CORE | EVIDENCE

    def test_is_followed_by_stories_sign_up_and_call_to_action(self) -> None:
        assert {name for name, _ in LONG.after_body} == AFTER

    def test_cites_every_reference_and_several_of_them_repeatedly(self) -> None:
        keys = cited(LONG)

        assert set(keys) == {reference.key for reference in REFERENCES}
        assert sum(keys.count(key) > 1 for key in set(keys)) >= 3

    @pytest.mark.parametrize(
        "block", ["chart", "questions", "comparison", "key_fact", "block_quotation"]
    )
    def test_cites_inside_a(self, block: str) -> None:
        assert cited([value for name, value in LONG.body if name == block])

    def test_title_is_a_question_of_about_seventy_characters(self) -> None:
        assert LONG.title.endswith("?")
        assert 60 <= len(LONG.title) <= 75

    def test_guest_contributor_is_a_subject_and_discloses_it(self) -> None:
        guest = LONG.contributions[0]

        assert guest.role == "guest"
        assert guest.disclosure
        assert guest.person in {subject.person for subject in SUBJECTS}


class TestStreams:
    def test_use_only_blocks_that_exist(self) -> None:
        assert {name for _, body in streams() for name, _ in body} <= HOME

    def test_give_people_only_core_blocks(self) -> None:
        assert {name for person in PEOPLE for name, _ in person.body} <= CORE

    def test_give_stories_and_form_only_core_and_evidence_blocks(self) -> None:
        bodies = [*(story.body for story in STORIES), FORM.body, FORM.after_body]

        assert {name for body in bodies for name, _ in body} <= CORE | EVIDENCE

    def test_never_skip_a_heading_level(self) -> None:
        for key, body in streams():
            levels = [2, *(int(v["level"]) for n, v in body if n == "heading")]
            assert all(b - a <= 1 for a, b in pairwise(levels)), key

    def test_tables_have_a_cell_for_every_column(self) -> None:
        tables = [
            v["table"] for _, body in streams() for n, v in body if n == "comparison"
        ]

        assert tables
        for table in tables:
            width = len(table["columns"])
            assert all(len(row["values"]) == width for row in table["rows"])

    def test_contain_no_typed_citation_number(self) -> None:
        read = [plain(text) for text in texts(EVERYTHING)]

        assert not [t for t in read if re.search(r"[(\[]\d{1,2}[)\]]", t)]


class TestKeys:
    def test_are_unique_and_in_kebab_case(self) -> None:
        for records in (TITLED, PICTURES, VIDEOS, REFERENCES, TOPICS, SUBJECTS):
            keys = [record.key for record in records]
            assert len(keys) == len(set(keys))
            assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key) for key in keys)

    def test_of_pages_resolve(self) -> None:
        linked = re.findall(r'href="page:([^"]+)"', " ".join(texts(EVERYTHING)))
        menus = [*NAVIGATION, NAVIGATION_ACTION]
        items: list[MenuItem] = [*menus, *(c for item in menus for c in item.children)]
        named = {
            *linked,
            *choices("page"),
            *(item.page for item in items),
            *(key for column in FOOTER_COLUMNS for _, key in column.links),
            *(key for article in ARTICLES for key in article.related),
            *(c.person for article in ARTICLES for c in article.contributions),
            *(topic.hub for topic in TOPICS),
            *(e.remark_by for story in STORIES for e in story.timeline if e.remark_by),
            *(subject.person for subject in SUBJECTS if subject.person),
            *(page.parent for page in PAGES if page.parent),
        }

        assert named <= PAGE_KEYS

    def test_of_pictures_and_videos_resolve_and_none_is_left_over(self) -> None:
        pictures = {picture.key for picture in PICTURES}
        used = {
            *choices("picture"),
            *(person.portrait for person in PEOPLE),
            *(subject.portrait for subject in SUBJECTS if subject.portrait),
            ORGANISATION.logo,
            ORGANISATION.social_picture,
        }

        assert used == pictures
        videos = {video.key for video in VIDEOS}
        assert (
            choices("video") | {a.lead_video for a in ARTICLES if a.lead_video}
            == videos
        )

    def test_of_references_and_topics_resolve(self) -> None:
        assert set(cited(EVERYTHING)) == {reference.key for reference in REFERENCES}
        topics = {topic.key for topic in TOPICS}
        with_topic = [*ARTICLES, *STORIES, FORM, *(p for p in PAGES if p.topic)]
        assert {record.topic for record in with_topic} == topics


class TestArticles:
    def test_are_seven_over_both_topics_with_a_contributor_each(self) -> None:
        assert len(ARTICLES) == 7
        assert {a.topic for a in ARTICLES} == {t.key for t in TOPICS}
        assert all(a.contributions for a in ARTICLES)
        assert sum(bool(cited(a)) for a in ARTICLES) >= 5

    def test_never_name_themselves_as_related(self) -> None:
        assert not [a.key for a in ARTICLES if a.key in a.related]
