"""Pages outlive what they refer to: deleted, unpublished, private, or lost on disk."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.models import Page, Revision, Site

from articles.models.article_page import ArticlePage
from articles.models.contributions import Contribution
from core.models.site_settings import NavigationSettings
from core.models.topics import Topic
from core.models.videos import Video
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    ContentPageFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
    SiteImageFactory,
    TopicFactory,
    TopicIndexPageFactory,
    TopicPageFactory,
)
from tests.helpers.factories_testimonials import (
    SubjectFactory,
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
    every_block,
)


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


@pytest.fixture
def picture(root):
    picture = SiteImageFactory(title="A drawing", description="A drawing")
    picture.contextual_alt_text, picture.decorative = "A drawing", False
    return picture


@pytest.fixture
def illustrated(home, index, picture):
    """Pages that show one picture and one video in every place there is."""
    topic = TopicFactory()
    people = PeopleIndexPageFactory(parent=home)
    ada = PersonPageFactory(parent=people, portrait=picture)
    video = Video.objects.create(
        title="A film",
        poster=picture,
        file=ContentFile(b"0000ftyp", "film.mp4"),
        captions=ContentFile(b"WEBVTT", "film.vtt"),
    )
    article = ArticlePageFactory(
        parent=index,
        topic=topic,
        contributors=[ada],
        lead_image=picture,
        og_image=picture,
        body=[
            ("paragraph", "<p>Still here.</p>"),
            (
                "figure",
                {"image": picture, "caption": "<p>Caption.</p>", "credit": ""},
            ),
            ("video", {"video": video, "caption": "<p>Film.</p>"}),
        ],
    )
    second = ArticlePageFactory(
        parent=index,
        topic=topic,
        lead_video=video,
        lead_image=picture,
        contributors=[ada],
    )
    stories = TestimonialIndexPageFactory(parent=home)
    story = TestimonialPageFactory(
        parent=stories,
        topic=topic,
        subject=SubjectFactory(
            portrait=picture, consented__scope_photograph=True, person=ada
        ),
    )
    topics = TopicIndexPageFactory(parent=home, lead_image=picture)
    hub = TopicPageFactory(parent=topics, topic=topic, lead_image=picture)
    plain = ContentPageFactory(
        parent=home,
        lead_image=picture,
        body=[
            ("page_cards", {"heading": "", "pages": [article, ada, story]}),
            ("latest_articles", {"heading": "New", "count": 3}),
            *every_block(story),
        ],
    )
    home.lead_image = picture
    home.save()
    return [
        home,
        index,
        article,
        second,
        people,
        ada,
        stories,
        story,
        topics,
        hub,
        plain,
    ]


def all_shown(client, pages):
    for page in pages:
        response = client.get(page.url)
        assert response.status_code == 200, page
        assert "<h1" in response.content.decode()


class TestFiles:
    def test_lost_before_the_first_visit_take_no_page_along(
        self, client, illustrated, picture
    ):
        picture.file.storage.delete(picture.file.name)
        video = Video.objects.get()
        for file in (video.file, video.captions):
            file.storage.delete(file.name)

        all_shown(client, illustrated)

    def test_of_renditions_lost_take_no_page_along(self, client, illustrated, picture):
        all_shown(client, illustrated)
        for rendition in picture.renditions.all():
            rendition.file.storage.delete(rendition.file.name)

        all_shown(client, illustrated)

    def test_deleted_in_the_admin_take_no_page_along(
        self, client, log_in, illustrated, picture
    ):
        Video.objects.get().delete()
        log_in(None).post(reverse("wagtailimages:delete", args=[picture.pk]))
        client.logout()

        all_shown(client, illustrated)


class TestPages:
    def test_show_no_trace_of_a_story_that_was_unpublished(self, client, home, index):
        story = TestimonialPageFactory(
            parent=TestimonialIndexPageFactory(parent=home), title="Up the stairs"
        )
        article = ArticlePageFactory(parent=index, body=every_block(story))
        cards = ContentPageFactory(
            parent=home, body=[("page_cards", {"heading": "", "pages": [story]})]
        )
        assert "Up the stairs" in client.get(article.url).content.decode()

        story.unpublish()

        for page in (article, cards):
            response = client.get(page.url)
            html = response.content.decode()
            assert response.status_code == 200
            assert "Up the stairs" not in html
            assert "Quoted." not in html
            assert story.url not in html
        assert "page-cards" not in html, "a heading over nothing"

    def test_are_shown_without_what_was_deleted(self, client, home, index):
        gone = ContentPageFactory(parent=home, title="Gone meanwhile")
        other = ArticlePageFactory(parent=index, title="Also gone")
        page = ArticlePageFactory(
            parent=index,
            body=[
                (
                    "paragraph",
                    f'<p>Read <a linktype="page" id="{gone.pk}">this</a>.</p>',
                ),
                ("page_cards", {"heading": "", "pages": [gone, other]}),
                (
                    "call_to_action",
                    {"heading": "Go", "text": "", "label": "On", "page": gone},
                ),
            ],
        )
        site = Site.objects.get()
        NavigationSettings.objects.create(
            site=site,
            call_to_action_page=gone,
            call_to_action_label="Start here",
            menu=[("item", {"label": "Away", "page": gone, "url": "", "children": []})],
        )
        address = gone.url

        gone.delete()
        other.delete()

        response = client.get(page.url)
        html = response.content.decode()
        assert response.status_code == 200
        assert address not in html
        assert "Also gone" not in html
        assert "Start here" not in html
        assert client.get("/nowhere/").status_code == 404

    def test_stay_when_their_contributor_is_deleted_in_the_admin(
        self, log_in, home, index
    ):
        ada = PersonPageFactory(parent=PeopleIndexPageFactory(parent=home))
        article = ArticlePageFactory(parent=index, contributors=[ada])
        url = reverse("wagtailadmin_pages:delete", args=[ada.pk])

        response = log_in(None).post(url)

        assert response.status_code in {302, 403}
        assert ArticlePage.objects.get(pk=article.pk).contributions.count() == 1
        assert Page.objects.filter(pk=ada.pk).exists()

    def test_keep_the_pages_above_their_contributors(self, log_in, home, index):
        people = PeopleIndexPageFactory(parent=home)
        ArticlePageFactory(
            parent=index, contributors=[PersonPageFactory(parent=people)]
        )

        response = log_in(None).post(
            reverse("wagtailadmin_pages:delete", args=[people.pk]), follow=True
        )

        assert response.status_code == 200
        assert "still refers to it" in response.content.decode()
        assert Page.objects.filter(pk=people.pk).exists()

    def test_stay_when_their_contributor_is_deleted_in_bulk(self, log_in, home, index):
        ada = PersonPageFactory(parent=PeopleIndexPageFactory(parent=home))
        ArticlePageFactory(parent=index, contributors=[ada])
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])

        response = log_in(None).post(f"{url}?id={ada.pk}", follow=True)

        assert response.status_code == 200
        assert Page.objects.filter(pk=ada.pk).exists()

    def test_name_a_contributor_whose_profile_is_unpublished_without_a_link(
        self, client, home, index
    ):
        ada = PersonPageFactory(
            parent=PeopleIndexPageFactory(parent=home), title="Ada Hart"
        )
        article = ArticlePageFactory(parent=index, contributors=[ada])
        address = ada.url

        ada.unpublish()

        html = client.get(article.url).content.decode()
        assert "Ada Hart" in html
        assert f'href="{address}"' not in html

    def test_stay_when_their_topic_is_deleted(self, client, log_in, home, index):
        topic = TopicFactory(name="Short-lived")
        article = ArticlePageFactory(parent=index, topic=topic)
        url = reverse("wagtailsnippets_core_topic:delete", args=[topic.pk])

        log_in(None).post(url)
        client.logout()

        response = client.get(article.url)
        assert not Topic.objects.filter(pk=topic.pk).exists()
        assert response.status_code == 200
        assert "Short-lived" not in response.content.decode()

    def test_of_topics_keep_their_topic(self, log_in, home):
        hub = TopicPageFactory(parent=TopicIndexPageFactory(parent=home))
        url = reverse("wagtailsnippets_core_topic:delete", args=[hub.topic_id])

        response = log_in(None).post(url, follow=True)

        assert response.status_code in {200, 403}
        assert Topic.objects.filter(pk=hub.topic_id).exists()


class TestVersions:
    """Drafts and earlier versions hold nobody and nothing in the database."""

    @pytest.fixture
    def ada(self, home):
        people = PeopleIndexPageFactory(parent=home)
        return PersonPageFactory(parent=people, title="Ada Hart")

    @pytest.fixture
    def version(self, index, ada):
        """A version of a live article that alone names Ada, among others."""
        ben = PersonPageFactory(parent=ada.get_parent(), title="Ben Moor")
        article = ArticlePageFactory(parent=index, contributors=[ben])
        article.contributions.add(Contribution(person=ada, sort_order=1))
        return article.save_revision()

    def test_that_name_a_contributor_who_is_deleted_can_be_opened(
        self, log_in, ada, version
    ):
        ada.delete()

        client = log_in(None)
        pk = version.object_id
        for name, args in [
            ("edit", [pk]),
            ("revisions_revert", [pk, version.pk]),
            ("revisions_view", [pk, version.pk]),
            ("revisions_compare", [pk, "live", version.pk]),
            ("history", [pk]),
        ]:
            response = client.get(reverse(f"wagtailadmin_pages:{name}", args=args))
            html = response.content.decode()
            assert response.status_code == 200, name
            assert "Ada Hart" not in html, name
        assert self.named(version) == ["Ben Moor"]

    def test_keep_a_contributor_who_is_still_there(self, version):
        assert self.named(version) == ["Ben Moor", "Ada Hart"]

    def named(self, version):
        contributions = stored(version).as_object().contributions.all()
        return [contribution.person.title for contribution in contributions]

    def test_on_a_topic_that_is_deleted_can_be_opened(self, log_in, home):
        hub = TopicPageFactory(parent=TopicIndexPageFactory(parent=home))
        kept, hub.topic = hub.topic, TopicFactory()
        version = hub.save_revision()
        hub.topic.delete()

        response = log_in(None).get(
            reverse("wagtailadmin_pages:revisions_view", args=[hub.pk, version.pk])
        )

        assert response.status_code == 200
        assert stored(version).as_object().topic == kept

    def test_of_a_story_whose_subject_is_deleted_can_be_opened(self, log_in, home):
        story = TestimonialPageFactory(parent=TestimonialIndexPageFactory(parent=home))
        story.subject = SubjectFactory(consented=False)
        version = story.save_revision()
        story.subject.delete()

        url = reverse("wagtailadmin_pages:edit", args=[story.pk])

        assert log_in(None).get(url).status_code == 200
        assert stored(version).as_object().subject_id is None


def stored(version):
    return Revision.objects.get(pk=version.pk)
