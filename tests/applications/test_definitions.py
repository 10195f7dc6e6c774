"""Frozen definitions, and form pages that stay because somebody applied."""

import pytest
from django.db.models import ProtectedError
from django.urls import reverse
from wagtail.models import Page

from applications.models.applications import Answer, Application
from applications.models.definitions import FrozenError
from tests.helpers.factories import ContentPageFactory
from tests.helpers.factories_applications import (
    IDS,
    ApplicationFormPageFactory,
    filled_in,
    question,
)


@pytest.fixture
def form_page(home):
    return ApplicationFormPageFactory(parent=home)


@pytest.fixture
def application(client, form_page):
    client.post(form_page.url, filled_in(form_page))
    return Application.objects.get()


class TestFormPagesWithApplications:
    def test_cannot_be_deleted_and_say_why(self, log_in, application, form_page):
        url = reverse("wagtailadmin_pages:delete", args=[form_page.pk])

        response = log_in(None).post(url, follow=True)

        assert "applications have arrived through" in response.content.decode()
        assert Page.objects.filter(pk=form_page.pk).exists()

    def test_keep_the_pages_above_them(self, log_in, home, client, rf):
        parent = ContentPageFactory(parent=home)
        form_page = ApplicationFormPageFactory(parent=parent)
        client.post(form_page.url, filled_in(form_page))
        url = reverse("wagtailadmin_pages:delete", args=[parent.pk])

        response = log_in(None).post(url, follow=True)

        assert "Nothing was deleted" in response.content.decode()
        assert Page.objects.filter(pk=parent.pk).exists()

    def test_cannot_be_deleted_in_bulk(self, log_in, application, form_page):
        url = (
            reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
            + f"?id={form_page.pk}"
        )

        response = log_in(None).post(url, follow=True)

        assert "Nothing was deleted" in response.content.decode()
        assert Page.objects.filter(pk=form_page.pk).exists()

    def test_are_kept_by_the_database_too(self, application, form_page):
        with pytest.raises(ProtectedError):
            form_page.delete()

    def test_without_any_can_be_deleted(self, log_in, form_page):
        url = reverse("wagtailadmin_pages:delete", args=[form_page.pk])

        log_in(None).post(url)

        assert not Page.objects.filter(pk=form_page.pk).exists()


class TestDefinitions:
    def test_are_made_when_published_and_only_when_something_changed(self, form_page):
        assert form_page.definitions.count() == 1

        form_page.save_revision().publish()
        assert form_page.definitions.count() == 1

        form_page.submit_label = "Apply now"
        form_page.save_revision()
        assert form_page.definitions.count() == 1

        form_page.get_latest_revision().publish()
        assert [d.number for d in form_page.definitions.order_by("number")] == [1, 2]

    def test_are_never_changed_or_deleted(self, form_page):
        definition = form_page.latest_definition

        for change in (
            definition.save,
            definition.delete,
            lambda: form_page.definitions.update(content={}),
            lambda: form_page.definitions.all().delete(),
        ):
            with pytest.raises(FrozenError):
                change()

    def test_are_not_copied_with_the_page(self, form_page, home, client):
        client.post(form_page.url, filled_in(form_page))

        copy = form_page.copy(
            update_attrs={"slug": "copy"}, keep_live=False, copy_revisions=True
        )

        assert copy.definitions.count() == 0
        assert len(copy.questions) == len(form_page.questions)

    def test_a_form_is_received_under_the_one_that_was_shown(self, client, form_page):
        posted = filled_in(form_page)
        stream = form_page._meta.get_field("questions").stream_block
        form_page.questions = stream.to_python([question("email", label="Asked later")])
        form_page.save()

        client.post(form_page.url, posted)

        assert Application.objects.get().definition.number == 1
        assert Answer.objects.count() == len(IDS)
