"""What visitors do, and staff who publish nothing, starts no generation."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset

from applications.models import Application, Draft
from articles.models.article_page import ArticlePage
from home.roles import EDITORS
from newsletter.models import Subscriber
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
    SiteImageFactory,
    UserFactory,
)
from tests.helpers.factories_applications import ApplicationFormPageFactory, send
from tests.helpers.factories_steps import SteppedFormPageFactory, walk
from tests.helpers.page_form import add_url, posted
from tests.helpers.worker import queue, run_queued  # noqa: F401  (queue: a fixture)

pytestmark = pytest.mark.django_db


@pytest.fixture
def silent():
    """Fails when the test has changed what readers see since ``silent()``."""

    def begin():
        begin.seen = connection.visible_changes

    yield begin
    assert connection.visible_changes == begin.seen


@pytest.fixture
def article(home):
    index = ArticleIndexPageFactory(parent=home, slug="blog")
    picture = SiteImageFactory(title="A garden")
    return ArticlePageFactory(parent=index, slug="rest", lead_image=picture)


def test_pages_that_are_read_and_their_first_pictures(client, article, silent):
    silent()
    for path in ("/", "/blog/", "/blog/rest/", "/blog/rest/", "/sitemap.xml"):
        assert client.get(path).status_code == 200
    assert client.get("/nothing-here/").status_code == 404


def test_searches(client, article, silent):
    article.title = "Sleep"
    article.save_revision().publish()
    silent()

    html = client.get("/search/?query=sleep").content.decode()

    assert "1 result" in html


def test_an_application(client, home, queue, silent):  # noqa: F811
    page = ApplicationFormPageFactory(parent=home, slug="apply")
    page.save_revision().publish()
    silent()

    send(client, page)
    run_queued()

    assert Application.objects.count() == 1


def test_an_application_that_is_saved_for_later(client, home, queue, silent):  # noqa: F811
    page = SteppedFormPageFactory(parent=home)
    page.save_revision().publish()
    silent()

    walk(client, page, until="step/4/")
    client.post("/apply/save/", {"email": "ada@example.org"})
    run_queued()

    assert Draft.objects.count() == 1


def test_a_subscriber(client, home, silent):
    silent()
    client.post(reverse("newsletter:sign-up"), {"email": "a@example.org"})

    assert Subscriber.objects.count() <= 1


def test_signing_in_and_out(client, roles, home, silent):
    user = UserFactory(username="editor")
    user.groups.add(Group.objects.get(name=EDITORS))
    user.set_password("correct horse battery")
    user.save()
    silent()

    login = {"login": "editor", "password": "correct horse battery"}
    answer = client.post(reverse("account_login"), login)
    assert answer.status_code == 302
    client.get(reverse("wagtailadmin_home"))
    client.post(reverse("wagtailadmin_logout"))


def test_a_draft_that_is_edited(log_in, article, silent):
    client = log_in(EDITORS)
    address = reverse("wagtailadmin_pages:edit", args=[article.pk])
    client.get(address)
    silent()

    article.title = "Not yet"
    article.save_revision(user=client.user)
    client.get(address)

    assert ArticlePage.objects.get().get_latest_revision_as_object().title == "Not yet"


def test_a_new_draft_with_a_contributor(log_in, home, article, silent):
    person = PersonPageFactory(parent=PeopleIndexPageFactory(parent=home))
    client = log_in(EDITORS)
    address = add_url(article.get_parent())
    client.get(address)
    silent()

    contribution = {"person": person.pk, "role": "author", "relation": "none"}
    contribution |= {"date": "2026-01-01", "name": "", "affiliation": ""}
    named = inline_formset([{**contribution, "disclosure": ""}])
    answer = client.post(address, posted(contributions=named))

    assert answer.status_code == 302
    assert ArticlePage.objects.get(slug="posted").contributions.count() == 1


def test_the_timer_with_nothing_due(home, silent):
    call_command("publish_scheduled")
    silent()
    for command in ("publish_scheduled", "update_index", "clearsessions"):
        call_command(command)
