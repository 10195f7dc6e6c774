"""Drafts are made whole or not at all, through Wagtail, and nothing is published."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from wagtail.models import PageLogEntry

from articles.importing import carrying_out
from articles.importing.carrying_out import carry_out
from articles.importing.drafting import pictures
from articles.importing.drafting.plan import plan
from articles.models.article_page import ArticlePage
from core.importing.changed import Changed
from core.models.images import SiteImage
from core.publishing.gate import PublishBlocked
from evidence.models import Reference
from tests.helpers.article_import import DATA, finish, picture, sources
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
    TopicFactory,
    UserFactory,
)
from tests.helpers.factories_evidence import ReferenceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


def imported(index, files, user=None, **options):
    """Import files; the result, and the drafts by their addresses."""
    handed_in = sources(files)
    planned = plan(handed_in, index, **options)
    result = finish(carry_out(handed_in, planned.rows, index, user=user, **options))
    drafts = ArticlePage.objects.child_of(index).in_bulk(field_name="pk")
    return result, {draft.slug: draft for draft in drafts.values()}


def stored_files():
    found = default_storage.listdir("original_images")[1] if _exists() else []
    return sorted(found)


def _exists():
    return default_storage.exists("original_images")


class TestDraft:
    @pytest.fixture
    def draft(self, index, home):
        people = PeopleIndexPageFactory(parent=home)
        PersonPageFactory(parent=people, title="Ada Lindqvist")
        TopicFactory(name="Multiple sclerosis")
        ReferenceFactory(doi="10.1093/brain/awaa333")
        self.user = UserFactory(is_superuser=True)
        files = {
            "walking-again.md": (DATA / "walking-again.md").read_bytes(),
            "gait-laboratory.png": picture("navy"),
            "walking-distance.png": picture("teal"),
        }
        result, drafts = imported(index, files, self.user)
        assert result.pictures == 2
        return drafts["walking-again"]

    def test_is_a_first_version_that_is_not_live(self, draft):
        assert not draft.live
        assert draft.first_published_at is None
        assert draft.has_unpublished_changes
        assert draft.revisions.count() == 1
        assert draft.owner == self.user
        version = draft.get_latest_revision_as_object()
        assert version.title == draft.title
        assert len(version.body) == len(draft.body) > 10
        assert [c.person.title for c in version.contributions.all()] == [
            "Ada Lindqvist"
        ]

    def test_has_its_fields_and_pictures(self, draft):
        assert draft.topic.name == "Multiple sclerosis"
        assert draft.contributions.get().date.isoformat() == "2026-03-31"
        assert draft.lead_image.title == "gait laboratory"
        [figure] = [b for b in draft.body if b.block_type == "figure"]
        image = figure.value["image"]
        assert image.contextual_alt_text.startswith("Bars for both groups")
        assert image.description.startswith("Bars for both groups")

    def test_says_in_its_history_where_it_is_from(self, draft):
        actions = PageLogEntry.objects.filter(page=draft.pk)

        assert set(actions.values_list("action", flat=True)) == {
            "wagtail.create",
            "articles.import",
        }
        entry = actions.get(action="articles.import")
        assert entry.message == "Imported from “walking-again.md”"
        assert entry.user == self.user

    def test_is_held_up_by_the_gate_like_any_other(self, draft):
        draft.live = True

        with pytest.raises(PublishBlocked):  # the block quotation without its work
            draft.save()

    def test_opens_in_the_editor_and_saves_as_it_is(self, draft, client):
        client.force_login(self.user)

        page = client.get(f"/admin/pages/{draft.pk}/edit/")

        assert page.status_code == 200
        assert "Walking again" in page.content.decode()
        assert client.get(f"/admin/pages/{draft.pk}/view_draft/").status_code == 200


class TestLinksBetweenFiles:
    FILES = {
        "a.md": "# A\n\n[to b](b.md), [to c](c.html#x)",
        "b.md": "# B\n\n[to a](./a.md)",
        "c.html": "<h1>C</h1><p>end",
    }

    def test_lead_to_the_drafts(self, index):
        _, drafts = imported(index, self.FILES)

        b, c = drafts["b"], drafts["c"]
        assert drafts["a"].body[0].value.source == (
            f'<p><a linktype="page" id="{b.pk}">to b</a>, '
            f'<a linktype="page" id="{c.pk}">to c</a></p>'
        )
        assert f'id="{drafts["a"].pk}"' in b.body[0].value.source
        version = drafts["a"].get_latest_revision_as_object()
        assert version.body[0].value.source == drafts["a"].body[0].value.source

    def test_become_words_where_the_other_is_left_out(self, index):
        handed_in = sources(self.FILES)
        planned = plan(handed_in, index)

        result = finish(carry_out(handed_in, planned.rows, index, left_out=[1, 2]))

        draft = ArticlePage.objects.get()
        assert draft.body[0].value.source == "<p>to b, to c</p>"
        assert result.unlinked == [0]


class TestPictures:
    def test_are_stored_once_and_without_what_a_camera_adds(self, index):
        files = {
            "a.md": "# A\n\n![One](g.jpg)",
            "b.md": "---\nlead_image: g.jpg\n---\n# B\n\n![Two](g.jpg)",
            "g.jpg": picture(kind="JPEG"),
        }

        result, drafts = imported(index, files)
        image = SiteImage.objects.get()
        assert result.pictures == 1
        assert drafts["b"].lead_image == image
        assert image.description == "One"

        again = {name.replace(".md", "2.md"): data for name, data in files.items()}
        again = {
            name: data.replace("# ", "# Again ") if isinstance(data, str) else data
            for name, data in again.items()
        }
        imported(index, again)
        assert SiteImage.objects.count() == 1

    def test_are_not_added_by_those_who_may_not(self, index):
        files = {"a.md": "# A\n\n![One](g.png)", "g.png": picture()}
        handed_in = sources(files)

        planned = plan(handed_in, index, may_add_pictures=False)

        assert "you may not add pictures" in planned.rows[0].problems[-1]["sentence"]


class TestReferences:
    FILES = {
        "a.md": "# A\n\nWords (1).\n\n## References\n\n1. X. 2020. doi:10.1000/new",
        "b.md": "# B\n\nWords (1, 2).\n\n## References\n\n"
        "1. https://doi.org/10.1000/NEW\n2. PMID: 30000003",
    }

    def test_are_made_once_when_asked(self, index):
        result, drafts = imported(index, self.FILES, makes_references=True)

        new = Reference.objects.get(doi="10.1000/new")
        assert new.title == "To be completed: 10.1000/new"
        assert result.references == Reference.objects.count() == 2
        assert f'id="{new.pk}"' in drafts["a"].body[0].value.source
        assert f'id="{new.pk}"' in drafts["b"].body[0].value.source

    def test_are_not_made_for_articles_that_are_left_out(self, index):
        handed_in = sources(self.FILES)
        planned = plan(handed_in, index, makes_references=True)

        finish(
            carry_out(
                handed_in, planned.rows, index, left_out=[1], makes_references=True
            )
        )

        assert Reference.objects.get().doi == "10.1000/new"


class TestAllOrNothing:
    FILES = {
        "a.md": "# A\n\n![One](a.png)",
        "b.md": "# B\n\n![Two](b.png)\n\n[a](a.md)",
        "c.md": "# C\n\n[b](b.md)",
        "a.png": picture("red"),
        "b.png": picture("blue"),
    }

    def test_an_article_that_fails_leaves_its_neighbours_alone(
        self, index, monkeypatch
    ):
        stock = ArticlePage.save

        def save(page, *args, **kwargs):
            if page.slug == "b":
                stock(page, *args, **kwargs)
                raise ValidationError("No.")
            return stock(page, *args, **kwargs)

        monkeypatch.setattr(ArticlePage, "save", save)

        result, drafts = imported(index, self.FILES)

        assert sorted(drafts) == ["a", "c"]
        assert result.failed == {1: "No."}
        assert drafts["c"].body[0].value.source == "<p>b</p>"
        assert SiteImage.objects.count() == len(stored_files()) == 1

    @pytest.mark.django_db(transaction=True)
    def test_cancelling_leaves_nothing_behind(self, index):
        handed_in = sources(self.FILES)
        planned = plan(handed_in, index)
        work = carry_out(handed_in, planned.rows, index)
        while next(work) != (2, 3):
            pass
        assert len(stored_files()) == 2

        work.close()

        assert not ArticlePage.objects.exists()
        assert not SiteImage.objects.exists()
        assert stored_files() == []
        assert not PageLogEntry.objects.filter(action="articles.import").exists()

    def test_an_unexpected_failure_leaves_nothing_behind(self, index, monkeypatch):
        handed_in = sources(self.FILES)
        planned = plan(handed_in, index)
        stock, added = pictures.add, []

        def add(*args):
            if added:
                raise RuntimeError
            added.append(stock(*args))
            return added[0]

        monkeypatch.setattr(carrying_out.pictures, "add", add)

        with pytest.raises(RuntimeError):
            finish(carry_out(handed_in, planned.rows, index))

        assert stored_files() == []

    def test_looks_again_before_it_stores(self, index):
        handed_in = sources(self.FILES)
        planned = plan(handed_in, index)
        ArticlePageFactory(parent=index, title="A", slug="a")

        with pytest.raises(Changed) as changed:
            finish(carry_out(handed_in, planned.rows, index))

        assert changed.value.count == 1
        assert ArticlePage.objects.count() == 1

    def test_says_how_far_it_is(self, index):
        handed_in = sources(self.FILES)
        planned = plan(handed_in, index)

        steps = list(carry_out(handed_in, planned.rows, index))

        assert steps == [(0, 3), (1, 3), (2, 3), (3, 3), (3, 3)]
