"""Two people change the metadata of a page while the other has its form open."""

import pytest
from bs4 import BeautifulSoup

from core.publishing.metadata.beside import publish_beside
from home.roles import EDITORS, MODERATORS, SEO_SPECIALISTS
from seo.metadata.seen import dump, look
from tests.helpers.factories import UserFactory
from tests.helpers.page_form import edit_url, posted
from tests.seo.metadata.publishing import now, publish


def stamp(answer):
    """Return what a form in ``answer`` says that it has shown."""
    soup = BeautifulSoup(answer.content, "html.parser")
    return soup.select_one("[name=metadata-seen]")["value"]


class TestTwoAtOnce:
    def test_an_open_form_does_not_undo_what_was_published(self, log_in, article):
        """Its editor has not touched the field, and is not interrupted."""
        seen = dump(look(article))
        publish_beside(article.pk, {"robots_index": "no"}, UserFactory())
        version = now(article).get_latest_revision()

        log_in(EDITORS).post(
            edit_url(article),
            posted(
                level="2",
                text="Mine",
                slug=article.slug,
                loaded_revision_id=version.pk,
                loaded_revision_created_at=version.created_at.isoformat(),
                **{"metadata-seen": seen},
            ),
        )

        draft = now(article).get_latest_revision_as_object()
        assert draft.title == "Posted"
        assert draft.robots_index == "no"

    def test_a_field_that_both_have_changed_is_asked_about_once(self, log_in, article):
        ada = UserFactory(username="ada")
        seen = dump(look(article))
        publish_beside(article.pk, {"seo_title": "Hers"}, ada)
        client = log_in(MODERATORS)
        fields = {"level": "2", "slug": article.slug, "seo_title": "Mine"}

        first = publish(client, article, **fields, **{"metadata-seen": seen})
        kept = now(article).seo_title
        again = stamp(first)
        publish(client, article, **fields, **{"metadata-seen": again})

        assert "ada has published another value here" in first.content.decode()
        assert 'value="Mine"' in first.content.decode()
        assert (kept, now(article).seo_title) == ("Hers", "Mine")

    @pytest.mark.parametrize("seen", ["", "x", "x:y:z", "9" * 30, "²"])
    def test_a_forged_number_is_no_error(self, log_in, article, seen):
        publish_beside(article.pk, {"seo_title": "Hers"}, UserFactory())

        publish(log_in(MODERATORS), article, level="2", **{"metadata-seen": seen})

        assert now(article).title == "Posted"

    def test_a_form_that_comes_back_with_errors_undoes_nothing(self, log_in, article):
        seen = dump(look(article))
        publish_beside(article.pk, {"robots_index": "no"}, UserFactory())
        client = log_in(MODERATORS)

        first = publish(client, article, **{"metadata-seen": seen})
        publish(client, article, level="2", **{"metadata-seen": stamp(first)})

        assert "skips a level" in first.content.decode()
        assert now(article).title == "Posted"
        assert now(article).robots_index == "no"

    def test_a_draft_of_its_own_is_nothing_that_its_editor_has_touched(
        self, log_in, article
    ):
        draft = article.get_latest_revision_as_object()
        draft.seo_title = "Drafted"
        draft.save_revision()
        seen = dump(look(now(article).get_latest_revision_as_object()))
        publish_beside(article.pk, {"seo_title": "Hers"}, UserFactory())
        client = log_in(MODERATORS)
        fields = {"level": "2", "metadata-seen": seen}

        cleared = publish(client, article, **fields, seo_title="")
        publish(client, article, **fields, seo_title="Drafted")

        assert "has published another value here" in cleared.content.decode()
        assert (now(article).title, now(article).seo_title) == ("Posted", "Hers")

    def test_her_open_form_leaves_the_newer_draft_what_she_has_not_touched(
        self, log_in, article, draft
    ):
        seen = dump(look(draft.as_object()))
        newer = draft.as_object()
        newer.seo_title = "Newer"
        version = newer.save_revision()

        publish(
            log_in(SEO_SPECIALISTS),
            article,
            search_description="Hers.",
            **{"metadata-seen": seen},
        )

        version.refresh_from_db()
        assert version.content["seo_title"] == "Newer"
        assert version.content["search_description"] == "Hers."
        assert now(article).search_description == "Hers."

    def test_nobody_is_asked_about_changes_of_their_own(self, log_in, article):
        client, seen = log_in(MODERATORS), dump(look(article))
        publish_beside(article.pk, {"seo_title": "First"}, client.user)

        publish(client, article, level="2", seo_title="Then", **{"metadata-seen": seen})

        assert now(article).seo_title == "Then"
