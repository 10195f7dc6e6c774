"""Topics and videos that published pages print: who changes them, and how."""

import json

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry, ReferenceIndex
from wagtail.test.utils.form_data import rich_text

from core.models.topics import Topic
from core.models.videos import Video
from tests.core.records.test_printed_records import CHANGED, agree
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    ContentPageFactory,
    TopicFactory,
)
from tests.helpers.films import film

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commits")]

SAID = b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n"


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


class TestTopics:
    URL = "wagtailsnippets_core_topic"

    @pytest.fixture
    def topic(self, index):
        topic = TopicFactory(name="Migraine", slug="migraine")
        page = ArticlePageFactory(parent=index, title="Light", topic=topic)
        ReferenceIndex.create_or_update_for_object(page)
        return topic

    def form(self, **fields):
        return {
            "name": "Migraine",
            "slug": "migraine",
            "kind": "MedicalCondition",
            "summary": "",
            "hub": "",
            **fields,
        }

    def test_are_kept_from_editors_and_asked_about(self, log_in, topic):
        url = reverse(f"{self.URL}:edit", args=[topic.pk])
        data = self.form(name="Headache")

        html = log_in("Editors").post(url, data).content.decode()
        assert "Ask a moderator" in html
        assert 'value="Headache"' in html
        said, _response = agree(log_in("Moderators"), url, data)
        assert "Light" in said
        assert Topic.objects.get().name == "Headache"

    @pytest.mark.parametrize("in_bulk", [False, True])
    def test_are_not_deleted_by_an_editor(self, log_in, topic, in_bulk):
        url = reverse(f"{self.URL}:delete", args=[topic.pk])
        if in_bulk:
            url = reverse("wagtail_bulk_action", args=["core", "topic", "delete"])
            url = f"{url}?id={topic.pk}"

        response = log_in("Editors").post(url, follow=True)

        assert "Ask a moderator" in response.content.decode()
        assert Topic.objects.filter(pk=topic.pk).exists()

    @pytest.fixture
    def listing(self, home):
        home.body = [("topics", {"heading": "What we treat"})]
        home.save_revision().publish()
        return ContentPageFactory(parent=home, title="Hub")

    def test_with_a_hub_are_printed_by_pages_that_list_them(self, log_in, listing):
        topic = TopicFactory(name="Migraine", slug="migraine", hub=listing)
        url = reverse(f"{self.URL}:edit", args=[topic.pk])
        editor = log_in("Editors", Client())

        for hub in (listing.pk, ""):
            data = self.form(name="We cure all", hub=hub)
            assert "Ask a moderator" in editor.post(url, data).content.decode()
        editor.post(reverse(f"{self.URL}:delete", args=[topic.pk]))
        assert Topic.objects.get().name == "Migraine"
        data = self.form(name="Headache", hub=listing.pk)
        agree(log_in("Moderators"), url, data)
        assert Topic.objects.get().name == "Headache"
        assert ModelLogEntry.objects.filter(action=CHANGED).exists()

    @pytest.mark.parametrize("is_there", [False, True])
    def test_get_no_hub_from_an_editor_where_pages_list_them(
        self, log_in, listing, is_there
    ):
        url = reverse(f"{self.URL}:add")
        if is_there:
            topic = TopicFactory(name="Migraine", slug="migraine")
            url = reverse(f"{self.URL}:edit", args=[topic.pk])
        data = self.form(hub=listing.pk)

        html = log_in("Editors", Client()).post(url, data).content.decode()

        assert "Published pages list every topic that has a hub" in html
        assert not Topic.objects.exclude(hub=None).exists()
        log_in("Moderators").post(
            reverse(f"{self.URL}:add"),
            self.form(name="Gout", slug="gout", hub=listing.pk),
        )
        assert Topic.objects.get(slug="gout").hub_id == listing.pk


# The form looks into the stored film, and leaves it to Python to close it.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
class TestVideos:
    URL = "wagtailsnippets_core_video"

    @pytest.fixture
    def video(self, index):
        video = Video.objects.create(
            title="Walking",
            file=ContentFile(film(), "walk.mp4"),
            captions=ContentFile(SAID, "walk.vtt"),
            transcript="<p>Two steps.</p>",
            shows="nobody",
        )
        page = ArticlePageFactory(
            parent=index, title="Light", body=[("video", {"video": video})]
        )
        ReferenceIndex.create_or_update_for_object(page)
        return video

    def form(self, **fields):
        return {
            "title": "Walking",
            "summary": "",
            "poster": "",
            "transcript": rich_text("<p>One step.</p>"),
            "duration_seconds": "",
            "shows": "nobody",
            **fields,
        }

    def test_are_kept_from_editors_and_asked_about(self, log_in, video):
        url = reverse(f"{self.URL}:edit", args=[video.pk])
        editor = log_in("Editors", Client())

        html = editor.post(url, self.form(title="Running")).content.decode()
        assert "Ask a moderator" in html
        assert 'value="Running"' in html
        html = editor.post(
            reverse(f"{self.URL}:delete", args=[video.pk]), follow=True
        ).content.decode()
        assert "Ask a moderator" in html
        assert Video.objects.get().title == "Walking"
        said, response = agree(log_in("Moderators"), url, self.form(title="Running"))
        assert response.status_code == 302
        assert "Light" in said
        assert Video.objects.get().title == "Running"
        entry = ModelLogEntry.objects.get(action=CHANGED)
        assert entry.data["changed"]["title"] == ["Walking", "Running"]
        assert "One step" not in json.dumps(entry.data)

    def test_take_a_new_file_at_once_and_say_who_sees_it(self, log_in, video):
        url = reverse(f"{self.URL}:edit", args=[video.pk])
        captions = SimpleUploadedFile("said.vtt", SAID)

        html = (
            log_in("Moderators")
            .post(url, self.form(captions=captions), follow=True)
            .content.decode()
        )

        assert "readers see the change now" in html
        assert "said" in Video.objects.get().captions.name
        [entry] = ModelLogEntry.objects.filter(action=CHANGED)
        assert "captions" in entry.data["changed"]
