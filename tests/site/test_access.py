"""Who gets in, and who does not: forged posts, other people's records, choosers."""

import pytest
from django.urls import reverse
from wagtail.log_actions import log
from wagtail.models import Collection, Page, PageViewRestriction, Revision
from wagtail_factories import DocumentFactory

from applications.models.applications import Application
from articles.importing.models import ArticleImport
from articles.models.article_page import ArticlePage
from home.roles import ADMISSIONS, EDITORS, MODERATORS, SEO_SPECIALISTS
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    ContentPageFactory,
    SiteImageFactory,
)
from tests.helpers.factories_applications import ApplicationFormPageFactory, filled_in
from tests.helpers.factories_newsletter import SubscriberFactory
from tests.helpers.factories_testimonials import (
    SubjectFactory,
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
)
from tests.helpers.page_form import GOOD, edit_url, posted


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


@pytest.fixture
def article(index):
    page = ArticlePageFactory(parent=index, title="As written", body=GOOD)
    page.save_revision().publish()
    return ArticlePage.objects.get(pk=page.pk)


def tree():
    """Everything that a forged post could change about the pages."""
    restrictions = PageViewRestriction.objects.count()
    fields = ("pk", "path", "url_path", "title", "live", "locked", "alias_of_id")
    return restrictions, list(Page.objects.order_by("path").values_list(*fields))


# Posts that take pages away or put them elsewhere: the view of each, and its fields.
FORGED = {
    "delete": {},
    "unpublish": {},
    "copy": {"new_title": "Copy", "new_slug": "copy", "copy_subpages": "on"},
    "lock": {},
    "unlock": {},
    "set_privacy": {"restriction_type": "login", "password": "", "groups": []},
    "convert_alias": {},
    "add": posted(level="2", text="Forged"),
    "move_confirm": {},
    "set_page_position": {},
    "delete in bulk": {},
    "unpublish in bulk": {},
    "move in bulk": {},
}


@pytest.fixture
def forge(home, index, article):
    """``forge(client, name)`` sends one of `FORGED`: did it change the pages?"""
    alias = article.create_alias(update_slug="an-alias")
    ArticlePageFactory(parent=index)
    other = ArticleIndexPageFactory(parent=home, title="Elsewhere")
    args = {
        "convert_alias": [alias.pk],
        "add": ["articles", "articlepage", index.pk],
        "move_confirm": [article.pk, other.pk],
    }

    def forge(client, name):
        action, _, in_bulk = name.partition(" ")
        Page.objects.filter(pk=article.pk).update(locked=action == "unlock")
        if in_bulk:
            bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
            url = f"{bulk}?id={article.pk}"
        else:
            view = f"wagtailadmin_pages:{action}"
            url = reverse(view, args=args.get(action, [article.pk])) + "?position=1"
        places = {"new_parent_page": other.pk, "chooser": other.pk}
        before = tree()
        response = client.post(url, {**FORGED[name], **places})
        assert response.status_code in {200, 302, 403}
        return tree() != before

    return forge


class TestSeoSpecialist:
    """She changes metadata; a forged post of hers takes nothing away."""

    @pytest.mark.parametrize("name", FORGED)
    def test_leaves_pages_as_they_are(self, log_in, forge, name):
        assert not forge(log_in(SEO_SPECIALISTS), name)

    @pytest.mark.parametrize("name", FORGED)
    def test_whoever_may_changes_them_by_the_same_posts(self, log_in, forge, name):
        """Else the posts would prove nothing."""
        assert forge(log_in(None), name)

    def test_imports_no_article(self, log_in, index):
        url = reverse("article_import", args=[index.pk])

        log_in(SEO_SPECIALISTS).post(url, {"text": "# Forged"})

        assert not ArticleImport.objects.exists()

    def test_brings_back_no_old_words(self, log_in, article):
        old = article.latest_revision
        article.title = "As written later"
        article.save_revision().publish()

        log_in(SEO_SPECIALISTS).post(
            edit_url(article),
            posted(
                level="2",
                text="Old",
                slug=article.slug,
                revision=old.pk,
                **{"action-publish": "1"},
            ),
        )

        assert ArticlePage.objects.get(pk=article.pk).title == "As written later"

    @pytest.mark.parametrize("include", [{}, {"include_descendants": "on"}])
    def test_publishes_nobody_s_draft_in_bulk(self, log_in, index, article, include):
        ArticlePageFactory(parent=index, live=False, title="Unread").save_revision()
        article.title = "As nobody has approved"
        article.save_revision()
        before = tree()
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

        log_in(SEO_SPECIALISTS).post(f"{url}?id={index.pk}&id={article.pk}", include)

        assert tree() == before

    @pytest.mark.parametrize(
        "action", ["publish", "revert_to_page_revision", "convert_alias", "unpublish"]
    )
    def test_does_nothing_by_the_api(self, log_in, article, action):
        old = article.latest_revision
        article.title = "As nobody has approved"
        article.save_revision()
        alias = article.create_alias(update_slug="an-alias")
        page = alias if action == "convert_alias" else article
        before, versions = tree(), Revision.objects.count()
        url = reverse("wagtailadmin_api:pages:action", args=[page.pk, action])

        response = log_in(SEO_SPECIALISTS).post(
            url, {"revision_id": old.pk}, content_type="application/json"
        )

        assert response.status_code == 403
        assert (tree(), Revision.objects.count()) == (before, versions)

    def test_is_offered_nothing_that_she_may_not_do(self, log_in, article):
        html = log_in(SEO_SPECIALISTS).get(edit_url(article)).content.decode()

        for name in ("delete", "unpublish", "copy", "move"):
            url = reverse(f"wagtailadmin_pages:{name}", args=[article.pk])
            assert url not in html, name

    def test_a_moderator_still_may(self, log_in, article):
        url = reverse("wagtailadmin_pages:unpublish", args=[article.pk])

        log_in(MODERATORS).post(url)

        assert not ArticlePage.objects.get(pk=article.pk).live


class TestPersonalRecords:
    """Neither their addresses nor anything beside them tells of them."""

    @pytest.fixture
    def records(self, client, home):
        subject = SubjectFactory(name="Rosalind Quill")
        TestimonialPageFactory(
            parent=TestimonialIndexPageFactory(parent=home), subject=subject
        )
        subscriber = SubscriberFactory(email="reader@example.org")
        form = ApplicationFormPageFactory(parent=home)
        client.post(form.url, filled_in(form))
        log(instance=Application.objects.get(), action="applications.read")
        return subject, subscriber

    @pytest.mark.parametrize("role", [EDITORS, SEO_SPECIALISTS, ADMISSIONS])
    def test_are_behind_no_other_address(self, log_in, records, role):
        subject, subscriber = records
        client = log_in(role)
        addresses = [
            reverse(f"{name}:{view}", args=[pk + step])
            for name, pk in (
                ("story_subjects", subject.pk),
                ("subscribers", subscriber.pk),
            )
            for view in ("inspect", "edit", "delete", "history", "usage")
            for step in (-1, 0, 1)
        ]
        addresses += [
            reverse(name)
            for name in (
                "story_subjects:index_results",
                "subscribers:index_results",
                "subscribers:find",
                "wagtailadmin_home",
                "wagtailadmin_reports:site_history",
                "wagtailadmin_reports:site_history_results",
            )
        ]
        addresses += [
            "/admin/api/main/pages/?fields=*",
            "/admin/api/main/pages/?type=testimonials.TestimonialPage&fields=*",
            "/admin/api/main/subjects/",
            "/admin/subscribers/?export=csv",
            "/admin/subscribers/?export=xlsx",
            "/admin/applications/?export=csv",
        ]
        addresses += [
            reverse("wagtail_bulk_action", args=[*model, "delete"]) + "?id=all"
            for model in (
                ("testimonials", "subject"),
                ("newsletter", "subscriber"),
                ("applications", "application"),
            )
        ]
        for address in addresses:
            text = client.get(address, follow=True).getvalue().decode()

            assert "Rosalind" not in text, address
            assert "reader@example.org" not in text, address
            if role != ADMISSIONS:
                assert Application.objects.get().reference not in text, address

    @pytest.mark.parametrize("role", [SEO_SPECIALISTS, ADMISSIONS])
    @pytest.mark.parametrize(
        "view", ["choose", "choose_results", "chosen", "chosen_multiple"]
    )
    def test_are_offered_only_to_those_who_write(self, log_in, records, role, view):
        subject, _ = records
        args = [subject.pk] if view == "chosen" else []
        url = reverse(f"subject_chooser:{view}", args=args)

        response = log_in(role).get(url, {"id": subject.pk})

        assert response.status_code in {302, 403}
        assert subject.reference_code not in response.content.decode()


class TestAdmissionsOfficer:
    def test_is_told_of_no_page(self, log_in, home, index, article):
        draft = ContentPageFactory(parent=home, title="Not yet known", live=False)
        client = log_in(ADMISSIONS)
        addresses = [
            reverse("wagtailadmin_choose_page"),
            reverse("wagtailadmin_choose_page_child", args=[home.pk]),
            reverse("wagtailadmin_choose_page_child", args=[draft.pk]),
            reverse("wagtailadmin_choose_page_search") + "?q=known",
            reverse("wagtailadmin_pages:move_confirm", args=[draft.pk, home.pk]),
            reverse("wagtailadmin_pages:edit", args=[draft.pk]),
            reverse("wagtailadmin_pages:view_draft", args=[draft.pk]),
            reverse("wagtailadmin_pages:history", args=[draft.pk]),
            reverse("article_import", args=[index.pk]),
            "/admin/api/main/pages/",
        ]
        for address in addresses:
            text = client.get(address, follow=True).content.decode()

            assert "Not yet known" not in text, address

    def test_is_told_of_no_picture_or_document(self, log_in, home):
        picture = SiteImageFactory(title="Not yet known")
        document = DocumentFactory(title="Not yet known")
        client = log_in(ADMISSIONS)
        addresses = [
            f"/admin/api/main/{kind}/{path}"
            for kind, pk in (("images", picture.pk), ("documents", document.pk))
            for path in ("", f"{pk}/", "?fields=*", f"find/?id={pk}")
        ]
        addresses += [
            reverse("wagtailimages_chooser:choose"),
            reverse("wagtailimages_chooser:chosen", args=[picture.pk]),
            reverse("wagtailimages:image_usage", args=[picture.pk]),
            reverse("wagtaildocs_chooser:choose"),
            reverse("wagtaildocs_chooser:chosen", args=[document.pk]),
            reverse("wagtaildocs:document_usage", args=[document.pk]),
        ]
        for address in addresses:
            text = client.get(address, follow=True).content.decode()

            assert "Not yet known" not in text, address

    def test_editors_are_still_told(self, log_in, home):
        root = Collection.get_first_root_node()
        SiteImageFactory(title="A harbour", collection=root)

        answer = log_in(EDITORS).get("/admin/api/main/images/").json()

        assert [item["title"] for item in answer["items"]] == ["A harbour"]
