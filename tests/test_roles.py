"""Who may do what: a table of roles by addresses, and what a forged post achieves."""

import pytest
from django.urls import reverse

from articles.models.article_page import ArticlePage
from articles.models.contributions import Contribution
from home.roles import ADMISSIONS, EDITORS, MODERATORS, SEO_SPECIALISTS

from .factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
)
from .test_gate import edit_url, formset, posted

ADMINISTRATOR = None
EVERYONE = {EDITORS, MODERATORS, SEO_SPECIALISTS, ADMISSIONS, ADMINISTRATOR}
WRITERS = {EDITORS, MODERATORS, ADMINISTRATOR}

# Address name, its arguments, and who gets a page there; everybody else is turned away.
TABLE = [
    ("wagtailadmin_home", [], EVERYONE),
    ("wagtailsnippets_core_topic:list", [], WRITERS),
    ("wagtailsnippets_core_video:list", [], WRITERS),
    ("wagtailimages:index", [], WRITERS),
    ("wagtailimages:add", [], WRITERS),
    ("wagtailredirects:index", [], {SEO_SPECIALISTS, ADMINISTRATOR}),
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
        ["wagtailseo", "seosettings"],
        {SEO_SPECIALISTS, ADMINISTRATOR},
    ),
    ("wagtailusers_users:index", [], {ADMINISTRATOR}),
    ("wagtailsites:index", [], {ADMINISTRATOR}),
    ("application:index", [], {ADMISSIONS, ADMINISTRATOR}),
    ("subscribers:index", [], {MODERATORS, ADMINISTRATOR}),
    ("story_subjects:index", [], {MODERATORS, ADMINISTRATOR}),
]
IDS = ["-".join([name, *map(str, args)]) for name, args, _ in TABLE]


@pytest.mark.parametrize(
    "role", [EDITORS, MODERATORS, SEO_SPECIALISTS, ADMISSIONS, None]
)
@pytest.mark.parametrize(("name", "args", "allowed"), TABLE, ids=IDS)
def test_each_role_reaches_what_it_needs_and_no_more(
    log_in, home, role, name, args, allowed
):
    response = log_in(role).get(reverse(name, args=args), follow=True)

    if role in allowed:
        assert response.status_code == 200
        assert response.redirect_chain in ([], response.redirect_chain[:1])
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

    def test_a_forged_post_changes_no_content(self, log_in, article):
        log_in(SEO_SPECIALISTS).post(
            edit_url(article),
            posted(
                level="2",
                text="Forged",
                slug=article.slug,
                seo_title="New",
                contributions=formset(),
                **{"action-publish": "1"},
            ),
        )

        article = ArticlePage.objects.get(pk=article.pk)
        assert article.seo_title == "New"
        assert article.title == "As written"
        assert article.body[0].value["text"] == "Just right"
        assert article.contributions.count() == 1

    def test_cannot_publish_what_an_editor_has_not_had_approved(self, log_in, article):
        draft = article.get_latest_revision_as_object()
        draft.title = "Not approved yet"
        draft.save_revision()

        response = log_in(SEO_SPECIALISTS).post(
            edit_url(article),
            posted(slug=article.slug, seo_title="New", **{"action-publish": "1"}),
        )

        assert "nobody has approved yet" in response.content.decode()
        assert ArticlePage.objects.get(pk=article.pk).title == "As written"

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
