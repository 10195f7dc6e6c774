"""What not everybody may read is named on no page that everybody may read."""

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from articles.models.article_page import ArticlePage
from core.models.site_settings import NavigationSettings
from testimonials.models.consent import Consent
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    ContentPageFactory,
    TopicFactory,
    TopicIndexPageFactory,
    TopicPageFactory,
)
from tests.helpers.factories_testimonials import (
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
)


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


class TestUnpublishedAndPrivate:
    SECRET = "Zebrafinch"

    @pytest.fixture(params=["draft", "password", "login", "groups"])
    def secret(self, request, home, index):
        topic = TopicFactory(name="Nerves", slug="nerves")
        page = ArticlePageFactory(
            parent=index, title=self.SECRET, topic=topic, slug="hidden"
        )
        if request.param == "draft":
            page.unpublish()
        else:
            PageViewRestriction.objects.create(
                page=page, restriction_type=request.param, password="sesame"
            )
        return ArticlePage.objects.get(pk=page.pk)

    def test_is_named_on_no_public_address(self, client, home, index, secret):
        other = ArticlePageFactory(
            parent=index,
            topic=secret.topic,
            body=[
                ("page_cards", {"heading": "", "pages": [secret]}),
                (
                    "call_to_action",
                    {"heading": "Go", "text": "", "label": "On", "page": secret},
                ),
                ("paragraph", f'<p><a linktype="page" id="{secret.pk}">On</a></p>'),
            ],
        )
        other.related.create(article=secret)
        home.call_to_action_page = home.second_link_page = secret
        home.save()
        plain = ContentPageFactory(
            parent=home, body=[("latest_articles", {"heading": "New", "count": 3})]
        )
        hub = TopicPageFactory(
            parent=TopicIndexPageFactory(parent=home), topic=secret.topic
        )
        NavigationSettings.objects.create(
            site=Site.objects.get(),
            call_to_action_page=secret,
            menu=[("item", {"label": "", "page": secret, "url": "", "children": []})],
        )
        pages = [home, index, other, plain, hub]
        addresses = [page.url for page in pages]
        addresses += ["/sitemap.xml", f"/search/?query={self.SECRET.lower()}"]
        addresses += [f"{index.url}?topic=nerves", "/nowhere/"]
        addresses += [reverse("articles:rss"), reverse("articles:atom")]

        for address in addresses:
            html = client.get(address).content.decode()
            assert self.SECRET not in html, address

    def test_is_named_on_no_page_beneath_it(self, client, home):
        above = ContentPageFactory(parent=home, title=self.SECRET, live=False)
        page = ContentPageFactory(parent=above, title="Beneath")

        html = client.get(page.url).content.decode()

        assert "Beneath" in html
        assert self.SECRET not in html

    def test_list_of_articles_is_led_to_by_none(self, client, index):
        article = ArticlePageFactory(parent=index, topic=TopicFactory())
        index.unpublish()

        html = client.get(article.url).content.decode()

        assert f'href="{index.url}' not in html

    def test_story_is_led_to_by_no_button_of_the_front_page(self, client, home):
        story = TestimonialPageFactory(
            parent=TestimonialIndexPageFactory(parent=home), title=self.SECRET
        )
        home.call_to_action_page = home.second_link_page = story
        home.save()
        assert client.get(home.url).content.decode().count(self.SECRET) == 2

        Consent.objects.update(withdrawn_at=timezone.now())

        html = client.get(home.url).content.decode()
        assert self.SECRET not in html
        assert story.url not in html

    def test_is_not_shown_itself(self, client, secret):
        response = client.get(secret.url)

        assert "What it says, briefly." not in response.content.decode()
