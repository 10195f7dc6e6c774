"""Articles: what is listed, in which order, and what a reader finds on one."""

import json

import pytest
from bs4 import BeautifulSoup

from articles import reading
from articles.models.article_page import ArticlePage
from articles.models.contributions import Contribution, RelatedArticle
from evidence.models import Reference
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
    SiteImageFactory,
    TopicFactory,
)
from tests.helpers.factories_evidence import article as stored_article


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


@pytest.fixture
def ada(home):
    return PersonPageFactory(parent=PeopleIndexPageFactory(parent=home), title="Ada")


def publish(page):
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def soup(client, page):
    return BeautifulSoup(client.get(page.url).content, "html.parser")


class TestIndex:
    def test_lists_the_newest_first(self, client, index):
        for title, day in (("Old", "2025-01-01"), ("New", "2026-02-01")):
            page = ArticlePageFactory(parent=index, title=title)
            ArticlePage.objects.filter(pk=page.pk).update(
                first_published_at=f"{day}T12:00Z"
            )

        articles = client.get(index.url).context["articles"]

        assert [article.title for article in articles] == ["New", "Old"]

    def test_hides_drafts(self, client, index):
        ArticlePageFactory(parent=index, live=False)

        assert not client.get(index.url).context["articles"]

    def test_filters_by_topic(self, client, index):
        nerves, bones = TopicFactory(), TopicFactory()
        ArticlePageFactory(parent=index, title="On nerves", topic=nerves)
        ArticlePageFactory(parent=index, title="On bones", topic=bones)

        articles = client.get(index.url, {"topic": nerves.slug}).context["articles"]

        assert [article.title for article in articles] == ["On nerves"]

    @pytest.mark.parametrize(
        "query",
        [
            {"topic": "nonsense"},
            {"topic": "x" * 5000},
            {"page": "1", "topic": ""},
        ],
    )
    def test_survives_any_query(self, client, index, query):
        ArticlePageFactory(parent=index)

        assert client.get(index.url, query).status_code == 200

    def test_pages_through_many(self, client, index):
        ArticlePageFactory.create_batch(13, parent=index)

        first, second = (client.get(index.url, {"page": n}) for n in (1, 2))

        assert len(first.context["articles"]) == 12
        assert len(second.context["articles"]) == 1
        assert "?page=2" in first.content.decode()


class TestDates:
    def test_publishing_again_does_not_move_the_updated_date(self, client, index):
        page = publish(ArticlePageFactory(parent=index))
        page.standfirst = "A comma, moved."

        publish(page)

        assert page.updated_at is None
        assert "Updated" not in client.get(page.url).content.decode()

    def test_a_significant_change_moves_it_once(self, client, index):
        page = publish(ArticlePageFactory(parent=index))
        page.significant_change = True
        publish(page)
        moved = page.updated_at

        publish(page)

        assert moved is not None
        assert page.updated_at == moved
        assert not page.significant_change
        assert "Updated" in client.get(page.url).content.decode()

    def test_the_first_publication_is_no_update(self, index):
        page = ArticlePageFactory(parent=index, live=False, significant_change=True)

        publish(page)

        assert page.updated_at is None

    def test_a_copy_begins_anew(self, index):
        page = publish(ArticlePageFactory(parent=index))
        page.significant_change = True
        publish(page)
        page.override_reason = "The law demands it."
        page.answered_problems = ["retracted-work:body"]
        publish(page)
        assert page.updated_at

        copy = page.copy(update_attrs={"slug": "copy"}, keep_live=False)
        copy.get_latest_revision().publish()

        copy = ArticlePage.objects.get(slug="copy")
        assert copy.live
        assert copy.updated_at is None
        assert copy.override_reason == ""
        assert copy.answered_problems == []

    def test_reverting_to_an_old_version_keeps_the_date(self, index):
        page = publish(ArticlePageFactory(parent=index))
        old = page.get_latest_revision()
        page.significant_change = True
        publish(page)

        old.publish()
        page.refresh_from_db()

        assert page.updated_at is not None


class TestHeadings:
    def heading(self, text, anchor=""):
        return ("heading", {"text": text, "level": "2", "anchor": anchor})

    def anchors(self, page):
        return [block.value["anchor"] for block in page.body]

    def test_get_an_anchor_of_their_own_when_first_saved(self, index):
        body = [self.heading("What is it?"), self.heading("What is it?")]
        page = ArticlePageFactory(parent=index, body=body)

        assert self.anchors(page) == ["what-is-it", "what-is-it-2"]

    def arrange(self, page, *headings):
        """Put blocks in the body as an open editor posts them."""
        page.body = json.dumps(
            [
                {
                    "type": "heading",
                    "value": {"text": text, "level": "2", "anchor": anchor},
                    "id": block_id,
                }
                for text, anchor, block_id in headings
            ]
        )

    def test_keep_it_when_reworded_by_an_editor_that_does_not_know_it(self, index):
        page = ArticlePageFactory(parent=index, body=[self.heading("What is it?")])
        self.arrange(page, ("What is MS?", "", page.body[0].id))

        page.save_revision()

        latest = page.get_latest_revision_as_object()
        assert self.anchors(latest) == ["what-is-it"]

    def test_keep_it_when_moved(self, index):
        page = ArticlePageFactory(
            parent=index, body=[self.heading("One"), self.heading("Two")]
        )
        one, two = (block.id for block in page.body)
        self.arrange(page, ("Two", "", two), ("One", "", one))

        page.save()

        assert self.anchors(page) == ["two", "one"]

    def test_are_unique_when_copied(self, index):
        page = ArticlePageFactory(parent=index, body=[self.heading("One")])
        self.arrange(page, ("One", "one", page.body[0].id), ("One", "one", "a-copy"))

        page.save()

        assert self.anchors(page) == ["one", "one-2"]

    @pytest.mark.parametrize(
        "text", ["Main", "Menu", "Form", "References", "Reference 1", "Cite 1"]
    )
    def test_are_no_other_part_s_of_the_page(self, client, index, text):
        reference = Reference.objects.create(title="A study")
        cited = f'<p>So <embed embedtype="citation" id="{reference.pk}"/></p>'
        page = ArticlePageFactory(
            parent=index,
            live=False,
            body=[self.heading(text), ("paragraph", cited)],
        )
        page.live = True  # whatever the gate says of a heading “References”
        page.save(clean=False)

        html = soup(client, page)

        ids = [element["id"] for element in html.find_all(id=True)]
        assert len(ids) == len(set(ids))
        anchor = html.select_one(".contents a")["href"][1:]
        assert html.find(id=anchor).text == text

    def test_are_listed_in_the_contents_and_linked(self, client, index):
        body = [
            self.heading("Causes"),
            ("heading", {"text": "Genes", "level": "3", "anchor": ""}),
        ]
        page = ArticlePageFactory(parent=index, body=body)

        html = soup(client, page)

        links = [a["href"] for a in html.select(".contents a")]
        assert links == ["#causes", "#genes"]
        assert all(html.find(id=link[1:]) for link in links)


class TestArticle:
    def test_names_its_contributors_in_order_with_role_and_disclosure(
        self, client, index, ada
    ):
        bob = PersonPageFactory(parent=ada.get_parent(), title="Bob")
        page = ArticlePageFactory(parent=index)
        Contribution.objects.create(
            article=page,
            person=bob,
            role="guest",
            disclosure="Was treated here.",
            sort_order=0,
        )
        Contribution.objects.create(
            article=page, person=ada, role="clinical", sort_order=1
        )

        bylines = soup(client, page).select(".byline")

        assert [b.select_one(".byline__name").text for b in bylines] == ["Bob", "Ada"]
        assert bylines[0].select_one("a")["href"] == bob.url
        assert "Guest contributor" in bylines[0].text
        assert "Was treated here." in bylines[0].text
        assert "Clinical contributor" in bylines[1].text

    def test_prints_its_standfirst_once(self, client, index):
        page = ArticlePageFactory(parent=index, standfirst="Quite a distinct sentence.")

        assert (
            soup(client, page).find("main").text.count("Quite a distinct sentence.")
            == 1
        )

    def test_appears_on_its_contributors_profile(self, client, index, ada):
        ArticlePageFactory(parent=index, title="By Ada", contributors=[ada])
        ArticlePageFactory(parent=index, title="By nobody")

        html = client.get(ada.url).content.decode()

        assert "By Ada" in html
        assert "By nobody" not in html

    def test_shows_a_lead_image_with_its_text_alternative(self, client, index):
        image = SiteImageFactory(description="A nerve in its sheath")
        page = ArticlePageFactory(parent=index, lead_image=image)

        picture = soup(client, page).select_one(".lead img")

        assert picture["alt"] == "A nerve in its sheath"
        assert picture["width"]
        assert picture["height"]

    def test_describes_a_picture_anew_in_each_place(self, client, index):
        picture = {"image": SiteImageFactory().pk, "decorative": False}
        shown = [
            {**picture, "alt_text": "The left leg"},
            {**picture, "alt_text": "The right leg"},
            {**picture, "alt_text": "", "decorative": True},
        ]
        page = stored_article(index, *(("figure", {"image": each}) for each in shown))

        pictures = soup(client, page).select(".figure img")

        assert [picture["alt"] for picture in pictures] == [
            "The left leg",
            "The right leg",
            "",
        ]

    @pytest.mark.parametrize(
        "pk", ["9" * 30, str(2**63), "\N{ARABIC-INDIC DIGIT TWO}", ""]
    )
    def test_is_shown_with_a_link_to_what_can_be_no_page(self, client, index, pk):
        text = f'<p><a linktype="page" id="{pk}">On</a></p>'
        page = stored_article(index, ("paragraph", text))

        assert "<a>On</a>" in client.get(page.url).content.decode()

    def test_a_contributor_cannot_be_deleted(self, log_in, index, ada):
        from django.urls import reverse

        ArticlePageFactory(parent=index, contributors=[ada])

        response = log_in(None).post(
            reverse("wagtailadmin_pages:delete", args=[ada.pk]), follow=True
        )

        assert response.status_code == 200
        assert type(ada).objects.filter(pk=ada.pk).exists()


class TestRelated:
    def test_are_the_newest_of_the_same_topic_without_the_page_itself(self, index):
        topic = TopicFactory()
        page = ArticlePageFactory(parent=index, topic=topic)
        others = ArticlePageFactory.create_batch(4, parent=index, topic=topic)
        ArticlePageFactory(parent=index)
        ArticlePageFactory(parent=index, topic=topic, live=False)

        related = page.related_articles

        assert [a.pk for a in related] == [a.pk for a in reversed(others[1:])]

    def test_are_the_picked_ones_in_order_when_there_are_any(self, index):
        page, one, two, draft = ArticlePageFactory.create_batch(4, parent=index)
        draft.unpublish()
        for order, article in enumerate([two, draft, page, one]):
            RelatedArticle.objects.create(
                source=page, article=article, sort_order=order
            )

        assert page.related_articles == [two, one]

    def test_are_of_the_topic_when_all_picked_ones_have_gone(self, index):
        topic = TopicFactory()
        page, other, gone = ArticlePageFactory.create_batch(
            3, parent=index, topic=topic
        )
        RelatedArticle.objects.create(source=page, article=gone)
        gone.unpublish()

        assert page.related_articles == [other]

    def test_are_shown_once_when_picked_twice(self, index):
        page, other = ArticlePageFactory.create_batch(2, parent=index)
        for order in range(2):
            RelatedArticle.objects.create(source=page, article=other, sort_order=order)

        assert page.related_articles == [other]

    def test_lead_on_to_all_of_the_topic(self, client, index):
        topic = TopicFactory(name="Nerves", slug="nerves")
        page = ArticlePageFactory(parent=index, topic=topic)

        link = soup(client, page).select_one(".related__all a")

        assert link["href"] == f"{index.url}?topic=nerves"


@pytest.mark.parametrize(
    ("words", "minutes"), [(0, 1), (1, 1), (238, 1), (239, 2), (2380, 10)]
)
def test_reading_time_rounds_up(words, minutes):
    assert reading.minutes("word " * words) == minutes


class TestLandmarks:
    def test_of_a_page_differ_in_their_names(self, client, index):
        stream = ArticlePage._meta.get_field("body").stream_block
        comparison = stream.child_blocks["comparison"]
        table = {"caption": "", "columns": [{"type": "short", "heading": "A"}]}
        value = comparison.to_python({"table": {**table, "rows": []}})
        body = [("comparison", value), ("comparison", value)]
        page = ArticlePageFactory(parent=index, body=body)

        html = soup(client, page)

        assert len(html.select(".comparison__scroll[tabindex]")) == 2
        marked = html.select("[role=region], section[aria-label], nav, search")
        names = [(tag.get("role", tag.name), tag.get("aria-label")) for tag in marked]
        assert len(names) == len(set(names))
