"""What tests of metadata do and read."""

from articles.models import ArticlePage
from tests.helpers.page_form import edit_url, posted


def publish(client, article, **fields):
    """Press the button of an article's form in which ``fields`` were typed."""
    fields = {"slug": article.slug, "action-publish": "1", **fields}
    return client.post(edit_url(article), posted(**fields), follow=True)


def now(article):
    """Return an article as it is published."""
    return ArticlePage.objects.get(pk=article.pk)
