"""A decision on a page whose answer somebody no longer waits for."""

from collections.abc import Callable

from playwright.sync_api import Page, Request, Response, Route, expect

from articles.models.article_page import ArticlePage
from articles.models.index_page import ArticleIndexPage
from home.roles import EDITORS, MODERATORS
from tests.browser.editor import Editor
from tests.helpers.factories import ArticlePageFactory

Staff = Callable[[str], Page]


def is_decision(request: Request) -> bool:
    return request.method == "POST" and request.is_navigation_request()


def is_autosave(response: Response) -> bool:
    request = response.request
    at_the_page = request.method == "POST" and request.url.endswith("/edit/")
    return at_the_page and not request.is_navigation_request() and response.ok


def test_a_decision_that_was_stopped_is_forgotten_once_somebody_types(
    staff: Staff, demonstration: str
) -> None:
    article = ArticlePageFactory(
        parent=ArticleIndexPage.objects.get(),
        title="A decision that is stopped",
        live=False,
        is_medical=False,
        body=[{"type": "paragraph", "value": "<p>It helped.</p>"}],
    )
    article.save_revision()
    author = Editor(staff(EDITORS))
    author.open(article)
    author.act("Submit to")
    author.expect_message("submitted for moderation")
    step = ArticlePage.objects.get(pk=article.pk).current_workflow_task

    def stop(route: Route) -> None:
        """Leave the window where it is, as Esc does, at the first time."""
        if is_decision(route.request) and not stopped:
            stopped.append(route)
            route.fulfill(status=204)
        else:
            route.continue_()

    stopped: list[Route] = []
    editor = Editor(staff(MODERATORS))
    editor.open(article)
    editor.page.route("**/edit/", stop)
    decisions = editor.page.locator("[data-edit-form] [name*=workflow-action]")
    with editor.page.expect_response(lambda r: r.status == 204):
        editor.page.evaluate("""
            document.querySelector(
              "[data-workflow-action-name=approve]:not([data-workflow-action-modal-url])"
            ).click();
        """)
    expect(decisions).not_to_have_count(0)
    # Wagtail may have seen the inputs of the decision as edits, which stay unsaved.
    with editor.page.expect_response(is_autosave):
        editor.write(editor.blocks.first, " Then again.")
    expect(decisions).to_have_count(0)
    editor.save()

    page = ArticlePage.objects.get(pk=article.pk)
    assert page.current_workflow_task == step
    latest = page.get_latest_revision_as_object()
    assert "It helped. Then again." in str(latest.body[0].value)
