"""What an SEO specialist is told of a page, and hands to an editor."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from core.models import Assignment
from core.persons.mentions import kinds
from core.persons.person import Person
from core.publishing.content_checks import GateCheckerItem
from home.roles import ADMISSIONS, EDITORS, SEO_SPECIALISTS
from tests.helpers.factories import SiteImageFactory, UserFactory
from tests.helpers.page_form import edit_url

pytestmark = pytest.mark.one_database

PROBLEM = "image-without-alternative"


@pytest.fixture
def bare(article):
    """The article, of which a draft shows a picture without alternative text."""
    draft = article.get_latest_revision_as_object()
    draft.lead_image = SiteImageFactory(title="Harbour", description="")
    draft.seo_title = "w" * 166
    draft.save_revision()
    return article


@pytest.fixture
def editor(roles):
    from django.contrib.auth.models import Group

    user = UserFactory(username="ed")
    user.groups.add(Group.objects.get(name=EDITORS))
    return user


def hand_on(client, page, problem=PROBLEM, **fields):
    url = reverse("hand_on", args=[page.pk, problem])
    return client.post(url, {"assignee": "", "note": "", **fields})


class TestChecks:
    def test_name_what_she_can_do_and_who_can_do_the_rest(self, log_in, bare):
        html = log_in(SEO_SPECIALISTS).get(edit_url(bare)).content.decode()
        hers, _middle, others = html.partition("What an editor can do")

        assert "Search results cut off the title" in hers
        assert "“Harbour” has no alternative text" not in hers
        assert "“Harbour” has no alternative text" in others
        assert reverse("hand_on", args=[bare.pk, PROBLEM]) in others

    def test_are_whole_for_an_editor(self, log_in, bare):
        html = log_in(EDITORS).get(edit_url(bare)).content.decode()

        assert "“Harbour” has no alternative text" in html
        assert "What an editor can do" not in html
        assert html.count('id="publishing-problems"') == 1

    def test_are_renewed_by_autosave_for_her_alone(self, log_in, bare, rf):
        from django.template import Context, Template

        request = rf.get("/")
        request.user = log_in(SEO_SPECIALISTS).user
        page = bare.get_latest_revision_as_object()
        template = Template("{% load gate_tags %}{% problems_update page %}")

        html = template.render(Context({"page": page, "request": request}))

        assert "What an editor can do" in html

    def test_find_the_long_title_in_the_search_preview(self, bare):
        draft = bare.get_latest_revision_as_object()

        html = draft.make_preview_request(preview_mode="wagtail-seo").content.decode()

        assert 'data-problem="title-cut-off"' in html

    def test_point_to_a_list_that_she_has(self, log_in, rf):
        request = rf.get("/")
        request.user = log_in(SEO_SPECIALISTS).user

        said = GateCheckerItem().get_axe_messages(request)

        assert "under Promote" in said["title-cut-off"]["help_text"]
        assert "An editor can mend this" in said[PROBLEM]["help_text"]


class TestHandedOn:
    def test_stands_on_the_editor_s_dashboard_and_on_the_page(
        self, log_in, client, bare, editor
    ):
        specialist = log_in(SEO_SPECIALISTS)
        form = specialist.get(reverse("hand_on", args=[bare.pk, PROBLEM]))
        hand_on(specialist, bare, assignee=editor.pk, note="Say what it shows.")
        hers = specialist.get(reverse("wagtailadmin_home")).content.decode()

        client.force_login(editor)
        home = client.get(reverse("wagtailadmin_home")).content.decode()
        page = client.get(edit_url(bare)).content.decode()

        assert "“Harbour” has no alternative text" in form.content.decode()
        assert "1 thing that you have asked of an editor" in hers
        assert "1 page has something that you are asked to mend" in home
        assert "Picture without alternative text: Say what it shows." in page

    def test_is_asked_once(self, log_in, bare):
        specialist = log_in(SEO_SPECIALISTS)

        hand_on(specialist, bare)
        hand_on(specialist, bare)

        assert Assignment.objects.count() == 1

    def test_is_for_one_editor_or_all(self, log_in, bare, editor):
        hand_on(log_in(SEO_SPECIALISTS), bare, assignee=editor.pk)
        other = log_in(EDITORS)
        mine = other.get(reverse("wagtailadmin_home")).content.decode()
        Assignment.objects.update(assignee=None)
        everybody = other.get(reverse("wagtailadmin_home")).content.decode()

        assert "asked to mend" not in mine
        assert "asked to mend" in everybody

    def test_goes_to_nobody_who_may_not_change_the_text(self, log_in, bare):
        specialist = log_in(SEO_SPECIALISTS)

        answer = hand_on(specialist, bare, assignee=specialist.user.pk)

        assert answer.status_code == 200
        assert not Assignment.objects.exists()

    def test_is_done_when_it_is_mended(self, log_in, bare):
        hand_on(log_in(SEO_SPECIALISTS), bare)
        draft = bare.get_latest_revision_as_object()
        draft.lead_image_alt = "Boats in the harbour at noon."
        draft.save_revision().publish()

        assert not Assignment.objects.open().exists()

    def test_is_done_when_the_editor_says_so(self, log_in, bare, editor, client):
        hand_on(log_in(SEO_SPECIALISTS), bare)
        waiting = Assignment.objects.get()
        url = reverse("finish_assignment", args=[waiting.pk])
        client.force_login(editor)

        asked = client.get(url).content.decode()
        client.post(url)

        waiting.refresh_from_db()
        assert "It is done" in asked
        assert waiting.done_by == editor
        assert "closed already" in client.get(url).content.decode()

    def test_is_closed_by_nobody_else(self, log_in, bare):
        hand_on(log_in(SEO_SPECIALISTS), bare)
        url = reverse("finish_assignment", args=[Assignment.objects.get().pk])

        log_in(SEO_SPECIALISTS).post(url)  # a colleague
        log_in(ADMISSIONS).post(url)

        assert Assignment.objects.open().exists()

    def test_is_a_problem_that_there_is(self, log_in, bare, root):
        client = log_in(None)

        assert hand_on(client, bare, "nonsense").status_code == 404
        assert hand_on(client, Page.objects.get(pk=root.pk)).status_code == 404

    def test_keeps_no_name_of_who_is_erased(self, log_in, bare):
        hand_on(log_in(SEO_SPECIALISTS), bare, note="Ida Quillington in it")
        kind = next(each for each in kinds() if each.code == "assignments")

        who = Person(frozenset(), words=frozenset({"Ida Quillington"}))
        for item in kind.find(who):
            kind.erase(item)

        assert Assignment.objects.get().note == ""
