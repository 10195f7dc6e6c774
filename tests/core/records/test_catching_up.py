"""What was published a moment ago is asked about, before a worker has seen it."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from wagtail.models import ReferenceIndex, Site
from wagtail.tasks import update_reference_index_task
from wagtail.test.utils.form_data import rich_text

from core.models.videos import Video
from core.records import catching_up
from core.records.printing import pages_printing
from evidence.formats.records import Draft
from evidence.importing.plan import plan
from evidence.models import Reference
from tests.helpers.factories import ArticleIndexPageFactory, TopicFactory
from tests.helpers.factories_evidence import (
    ReferenceFactory,
    article,
    citation,
    paragraph,
)
from tests.helpers.worker import queue  # noqa: F401  (a fixture)

from .test_printed_records import EDIT, MERGE, typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commits", "queue")]


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


@pytest.fixture
def reference(index):
    return ReferenceFactory(title="Walking in MS")


@pytest.fixture
def page(index, reference):
    return article(index, paragraph(citation(reference)), title="How to walk")


def edit(client, reference):
    url = reverse(EDIT, args=[reference.pk])
    answer = client.post(url, typed(title="Running in MS"))
    return BeautifulSoup(answer.content, "html.parser").text


def test_its_page_is_named_though_no_worker_has_read_it(page, reference, admin_client):
    assert "How to walk" in edit(admin_client, reference)
    assert Reference.objects.get().title == "Walking in MS"


def test_a_page_that_prints_it_no_more_is_not_named(page, reference):
    assert pages_printing([reference]) == [page.page_ptr]
    draft = page.get_latest_revision_as_object()
    draft.body = []
    draft.save_revision().publish()

    assert pages_printing([reference]) == []


def test_what_was_deleted_since_stops_nothing(page, reference):
    page.delete()

    assert pages_printing([reference]) == []


def test_while_too_much_waits_nothing_is_saved_and_it_is_said(
    page, reference, admin_client, monkeypatch
):
    monkeypatch.setattr(catching_up, "_MOST_AT_ONCE", 0)

    assert "it is not known yet which pages print this" in edit(admin_client, reference)
    assert Reference.objects.get().title == "Walking in MS"

    DBTaskResult.objects.all().delete()
    assert "Pages that change" not in edit(admin_client, reference)
    assert Reference.objects.get().title == "Running in MS"


NOT_YET = "it is not known yet which pages print this"


@pytest.fixture
def behind(monkeypatch):
    monkeypatch.setattr(catching_up, "_MOST_AT_ONCE", 0)


def test_each_time_it_is_tried_again_more_is_known(
    page, reference, admin_client, monkeypatch
):
    waiting = len(set(catching_up._asked()))
    monkeypatch.setattr(catching_up, "_MOST_AT_ONCE", 1)

    for _time in range(waiting):
        if NOT_YET not in (answer := edit(admin_client, reference)):
            break

    assert "How to walk" in answer


def test_what_is_read_is_not_read_again(page, reference, monkeypatch):
    pages_printing([reference])
    monkeypatch.setattr(catching_up, "_is_done", None)

    assert pages_printing([reference]) == [page.page_ptr]


def test_what_a_killed_worker_began_is_read(page, reference):
    DBTaskResult.objects.update(status="RUNNING")

    assert pages_printing([reference]) == [page.page_ptr]
    assert not list(catching_up._asked())


def test_a_page_that_cannot_be_read_and_a_model_that_is_gone_stop_nothing(
    page, index, reference, monkeypatch
):
    broken = article(index, title="Broken")
    update_reference_index_task.enqueue("core", "gone", 1)
    read_it = ReferenceIndex.create_or_update_for_object

    def fails(instance):
        if instance.pk == broken.pk:
            raise KeyError("a block")
        return read_it(instance)

    monkeypatch.setattr(ReferenceIndex, "create_or_update_for_object", fails)

    assert pages_printing([reference]) == [page.page_ptr]


def test_a_setting_asks_no_index_and_is_changed_meanwhile(page, admin_client, behind):
    site = Site.objects.get(is_default_site=True)
    url = reverse("wagtailsettings:edit", args=["core", "disclaimersettings", site.pk])
    features = ["bold", "italic", "link"]
    data = {
        name: rich_text(f"<p>{name}</p>", features=features)
        for name in ("general", "articles", "testimonials")
    }

    assert "Pages that change" in admin_client.post(url, data).text


def test_no_file_of_a_film_is_moved_before_it_is_refused(
    page, log_in, behind, monkeypatch
):
    video = Video.objects.create(title="Walking", shows="")
    video.file.save("walk.mp4", ContentFile(b"0000ftyp"))
    moved = []
    monkeypatch.setattr("core.media.people_forms.say", lambda *args: moved.append(args))
    url = reverse("wagtailsnippets_core_video:edit", args=[video.pk])
    data = {"title": "Running", "summary": "", "poster": "", "shows": "nobody"}
    data["transcript"] = rich_text("<p>One step.</p>")

    assert NOT_YET in log_in("Moderators").post(url, data).text
    assert not moved


@pytest.mark.parametrize("in_bulk", [False, True])
def test_an_editor_deletes_nothing_meanwhile(page, log_in, behind, in_bulk):
    topic = TopicFactory()
    url = reverse("wagtailsnippets_core_topic:delete", args=[topic.pk])
    if in_bulk:
        url = reverse("wagtail_bulk_action", args=["core", "topic", "delete"])
        url = f"{url}?id={topic.pk}"

    assert NOT_YET in log_in("Editors").post(url, follow=True).text
    assert type(topic).objects.filter(pk=topic.pk).exists()


def test_an_editor_gives_no_topic_a_hub_meanwhile(page, index, log_in, behind):
    topic = TopicFactory(name="Migraine", slug="migraine")
    url = reverse("wagtailsnippets_core_topic:edit", args=[topic.pk])
    data = {"name": "Migraine", "slug": "migraine", "kind": "MedicalCondition"}

    answer = log_in("Editors").post(url, {**data, "summary": "", "hub": page.pk})

    assert answer.status_code == 200
    topic.refresh_from_db()
    assert topic.hub is None


def test_an_editor_merges_nothing_meanwhile(page, reference, log_in, behind):
    other = ReferenceFactory(title="Walking in M.S.")
    url = reverse("wagtail_bulk_action", args=MERGE)
    url = f"{url}?id={reference.pk}&id={other.pk}"
    editor = log_in("Editors")

    assert NOT_YET in editor.get(url).text
    editor.post(url, {"kept": reference.pk})

    assert Reference.objects.unmerged().count() == 2


@pytest.mark.parametrize("is_behind", [False, True])
def test_an_import_by_an_editor_changes_nothing_that_may_be_printed(
    page, reference, monkeypatch, is_behind
):
    Reference.objects.update(doi="10.1000/a", volume="")
    if is_behind:
        monkeypatch.setattr(catching_up, "_MOST_AT_ONCE", 0)
    draft = Draft(1, {"title": "Walking in MS", "doi": "10.1000/a", "volume": "7"})

    (row,) = plan([draft], may_change="unprinted")

    assert not row.fills
    assert (NOT_YET in row.reason) == is_behind
    assert ("published pages cite it" in row.reason) != is_behind
