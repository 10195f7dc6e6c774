"""Editors read no text of ours that is not marked for translation."""

import uuid

import pytest
from django.urls import reverse
from wagtail.contrib.settings.models import BaseGenericSetting
from wagtail.contrib.settings.registry import registry as settings_registry
from wagtail.models import PageLogEntry, get_page_models

from applications.models import Application, ApplicationFormPage
from applications.status import acts
from core.models.base_page import BasePage
from seo.crawling.robots_txt import agents
from tests.helpers.factories_newsletter import SubscriberFactory
from tests.helpers.marked_strings import places
from tests.helpers.pseudo_content import page
from tests.helpers.pseudo_locale import content, unmarked_in

pytestmark = pytest.mark.one_database

PAGE_TYPES = [model for model in get_page_models() if issubclass(model, BasePage)]
APPS = {place.name for place in places()}
SETTINGS = [model for model in settings_registry if model._meta.app_label in APPS]


def unmarked(response):
    """Return what an editor reads that is neither marked, content nor a library's."""
    assert response.status_code == 200
    return unmarked_in(response.content.decode(), libraries=True)


@pytest.fixture
def admin(log_in, pseudo_home):
    """A superuser's browser, in the admin of a site in that language."""
    client = log_in(None)
    client.user.username = content("user")
    client.user.save()
    return client


def label(model):
    return model._meta.label


@pytest.mark.parametrize("model", PAGE_TYPES, ids=label)
def test_pages(admin, pseudo_home, model):
    shown = page(model, pseudo_home)
    shown.save_revision(user=admin.user)
    parent = shown.get_parent().pk
    names = (model._meta.app_label, model._meta.model_name, parent)

    for url in (
        reverse("wagtailadmin_explore", args=[parent]),
        reverse("wagtailadmin_pages:edit", args=[shown.pk]),
        reverse("wagtailadmin_pages:history", args=[shown.pk]),
        reverse("wagtailadmin_pages:usage", args=[shown.pk]),
        reverse("wagtailadmin_pages:type_use", args=names[:2]),
        *([] if model.max_count else [reverse("wagtailadmin_pages:add", args=names)]),
    ):
        assert unmarked(admin.get(url)) == [], url


@pytest.mark.parametrize("model", SETTINGS, ids=label)
def test_settings(admin, pseudo_home, model):
    names = (model._meta.app_label, model._meta.model_name)
    of_all_sites = issubclass(model, BaseGenericSetting)
    pk = model.load().pk if of_all_sites else pseudo_home.get_site().pk
    url = reverse("wagtailsettings:edit", args=[*names, pk])

    # Crawlers are called alike in every language.
    crawlers = {agents.label(agent) for agent in agents.AGENTS}
    assert set(unmarked(admin.get(url))) <= crawlers


class TestNewsletter:
    @pytest.mark.parametrize("name", ["inspect", "delete"])
    def test_one_subscriber(self, admin, name):
        subscriber = SubscriberFactory(wording_version=content("general"))

        url = reverse(f"subscribers:{name}", args=[subscriber.pk])

        assert unmarked(admin.get(url)) == []

    def test_subscribers(self, admin):
        SubscriberFactory(status="confirmed")

        assert unmarked(admin.get(reverse("subscribers:index"))) == []

    def test_finding_one(self, admin):
        url = reverse("subscribers:find")

        assert unmarked(admin.get(url)) == []
        assert unmarked(admin.post(url, {"email": "a@example.org"})) == []


class TestApplications:
    @pytest.fixture
    def application(self, client, pseudo_home):
        form = page(ApplicationFormPage, pseudo_home)
        asked = {q["id"]: q for q in form.latest_definition.content["questions"]}
        assert asked
        application = Application(
            definition=form.latest_definition, submission_key=uuid.uuid4()
        )
        application.save()
        return application

    @pytest.mark.parametrize("name", ["inspect", "delete"])
    def test_one(self, admin, application, name):
        url = reverse(f"application:{name}", args=[application.pk])

        assert unmarked(admin.get(url)) == []

    def test_all(self, admin, application):
        assert unmarked(admin.get(reverse("application:index"))) == []

    def test_moving_and_taking_it_back(self, admin, application):
        for name, version in (("status", "1"), ("undo", "2")):
            url = reverse(f"application:{name}", args=[application.pk])
            posted = {"state": "accepted", "version": version}
            assert unmarked(admin.post(url, posted, follow=True)) == []

    def test_what_its_applicant_withdrew(self, admin, application):
        acts.revoke(application, "a-consent")
        acts.withdraw(application)
        Application.objects.update(suspicion="fast")
        url = reverse("application:status", args=[application.pk])

        response = admin.post(url, {"state": "reading", "version": "1"}, follow=True)

        assert response.redirect_chain
        assert unmarked(response) == []

    def test_what_its_applicant_deleted(self, admin, application):
        acts.delete(application)

        response = admin.get(reverse("application:deleted"))

        assert application.reference in response.content.decode()
        assert unmarked(response) == []

    def test_deleting_its_form(self, admin, application):
        form = application.definition.page
        url = reverse("wagtailadmin_pages:delete", args=[form.pk])

        assert unmarked(admin.post(url, follow=True)) == []

    def test_the_log(self, admin, application):
        PageLogEntry.objects.all().delete()  # words of content
        admin.get(reverse("application:inspect", args=[application.pk]))
        admin.post(
            reverse("application:status", args=[application.pk]),
            {"state": "reading", "version": "1"},
        )

        assert unmarked(admin.get(reverse("wagtailadmin_reports:site_history"))) == []
