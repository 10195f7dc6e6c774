"""A medical review, from the checklist to a change that needs another one."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from articles.models.article_page import ArticlePage
from articles.models.contributions import Contribution
from articles.models.index_page import ArticleIndexPage
from home.roles import EDITORS, MODERATORS, REVIEWERS
from review.models import ChecklistItem, ReviewRecord
from tests.browser.editor import Editor
from tests.browser.reviewing import approval_window, approve, qualify
from tests.helpers.factories import ArticlePageFactory

Staff = Callable[[str], Page]


def test_a_checklist_an_author_a_reviewer_and_a_change(
    staff: Staff, demonstration: str
) -> None:
    # A moderator words an item of the checklist.
    moderator = Editor(staff(MODERATORS))
    item = ChecklistItem.objects.create(text="Doses are right.", position=1)
    moderator.page.goto(f"/admin/review_checklist/edit/{item.pk}/")
    moderator.page.get_by_label("Text").fill("Every dose was looked up.")
    moderator.page.get_by_role("button", name="Save").click()
    moderator.expect_message("updated")

    # An editor submits an article that names a reviewer among its authors.
    reviewer = Editor(staff(REVIEWERS))
    ngozi = qualify(reviewer.page.user, "Dr Ngozi Adeyemi-Hart")
    article = ArticlePageFactory(
        parent=ArticleIndexPage.objects.get(),
        title="How much rest",
        live=False,
        is_medical=True,
        body=[{"type": "paragraph", "value": "<p>Rest before you are tired.</p>"}],
        contributors=[ngozi],
    )
    article.save_revision()
    editor = Editor(staff(EDITORS))
    editor.open(article)
    editor.act(re.compile("Submit to"))
    editor.expect_message("submitted for moderation")

    # The author is refused, and told why.
    reviewer.open(article)
    window = approval_window(reviewer.page)
    expect(window).to_contain_text("among those who made it")
    expect(window.get_by_role("checkbox")).to_have_count(0)
    assert not ReviewRecord.objects.filter(page=article.pk).exists()

    # Somebody else may.
    other = Editor(staff(REVIEWERS))
    qualify(other.page.user, "Meera Raghunathan")
    other.open(article)
    with other.comes_back():
        approve(other.page)
    record = ReviewRecord.objects.get(page=article.pk)
    assert "Every dose was looked up." in record.checklist
    assert record.name == "Meera Raghunathan, BSc, MSc"

    # A change before publication goes back to the review, and says so.
    moderator.open(article)
    with moderator.stored("Much earlier"):
        moderator.write(moderator.blocks.first, " Much earlier.")
    moderator.open(article)
    moderator.expect_message("medical review again")
    page = ArticlePage.objects.get(pk=article.pk)
    assert page.current_workflow_task.name == "Medical review"
    assert Contribution.objects.filter(article=page, person=ngozi).exists()
