"""Who may do what: a table of roles by addresses, and what a forged post achieves."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PanelGroup
from wagtail.models import get_page_models

from articles.models.article_page import ArticlePage
from articles.models.contributions import Contribution
from core.models.base_page import BasePage
from core.publishing.versions import content
from home.roles import ADMISSIONS, EDITORS, MODERATORS, REVIEWERS, SEO_SPECIALISTS
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
)
from tests.helpers.page_form import edit_url, formset, posted

pytestmark = pytest.mark.one_database

ADMINISTRATOR = None
EVERYONE = {
    EDITORS,
    MODERATORS,
    SEO_SPECIALISTS,
    ADMISSIONS,
    REVIEWERS,
    ADMINISTRATOR,
}
WRITERS = {EDITORS, MODERATORS, ADMINISTRATOR}

# Address name, its arguments, and who gets a page there; everybody else is turned away.
TABLE = [
    ("wagtailadmin_home", [], EVERYONE),
    ("wagtailsnippets_core_topic:list", [], WRITERS),
    ("wagtailsnippets_core_video:list", [], WRITERS),
    ("wagtailimages:index", [], WRITERS),
    ("wagtailimages:add", [], WRITERS),
    ("synonyms:index", [], WRITERS | {SEO_SPECIALISTS}),
    ("wagtailsearchpromotions:index", [], WRITERS | {SEO_SPECIALISTS}),
    ("wagtailredirects:index", [], {SEO_SPECIALISTS, ADMINISTRATOR}),
    ("not_found", [], {SEO_SPECIALISTS, ADMINISTRATOR}),
    ("due_report", [], EVERYONE - {ADMISSIONS}),
    ("due_calendar", [], EVERYONE - {ADMISSIONS}),
    ("due_address", [], EVERYONE - {ADMISSIONS}),
    ("crawlers", [], WRITERS | {SEO_SPECIALISTS}),
    ("crawled_address", [], WRITERS | {SEO_SPECIALISTS}),
    (
        "wagtailsettings:edit",
        ["core", "navigationsettings"],
        {MODERATORS, ADMINISTRATOR},
    ),
    (
        "wagtailsettings:edit",
        ["core", "disclaimersettings"],
        {MODERATORS, ADMINISTRATOR},
    ),
    (
        "wagtailsettings:edit",
        ["evidence", "referencelistsettings"],
        {MODERATORS, ADMINISTRATOR},
    ),
    (
        "wagtailsettings:edit",
        ["core", "organisation"],
        {MODERATORS, SEO_SPECIALISTS, ADMINISTRATOR},
    ),
    ("rich_results", [], {SEO_SPECIALISTS, ADMINISTRATOR}),
    (
        "wagtailsettings:edit",
        ["wagtailseo", "seosettings"],
        {SEO_SPECIALISTS, ADMINISTRATOR},
    ),
    (
        "wagtailsettings:edit",
        ["seo", "metadatapatterns"],
        {SEO_SPECIALISTS, ADMINISTRATOR},
    ),
    ("metadata_changes", [], EVERYONE - {ADMISSIONS, REVIEWERS}),
    ("review_report", [], {MODERATORS, REVIEWERS, ADMINISTRATOR}),
    ("useful_report", [], {EDITORS, MODERATORS, ADMINISTRATOR}),
    ("accessibility_audits:index", [], {MODERATORS, ADMINISTRATOR}),
    ("reader_reports:index", [], {MODERATORS, ADMINISTRATOR}),
    ("review_records:index", [], {MODERATORS, REVIEWERS, ADMINISTRATOR}),
    ("reviewers:index", [], {MODERATORS, ADMINISTRATOR}),
    ("credential_checks:index", [], {MODERATORS, ADMINISTRATOR}),
    ("review_checklist:index", [], {MODERATORS, ADMINISTRATOR}),
    ("wagtailusers_users:index", [], {ADMINISTRATOR}),
    ("wagtailsites:index", [], {ADMINISTRATOR}),
    ("application:index", [], {ADMISSIONS, ADMINISTRATOR}),
    ("application:state_forms", [], {ADMISSIONS, ADMINISTRATOR}),
    ("form_feedback", [], {ADMISSIONS, ADMINISTRATOR}),
    ("form_figures", [], {MODERATORS, ADMISSIONS, ADMINISTRATOR}),
    ("deliveries", [], {ADMISSIONS, ADMINISTRATOR}),
    ("persons", [], {ADMINISTRATOR}),
    ("subscribers:index", [], {MODERATORS, ADMINISTRATOR}),
    ("story_subjects:index", [], {MODERATORS, ADMINISTRATOR}),
]
IDS = ["-".join([name, *map(str, args)]) for name, args, _ in TABLE]


PAGE_TYPES = [model for model in get_page_models() if issubclass(model, BasePage)]
# What a publication leaves behind, and the versions of a page count.
PUBLICATION = {
    "draft_title",
    "first_published_at",
    "has_unpublished_changes",
    "last_published_at",
    "latest_revision",
    "latest_revision_created_at",
    "live_revision",
}


def leaves(panel):
    """Return the names of all that ``panel`` and the panels in it show."""
    if isinstance(panel, PanelGroup):
        return set().union(*map(leaves, panel.children))
    if isinstance(panel, InlinePanel):
        return {panel.relation_name}
    return {panel.field_name} if isinstance(panel, FieldPanel) else set()


@pytest.mark.parametrize(
    "role", [EDITORS, MODERATORS, SEO_SPECIALISTS, ADMISSIONS, REVIEWERS, None]
)
@pytest.mark.parametrize(("name", "args", "allowed"), TABLE, ids=IDS)
def test_each_role_reaches_what_it_needs_and_no_more(
    log_in, home, role, name, args, allowed
):
    response = log_in(role).get(reverse(name, args=args), follow=True)

    if role in allowed:
        assert response.status_code == 200
        # Settings lead on to those of the site; nobody is led away to another page.
        assert response.request["PATH_INFO"].startswith(reverse(name, args=args))
        assert "do not have permission" not in response.content.decode()
    else:
        refused = "do not have permission" in response.content.decode()
        assert refused or response.status_code in {403, 404}


@pytest.fixture
def article(home):
    ada = PersonPageFactory(parent=PeopleIndexPageFactory(parent=home))
    index = ArticleIndexPageFactory(parent=home)
    return ArticlePageFactory(
        parent=index,
        title="As written",
        contributors=[ada],
        body=[("heading", {"text": "Just right", "level": "2", "anchor": ""})],
    )


class TestSeoSpecialist:
    def test_sees_the_metadata_and_not_the_content(self, log_in, article):
        html = log_in(SEO_SPECIALISTS).get(edit_url(article)).content.decode()

        assert 'name="seo_title"' in html
        assert 'name="title"' not in html
        assert 'name="contributions-TOTAL_FORMS"' not in html

    def test_publishes_metadata_and_keeps_every_byline(self, log_in, article):
        response = log_in(SEO_SPECIALISTS).post(
            edit_url(article),
            {
                "slug": article.slug,
                "seo_title": "A better title",
                "search_description": "",
                "canonical_url": "",
                "og_image": "",
                "comments-TOTAL_FORMS": 0,
                "comments-INITIAL_FORMS": 0,
                "action-publish": "1",
            },
        )

        article.refresh_from_db()
        assert response.status_code == 302
        assert article.seo_title == "A better title"
        assert article.title == "As written"
        assert Contribution.objects.filter(article=article).count() == 1

    @pytest.mark.parametrize("button", [{}, {"action-publish": "1"}])
    def test_a_forged_post_changes_no_content(self, log_in, article, button):
        """Nor bylines, nor when the page comes and goes."""
        article.expire_at = timezone.now().replace(microsecond=0) + timedelta(days=30)
        article.save_revision().publish()
        before = content(article.get_latest_revision_as_object())

        log_in(SEO_SPECIALISTS).post(
            edit_url(article),
            posted(
                level="2",
                text="Forged",
                slug=article.slug,
                seo_title="New",
                significant_change="on",
                override_reason="Forged",
                **button,
            ),
        )

        article = ArticlePage.objects.get(pk=article.pk)
        after = content(article.get_latest_revision_as_object())
        changed = {name for name in before if before[name] != after[name]}
        assert changed - PUBLICATION == {"seo_title"}
        assert len(before["contributions"]) == 1
        assert (article.seo_title == "New") == bool(button)

    def test_cannot_publish_what_an_editor_has_not_had_approved(self, log_in, article):
        draft = article.get_latest_revision_as_object()
        draft.title = "Not approved yet"
        draft.save_revision()

        log_in(SEO_SPECIALISTS).post(
            edit_url(article),
            posted(slug=article.slug, seo_title="New", **{"action-publish": "1"}),
        )

        article = ArticlePage.objects.get(pk=article.pk)
        assert (article.title, article.seo_title) == ("As written", "New")
        assert article.get_latest_revision_as_object().title == "Not approved yet"

    def test_cannot_publish_what_was_never_published(self, log_in, article):
        article.unpublish()

        response = log_in(SEO_SPECIALISTS).post(
            edit_url(article),
            posted(slug=article.slug, seo_title="New", **{"action-publish": "1"}),
        )

        assert "nobody has approved yet" in response.content.decode()
        assert not ArticlePage.objects.get(pk=article.pk).live

    def test_may_publish_what_is_a_draft_of_metadata_only(self, log_in, article):
        draft = article.get_latest_revision_as_object()
        draft.search_description = "In a few words."
        draft.save_revision()

        response = log_in(SEO_SPECIALISTS).post(
            edit_url(article),
            posted(slug=article.slug, seo_title="New", **{"action-publish": "1"}),
        )

        assert response.status_code == 302
        assert ArticlePage.objects.get(pk=article.pk).seo_title == "New"

    def test_cannot_take_back_a_schedule(self, log_in, article):
        article.save_revision().publish()
        article = ArticlePage.objects.get(pk=article.pk)
        article.title = "Of tomorrow"
        article.go_live_at = timezone.now() + timedelta(days=1)
        version = article.save_revision()
        version.publish()
        args = [article.pk, version.pk]
        specialist = log_in(SEO_SPECIALISTS)

        specialist.post(reverse("wagtailadmin_pages:revisions_unschedule", args=args))
        specialist.post(
            reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
            + f"?id={article.pk}&next=/admin/"
        )

        article.refresh_from_db()
        assert article.scheduled_revision == version
        assert article.title == "As written"

    def test_cannot_take_a_page_down(self, log_in, article):
        article.save_revision().publish()
        specialist = log_in(SEO_SPECIALISTS)

        specialist.post(reverse("wagtailadmin_pages:unpublish", args=[article.pk]))
        specialist.post(
            reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
            + f"?id={article.pk}&next=/admin/"
        )

        article.refresh_from_db()
        assert article.live


class TestMetadata:
    """What is an SEO specialist's follows from the panels of the promote tab."""

    @pytest.fixture
    def promote(self, monkeypatch):
        """Add panels to the promote tab of articles."""

        def add(*panels):
            declared = [*ArticlePage.promote_panels, *panels]
            monkeypatch.setattr(ArticlePage, "promote_panels", declared)
            ArticlePage.get_edit_handler.cache_clear()

        yield add
        ArticlePage.get_edit_handler.cache_clear()

    def names(self, log_in, page):
        """Return the fields and child forms of her form, but for the comments."""
        user = log_in(SEO_SPECIALISTS).user
        form = page.get_edit_handler().get_form_class()(instance=page, for_user=user)
        return {*form.fields, *form.formsets} - {"comments", "comment_notifications"}

    @pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
    def test_is_what_the_promote_tab_declares(self, log_in, model):
        tabs = {tab.heading: leaves(tab) for tab in model.get_edit_handler().children}

        assert self.names(log_in, model()) == tabs["Promote"]
        assert {"slug", "seo_title", "robots_index"} <= tabs["Promote"]
        assert {"title", "override_reason"} <= tabs["Content"] - tabs["Promote"]
        assert tabs["Settings"] - tabs["Promote"] == {"go_live_at", "expire_at"}

    def test_takes_in_what_is_added_to_that_tab(self, log_in, article, promote):
        promote(
            FieldPanel("lead_image_caption"),
            MultiFieldPanel([InlinePanel("related", label="Article")]),
        )
        forged = posted(
            level="2",
            text="Forged",
            slug=article.slug,
            lead_image_caption="Hers",
            related={**formset(), "TOTAL_FORMS": 1, "0": {"article": article.pk}},
        )

        log_in(SEO_SPECIALISTS).post(
            edit_url(article), {**forged, "related-0-ORDER": 1, "action-publish": "1"}
        )

        after = ArticlePage.objects.get(pk=article.pk)
        assert after.lead_image_caption == "Hers"
        assert [related.article for related in after.related.all()] == [after]
        assert after.title == "As written"
        assert after.contributions.count() == 1


class TestEditor:
    def test_cannot_publish(self, log_in, article):
        log_in(EDITORS).post(
            edit_url(article),
            posted(
                level="2", text="Mine", slug=article.slug, **{"action-publish": "1"}
            ),
        )

        assert ArticlePage.objects.get(pk=article.pk).title == "As written"

    def test_saves_a_draft(self, log_in, article):
        log_in(EDITORS).post(edit_url(article), posted(level="2", text="Mine"))

        article.refresh_from_db()
        assert article.get_latest_revision_as_object().title == "Posted"


class TestStranger:
    @pytest.mark.parametrize(("name", "args", "allowed"), TABLE, ids=IDS)
    def test_is_asked_to_log_in(self, client, home, name, args, allowed):
        response = client.get(reverse(name, args=args))

        assert response.status_code == 302
        assert response.url.startswith(reverse("wagtailadmin_login"))
