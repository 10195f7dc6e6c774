"""Importing articles in the admin: hand in, look, tick, store."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupCollectionPermission

from articles.importing import views
from articles.importing.models import ArticleImport, ArticleImportFile
from articles.importing.reading import sources
from articles.models.article_page import ArticlePage
from core.importing.models import KEPT
from core.models.images import SiteImage
from evidence.models import Reference
from home.roles import ADMISSIONS, EDITORS, MODERATORS, SEO_SPECIALISTS
from tests.helpers.article_import import picture, zipped
from tests.helpers.at_once import at_once
from tests.helpers.factories import ArticleIndexPageFactory, ArticlePageFactory

pytestmark = pytest.mark.django_db

ARTICLE = "# Walking\n\nWords (1) and [a page](/nowhere/).\n"
LISTED = f"{ARTICLE}\n## References\n\n1. A. 2020. doi:10.1000/new\n"


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


@pytest.fixture
def editor(log_in):
    return log_in(EDITORS)


def upload_url(index):
    return reverse("article_import", args=[index.pk])


def uploaded(files):
    return [
        SimpleUploadedFile(name, data.encode() if isinstance(data, str) else data)
        for name, data in files.items()
    ]


def hand_in(client, index, files=None, **data):
    """Hand files in; where their preview is."""
    if files:
        data["uploads"] = uploaded(files)
    response = client.post(upload_url(index), data)
    assert response.status_code == 302, response.content.decode()
    return response["Location"]


def words(response):
    soup = BeautifulSoup(response.content, "html.parser")
    return " ".join(soup.find("main").text.split())


def confirm(client, url, **ticks):
    response = client.post(url, {"confirm": "1", **ticks})
    return b"".join(response.streaming_content).decode()


class TestDoor:
    def test_stands_in_the_menu_of_the_index(self, editor, index):
        explorer = reverse("wagtailadmin_explore", args=[index.pk])

        assert upload_url(index) in editor.get(explorer).content.decode()

    def test_stands_in_no_other_menu(self, log_in, index):
        explorer = reverse("wagtailadmin_explore", args=[index.pk])
        article = ArticlePageFactory(parent=index)

        assert "articles/import" not in log_in(SEO_SPECIALISTS).get(explorer).text
        edit = reverse("wagtailadmin_pages:edit", args=[article.pk])
        assert "articles/import" not in log_in(EDITORS).get(edit).text

    @pytest.mark.parametrize("role", [EDITORS, MODERATORS, None])
    def test_is_open_to_those_who_may_add_articles(self, log_in, index, role):
        assert log_in(role).get(upload_url(index)).status_code == 200

    @pytest.mark.parametrize("role", [SEO_SPECIALISTS, ADMISSIONS])
    def test_is_closed_to_others(self, log_in, index, role):
        client = log_in(role)

        for response in (
            client.get(upload_url(index)),
            client.post(upload_url(index), {"text": ARTICLE}),
        ):
            assert response.status_code in (302, 403)
        assert not ArticleImport.objects.exists()

    def test_leads_nowhere_from_other_pages(self, editor, home):
        assert editor.get(reverse("article_import", args=[home.pk])).status_code == 404
        assert editor.get(reverse("article_import", args=[99999])).status_code == 404


class TestHandingIn:
    def test_stores_nothing_yet(self, editor, index):
        url = hand_in(editor, index, {"walking.md": ARTICLE, "g.png": picture()})

        text = words(editor.get(url))

        assert "Walking" in text
        assert "walking.md" in text
        assert not ArticlePage.objects.exists()
        assert not SiteImage.objects.exists()

    @pytest.mark.parametrize("text", [ARTICLE, "<h1>Walking</h1><p>Words"])
    def test_takes_pasted_text(self, editor, index, text):
        assert "Walking" in words(editor.get(hand_in(editor, index, text=text)))

    def test_says_what_to_do_with_more_files_than_a_form_takes(self, editor, index):
        files = uploaded({f"{number}.md": ARTICLE for number in range(101)})

        page = editor.post(upload_url(index), {"uploads": files})

        assert page.status_code == 400
        assert "more than 100 files at once" in page.text
        assert "as a zip file" in page.text

    def test_leaves_out_what_no_database_holds(self, editor, index):
        text = '---\ntitle: "Walk\\0ing\\ud800"\n"mo\\0od": "\\0"\n---\nWords\n'

        url = hand_in(editor, index, {"a.md": text})
        confirm(editor, url)

        assert ArticlePage.objects.get().title == "Walking"

    def test_takes_a_zip_file(self, editor, index):
        url = hand_in(editor, index, {"a.zip": zipped({"x/a.md": ARTICLE})})

        assert "x/a.md" in words(editor.get(url))

    @pytest.mark.parametrize(
        "data", [{}, {"text": "  "}, {"text": "a", "uploads": uploaded({"a.md": "b"})}]
    )
    def test_says_what_to_do_above_the_form(self, editor, index, data):
        page = editor.post(upload_url(index), data)

        assert page.status_code == 200
        assert "Choose files or paste an article: one of the two." in words(page)

    def test_refuses_too_much_at_once(self, editor, index, monkeypatch):
        monkeypatch.setattr("articles.importing.forms.LARGEST", 10)
        monkeypatch.setattr("articles.importing.forms.LARGEST_ZIP", 10)

        page = editor.post(upload_url(index), {"uploads": uploaded({"a.md": "x" * 11})})

        assert "Import them in parts" in words(page)

    def test_offers_references_to_those_who_may_add_them(self, log_in, index):
        client = log_in(EDITORS)
        assert "makes_references" in client.get(upload_url(index)).text

        client.user.groups.get().permissions.remove(
            Permission.objects.get(codename="add_reference")
        )
        client.user = None
        assert "makes_references" not in client.get(upload_url(index)).text
        url = hand_in(client, index, text=LISTED, makes_references="on")
        confirm(client, url)
        assert not Reference.objects.exists()


class TestPreview:
    def test_names_what_is_to_be_looked_at(self, editor, index):
        url = hand_in(
            editor, index, {"walking.md": ARTICLE, "\N{BLACK STAR}.md": "no title"}
        )

        text = words(editor.get(url))

        for said in (
            "Address: walking",
            "Text: 1 \N{MULTIPLICATION SIGN} paragraph",
            "Line 3, “(1)”: If this is a citation",
            "Line 3, “/nowhere/”: The link is left out",
            "Refused It has no title.",
            "1 of 2 were ticked",
        ):
            assert said in text

    def test_escapes_what_files_say(self, editor, index):
        title = "<script>alert(1)</script>"
        url = hand_in(editor, index, {f"a{title}.md": f"---\ntitle: {title}\n---\n"})

        html = editor.get(url).text

        assert title not in html
        confirm(editor, url)
        assert title not in editor.get(url).text

    def test_is_its_uploaders_alone(self, editor, log_in, index):
        url = hand_in(editor, index, text=ARTICLE)

        other = log_in(MODERATORS)
        assert other.get(url).status_code == 404
        assert other.post(url, {"confirm": 1}).status_code == 404
        assert other.post(f"{url}cancel/").status_code == 404

    def test_is_thrown_away_after_a_day(self, editor, index):
        url = hand_in(editor, index, text=ARTICLE)
        ArticleImport.objects.update(created=timezone.now() - KEPT)

        hand_in(editor, index, text="# Other")

        assert editor.get(url).status_code == 404
        assert ArticleImportFile.objects.count() == 1

    def test_takes_as_many_queries_for_many_as_for_few(self, editor, index):
        counts = []
        for size in (2, 18):
            files = {f"{n}.md": f"# Article {n}\n\nWords" for n in range(size)}
            url = hand_in(editor, index, files)
            editor.get(url)
            with CaptureQueriesContext(connection) as queries:
                editor.get(url)
            counts.append(len(queries))

        assert counts[0] == counts[1]

    @pytest.mark.parametrize(
        "data",
        [
            {"go": "nonsense"},
            {"go": "99", "shown": ["x", "-1", "9" * 30]},
            {"shown": [5], "take": [7]},
        ],
    )
    def test_bears_whatever_is_posted(self, editor, index, data):
        url = hand_in(editor, index, text=ARTICLE)

        assert editor.post(url, data, follow=True).status_code == 200

    def test_keeps_the_ticks_of_other_pages(self, editor, index, monkeypatch):
        monkeypatch.setattr(views.PreviewView, "rows_per_page", 2)
        url = hand_in(editor, index, {f"{n}.md": f"# A{n}" for n in range(3)})

        second = editor.post(url, {"shown": [0, 1], "take": [1], "go": ":2"})

        assert second["Location"] == f"{url}?show=&p=2"
        confirm(editor, url, shown=[2], take=[2])
        slugs = ArticlePage.objects.order_by("slug").values_list("slug", flat=True)
        assert list(slugs) == ["a1", "a2"]


class TestStoring:
    def test_shows_progress_then_the_drafts(self, editor, index):
        files = {"walking.md": ARTICLE, "sitting.md": "# Sitting\n\nWords."}
        url = hand_in(editor, index, files)

        html = confirm(editor, url)

        assert "1 of 2" in html
        assert "2 of 2" in html
        assert html.rstrip().endswith("</html>")
        page = editor.get(url)
        assert "2 drafts made" in words(page)
        assert "Line 3, “(1)”" in words(page)
        for draft in ArticlePage.objects.all():
            assert not draft.live
            assert reverse("wagtailadmin_pages:edit", args=[draft.pk]) in page.text
        assert not ArticleImportFile.objects.exists()

    def test_twice_stores_once(self, editor, index):
        url = hand_in(editor, index, text=ARTICLE)
        confirm(editor, url)

        assert editor.post(url, {"confirm": "1"})["Location"] == url
        assert ArticlePage.objects.count() == 1

    def test_makes_the_references_that_were_asked_for(self, editor, index):
        url = hand_in(editor, index, text=LISTED, makes_references="on")

        confirm(editor, url)

        assert Reference.objects.get().doi == "10.1000/new"
        assert "1 reference was added." in words(editor.get(url))

    def test_looks_again_when_the_site_has_changed(self, editor, index):
        url = hand_in(editor, index, text=ARTICLE)
        ArticlePageFactory(parent=index, title="Walking", slug="walking")

        confirm(editor, url)

        text = words(editor.get(url))
        assert "1 row below is different now" in text
        assert "Its address “walking” is that of the page" in text
        assert ArticlePage.objects.count() == 1

    def test_adds_no_picture_for_those_who_may_not(self, editor, index):
        GroupCollectionPermission.objects.all().delete()
        url = hand_in(editor, index, {"a.md": "# A\n\n![B](b.png)", "b.png": picture()})

        assert "you may not add pictures" in words(editor.get(url))
        confirm(editor, url)
        assert not SiteImage.objects.exists()

    def test_asks_again_who_may(self, editor, index):
        url = hand_in(editor, index, text=ARTICLE)
        editor.user.groups.clear()
        editor.user.user_permissions.add(
            Permission.objects.get(codename="access_admin")
        )

        assert editor.post(url, {"confirm": "1"}).status_code in (302, 403)
        assert not ArticlePage.objects.exists()


class TestCancelling:
    def test_importing_nothing_throws_the_upload_away(self, editor, index):
        url = hand_in(editor, index, text=ARTICLE)

        response = editor.post(f"{url}cancel/")

        assert response["Location"] == reverse("wagtailadmin_explore", args=[index.pk])
        assert not ArticleImport.objects.exists()
        assert not ArticleImportFile.objects.exists()

    @pytest.mark.django_db(transaction=True)
    def test_closing_the_page_rolls_back(self, editor, index):
        url = hand_in(editor, index, {f"{n}.md": f"# A{n}" for n in range(3)})
        response = editor.post(url, {"confirm": "1"})
        pieces = iter(response.streaming_content)
        while ArticlePage.objects.count() < 2:
            next(pieces)

        response.close()

        assert not ArticlePage.objects.exists()
        assert "Import what is ticked" in words(editor.get(url))
        assert "Stopping" in words(editor.get(f"{url}cancel/"))
        page = editor.get(f"{url}cancel/?left=1", follow=True)
        assert "Cancelled. Nothing was stored." in page.text

    def test_admits_when_it_came_too_late(self, editor, index):
        url = hand_in(editor, index, text=ARTICLE)
        confirm(editor, url)

        page = editor.get(f"{url}cancel/?left=1", follow=True)

        assert "The import ended before you cancelled it." in page.text


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    """Two editors press the button at the same moment."""

    @pytest.fixture
    def editors(self, log_in):
        return [log_in(EDITORS, Client()) for _ in range(2)]

    def store(self, waiting):
        """Press each (editor, address); what they are told afterwards."""
        pages = at_once(
            *(lambda one=one, url=url: confirm(one, url) for one, url in waiting)
        )
        assert all(page.rstrip().endswith("</html>") for page in pages)
        return "".join(words(one.get(url)) for one, url in waiting)

    def test_with_one_file_make_one_draft(self, editors, index):
        told = self.store([(one, hand_in(one, index, text=ARTICLE)) for one in editors])

        assert ArticlePage.objects.count() == 1
        assert "1 row below is different now" in told

    def test_that_cite_one_new_work_make_it_once(self, editors, home, index):
        waiting = [
            (one, hand_in(one, beneath, text=LISTED, makes_references="on"))
            for one, beneath in zip(
                editors,
                (index, ArticleIndexPageFactory(parent=home, slug="news")),
                strict=True,
            )
        ]

        told = self.store(waiting)

        reference = Reference.objects.get()
        drafts = ArticlePage.objects.all()
        # Whoever came so late that the preview was not true any more looks again.
        assert len(drafts) + told.count("row below is different now") == 2
        for draft in drafts:
            assert f'id="{reference.pk}"' in str(draft.body.raw_data[0]["value"])


def test_limits_are_those_that_the_form_names(editor, index):
    assert (
        f"up to {sources.LARGEST // 1024 // 1024} MB"
        in editor.get(upload_url(index)).text
    )
