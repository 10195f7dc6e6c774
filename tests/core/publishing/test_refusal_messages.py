"""A refusal that no form has caught is a message, never an error page."""

import pytest
from django.urls import reverse

from articles.models.article_page import ArticlePage
from core.publishing.forms import BasePageForm
from tests.helpers.factories import ArticleIndexPageFactory, ArticlePageFactory
from tests.helpers.page_form import BAD, SENTENCE, add_url, posted

EMPTY = ("heading", {"text": "", "level": "2", "anchor": ""})


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


def test_every_reason_is_named(log_in, index, workflow):
    page = ArticlePageFactory(parent=index)
    page.body = [*BAD, EMPTY]
    page.save_revision(clean=False)
    workflow.start(page, log_in("Editors").user)
    args = [page.pk, "approve", page.current_workflow_task_state.pk]

    response = log_in("Moderators").post(
        reverse("wagtailadmin_pages:workflow_action", args=args),
        {"comment": ""},
        follow=True,
    )

    told = [str(message) for message in response.context["messages"]]
    assert any(SENTENCE in sentence for sentence in told)
    assert "Heading, Text: This field is required." in told


def test_a_page_that_does_not_exist_yet_leads_to_the_front_of_the_admin(
    log_in, index, monkeypatch
):
    """As if a rule had found something only after the form was asked."""
    monkeypatch.setattr(BasePageForm, "_open_problems", lambda form: [])

    response = log_in(None).post(
        add_url(index), posted(**{"action-publish": "1"}), follow=True
    )

    assert response.redirect_chain == [(reverse("wagtailadmin_home"), 302)]
    assert SENTENCE in response.content.decode()
    assert not ArticlePage.objects.exists()
