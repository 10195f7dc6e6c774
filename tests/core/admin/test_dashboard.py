"""The dashboard shows each role what waits for it, and no more."""

import uuid
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from applications.models import Application
from articles.models.article_page import ArticlePage
from home.roles import ADMISSIONS, EDITORS, MODERATORS, SEO_SPECIALISTS
from tests.helpers.factories import ArticleIndexPageFactory, ArticlePageFactory
from tests.helpers.factories_applications import ApplicationFormPageFactory
from tests.helpers.factories_testimonials import ConsentFactory, SubjectFactory

pytestmark = pytest.mark.django_db


def today(client):
    """Return what the panel says, in one line, and where it leads by its words."""
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    panel = BeautifulSoup(html, "html.parser").select_one("#today-content")
    links = {" ".join(a.text.split()): a["href"] for a in panel.select("a[href]")}
    return " ".join(panel.text.split()), links


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


def test_says_so_when_nothing_waits(log_in, home):
    assert "Nothing waits for you." in today(log_in(ADMISSIONS))[0]


class TestDrafts:
    def test_of_ones_own_are_named(self, log_in, index):
        client = log_in(EDITORS)
        page = ArticlePageFactory(parent=index, title="Mine", live=False)
        page.save_revision(user=client.user)

        said, links = today(client)

        assert "1 draft of yours is not published." in said
        assert links["Mine"] == reverse("wagtailadmin_pages:edit", args=[page.pk])

    def test_of_others_are_not(self, log_in, index):
        client = log_in(EDITORS)
        ArticlePageFactory(parent=index, title="Theirs", live=False).save_revision()

        assert "Theirs" not in today(client)[0]

    def test_are_counted_in_as_many_queries_however_many_they_are(self, log_in, index):
        client = log_in(EDITORS)

        def draft(count):
            for page in ArticlePageFactory.create_batch(
                count, parent=index, live=False
            ):
                page.save_revision(user=client.user)

        draft(5)  # Wagtail's own list of recent edits holds five
        today(client)
        with CaptureQueriesContext(connection) as of_five:
            today(client)
        draft(4)
        with CaptureQueriesContext(connection) as of_nine:
            said, _ = today(client)

        assert "9 drafts of yours are not published." in said
        assert len(of_nine) == len(of_five)


class TestSchedules:
    @pytest.fixture
    def draft(self, index):
        page = ArticlePageFactory(parent=index, title="Of tomorrow", live=False)
        page.go_live_at = timezone.now() + timedelta(days=1)
        page.save_revision()
        return ArticlePage.objects.get(pk=page.pk)

    def test_that_nobody_approved_are_named(self, log_in, draft):
        said, links = today(log_in(EDITORS))

        assert "1 page has a date but is not approved to go live" in said
        assert "Of tomorrow" in links

    def test_that_were_approved_are_told_of(self, log_in, draft):
        draft.latest_revision.publish()

        said, _ = today(log_in(MODERATORS))

        assert "1 page is scheduled." in said
        assert "not approved to go live" not in said


class TestApplications:
    @pytest.fixture
    def form(self, home):
        return ApplicationFormPageFactory(parent=home)

    @pytest.fixture
    def apply(self, form):
        def apply(status="received"):
            Application.objects.create(
                definition=form.latest_definition,
                submission_key=uuid.uuid4(),
                status=status,
            )

        return apply

    def test_are_counted_for_those_who_read_them(self, log_in, apply):
        apply()
        apply()
        apply("closed")

        said, links = today(log_in(ADMISSIONS))

        assert "2 new applications have arrived." in said
        assert links["Show all"] == reverse("application:index") + "?state=received"

    @pytest.mark.parametrize("role", [EDITORS, MODERATORS, SEO_SPECIALISTS])
    def test_are_not_mentioned_to_others(self, log_in, apply, role):
        apply()

        assert "new application" not in today(log_in(role))[0]


def test_pages_without_a_description_wait_for_an_seo_specialist(log_in, index):
    ArticlePageFactory(parent=index, title="Bare", search_description="")

    assert "Bare" in today(log_in(SEO_SPECIALISTS))[1]
    assert "Bare" not in today(log_in(EDITORS))[1]


class TestConsents:
    def test_that_end_soon_are_named_by_their_codes(self, log_in, home):
        ends = timezone.localdate() + timedelta(days=9)
        subject = SubjectFactory(consented__valid_until=ends)

        said, links = today(log_in(MODERATORS))

        assert "The consent of 1 person ends within thirty days." in said
        assert any(words.startswith(subject.reference_code) for words in links)
        assert subject.name not in said

    def test_that_go_on_with_a_newer_one_are_not(self, log_in, home):
        ends = timezone.localdate() + timedelta(days=9)
        subject = SubjectFactory(consented__valid_until=ends)
        ConsentFactory(subject=subject, valid_until=None)

        assert "consent" not in today(log_in(MODERATORS))[0]

    def test_that_go_on_with_less_are_named(self, log_in, home):
        ends = timezone.localdate() + timedelta(days=9)
        subject = SubjectFactory(consented__valid_until=ends)
        ConsentFactory(subject=subject, scope_medical_detail=False, scope_name=True)

        said, links = today(log_in(MODERATORS))

        assert "The consent of 1 person ends" in said
        assert date_format(ends, "DATE_FORMAT") in " ".join(links)

    def test_are_not_mentioned_to_others(self, log_in, home):
        SubjectFactory(consented__valid_until=timezone.localdate())

        assert "consent" not in today(log_in(EDITORS))[0]


class TestShortcuts:
    def test_lead_to_what_is_made_most(self, log_in, index):
        _, links = today(log_in(EDITORS))

        assert links["Write an article"] == reverse(
            "wagtailadmin_pages:add", args=["articles", "articlepage", index.pk]
        )
        assert {"Import articles", "Add a reference", "Add pictures"} <= set(links)

    def test_are_for_those_who_may(self, log_in, index):
        _, links = today(log_in(SEO_SPECIALISTS))

        assert not {"Write an article", "Add a reference", "Add pictures"} & set(links)
