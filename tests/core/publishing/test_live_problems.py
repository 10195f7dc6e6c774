"""What the gate would say of published pages now, on the dashboard and in a report."""

from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.signals import page_published

from core.models.live_problems import LiveProblem
from core.publishing.gate import publishing_problems
from evidence.vocabulary import Status
from home.roles import ADMISSIONS, EDITORS, SEO_SPECIALISTS
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    SiteImageFactory,
)
from tests.helpers.factories_evidence import (
    ReferenceFactory,
    article,
    citation,
    paragraph,
)

REPORT = "live_problems"


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


def look():
    call_command("find_problems", stdout=StringIO())


def retracted(index, **fields):
    """A published article that cites a work which was retracted afterwards."""
    work = ReferenceFactory()
    page = article(index, paragraph(citation(work)), **fields)
    work.status = Status.RETRACTED
    work.save()
    return page


def kept():
    return list(LiveProblem.objects.values_list("page__title", "code"))


class TestFinding:
    def test_keeps_what_is_new_and_forgets_what_is_mended(self, index):
        page = retracted(index, title="Doubtful")
        ArticlePageFactory(parent=index)

        look()
        look()
        assert kept() == [("Doubtful", "retracted-work")]

        page.body = []
        page.save()
        look()
        assert kept() == []

    def test_keeps_what_who_publishes_cannot_mend(self, index):
        page = retracted(index, title="Doubtful")
        look()

        page_published.send(type(page), instance=page)
        assert kept() == [("Doubtful", "retracted-work")]

        page.body = []
        page.save()
        page_published.send(type(page), instance=page)
        assert kept() == []

    def test_does_not_keep_what_an_editor_has_answered(self, index):
        page = ArticlePageFactory(parent=index)
        page.title = "Treatments in 2019"
        problems = publishing_problems(page)
        page.override_reason = "It is a look back."
        page.answered_problems = [problem.key for problem in problems]
        page.save()

        look()

        assert kept() == []

    def test_keeps_the_day_on_which_it_was_found_first(self, index):
        retracted(index)
        look()
        [first] = LiveProblem.objects.all()

        look()

        assert LiveProblem.objects.get().found_at == first.found_at

    def test_leaves_drafts_alone(self, index):
        retracted(index, live=False)

        look()

        assert kept() == []

    def test_keeps_no_words_of_the_page(self, index):
        retracted(index, title="Doubtful")
        look()

        stored = str(list(LiveProblem.objects.values()))

        assert "Petrou" not in stored

    def test_costs_as_much_for_each_page(self, index):
        def queries():
            with CaptureQueriesContext(connection) as captured:
                look()
            return len(captured)

        ArticlePageFactory.create_batch(2, parent=index)
        look()
        of_two = queries()
        ArticlePageFactory.create_batch(2, parent=index)
        look()
        of_four = queries()
        ArticlePageFactory.create_batch(2, parent=index)
        look()

        assert queries() - of_four == of_four - of_two


class TestForgetting:
    @pytest.fixture
    def page(self, index):
        page = retracted(index)
        look()
        return page

    def test_a_page_that_is_published_anew(self, page):
        page.body = []
        page.save_revision().publish()

        assert kept() == []

    def test_a_page_that_is_unpublished(self, page):
        page.unpublish()

        assert kept() == []

    def test_a_page_that_is_deleted(self, page):
        page.delete()

        assert kept() == []

    def test_never_for_a_draft(self, page):
        page.body = []
        page.save_revision()

        assert len(kept()) == 1


class TestShowing:
    def dashboard(self, client):
        html = client.get(reverse("wagtailadmin_home")).content
        panel = BeautifulSoup(html, "html.parser").select_one("#today-content")
        return " ".join(panel.text.split()), [a["href"] for a in panel.select("a")]

    def test_the_dashboard_counts_and_leads_to_page_and_report(self, log_in, index):
        page = retracted(index)
        look()

        said, links = self.dashboard(log_in(EDITORS))

        assert "1 published page has a new problem." in said
        assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in links
        assert reverse(REPORT) in links

    def test_the_report_names_page_and_problem(self, log_in, index):
        retracted(index, title="Doubtful")
        look()

        html = log_in(EDITORS).get(reverse(REPORT)).content
        text = BeautifulSoup(html, "html.parser").select_one("table.listing").text

        assert "Doubtful" in text
        assert "Cited work that was retracted" in text

    def test_the_report_can_be_taken_along(self, log_in, index):
        retracted(index, title="Doubtful")
        look()

        response = log_in(EDITORS).get(f"{reverse(REPORT)}?export=csv")
        text = b"".join(response.streaming_content).decode()

        assert "Doubtful" in text
        assert "Cited work that was retracted" in text

    def test_pictures_without_alternative_text_are_handed_to_an_editor(
        self, log_in, index
    ):
        """By an SEO specialist, who may not mend them, from the report."""
        retracted(index, title="Doubtful")
        picture = SiteImageFactory(description="A drawing of a knee")
        page = ArticlePageFactory(parent=index, title="Dark", lead_image=picture)
        type(picture).objects.update(description="")  # in the library, later
        look()
        specialist = log_in(SEO_SPECIALISTS)

        home_html = specialist.get(reverse("wagtailadmin_home")).content.decode()
        report = f"{reverse(REPORT)}?problem=image-without-alternative"
        html = specialist.get(report).content.decode()
        ask = reverse("hand_on", args=[page.pk, "image-without-alternative"])
        assert report in home_html.replace("\\u003D", "=")
        assert ask in html
        assert "Dark" in html
        assert "Doubtful" not in html

        specialist.post(ask, {"assignee": "", "note": "Please"})

        assert "an editor has been asked" in specialist.get(report).content.decode()
        said, _links = self.dashboard(log_in(EDITORS))
        assert "that you are asked to mend" in said

    def test_the_report_can_be_narrowed_down_to_what_a_site_lets_warn(
        self, log_in, index
    ):
        page = ArticlePageFactory(parent=index, title="Worded")
        LiveProblem.objects.create(page=page, code="outcome-alone")

        report = f"{reverse(REPORT)}?problem=outcome-alone"
        html = log_in(EDITORS).get(report).content.decode()

        assert '<option value="outcome-alone" selected' in html
        assert "Worded" in html

    def test_the_report_says_so_when_there_is_nothing(self, log_in, index):
        html = log_in(EDITORS).get(reverse(REPORT)).content.decode()

        assert "No published page has a problem" in html

    def test_a_rule_that_is_gone_is_named_by_its_code(self, log_in, index):
        page = ArticlePageFactory(parent=index)
        LiveProblem.objects.create(page=page, code="of-old")

        assert "of-old" in log_in(EDITORS).get(reverse(REPORT)).content.decode()

    def test_nobody_sees_it_who_edits_no_pages(self, log_in, index):
        retracted(index)
        look()
        client = log_in(ADMISSIONS)

        assert "new problem" not in self.dashboard(client)[0]
        assert client.get(reverse(REPORT)).status_code == 302
