"""Redirects go out as a spreadsheet and come back as they were."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from home.roles import EDITORS, SEO_SPECIALISTS
from seo.redirects.typed import CIRCLE, NOTHING_THERE
from tests.helpers.factories import ContentPageFactory

pytestmark = pytest.mark.django_db
IMPORT = reverse("wagtailredirects:start_import")


@pytest.fixture
def cost(home):
    return ContentPageFactory(parent=home, slug="cost")


@pytest.fixture
def staff(log_in, cost):
    return log_in(SEO_SPECIALISTS)


def look(staff, text):
    content = text if isinstance(text, bytes) else text.encode()
    file = SimpleUploadedFile("redirects.csv", content)
    return staff.post(IMPORT, {"import_file": file})


def store(staff, text):
    preview = look(staff, text)
    initial = preview.context["form"].initial
    data = {"text": initial["text"], "is_checked": "True"}
    return staff.post(IMPORT, data, follow=True)


def stored():
    fields = ("old_path", "site", "redirect_page", "redirect_link", "is_permanent")
    return sorted(Redirect.objects.values_list(*fields), key=str)


def test_an_export_imported_twice_changes_nothing(staff, cost):
    site = Site.objects.get()
    Redirect.add_redirect("/page", cost)
    Redirect.add_redirect("/path", "/cost/?a=1", is_permanent=False)
    Redirect.add_redirect("/abroad/*", "https://other.example/a/*", site=site)
    Redirect.add_redirect("/gone?id=3")
    before = stored()
    export = staff.get(f"{reverse('wagtailredirects:index')}?export=csv").getvalue()

    for _again in range(2):
        answer = store(staff, export)
        assert stored() == before
    Redirect.objects.all().delete()
    store(staff, export)

    assert stored() == before
    assert "0 redirects were added. 4 were there and are changed." in str(
        [str(message) for message in answer.context["messages"]]
    )


def test_a_redirect_to_a_page_that_is_not_published_stays_with_it(staff, cost):
    Redirect.add_redirect("/old", cost)
    cost.unpublish()
    before = stored()
    export = staff.get(f"{reverse('wagtailredirects:index')}?export=csv").getvalue()

    store(staff, export)

    assert stored() == before


def test_what_an_import_changes_is_automatic_no_more(staff, cost):
    for path in ("/same", "/corrected"):
        Redirect.add_redirect(path, cost, automatically_created=True)

    store(staff, "from,to\n/same,/cost/\n/corrected,/cost/?a=1\n")

    automatic = Redirect.objects.filter(automatically_created=True)
    assert [each.old_path for each in automatic] == ["/same"]


def test_a_wrong_row_harms_no_other(staff, cost):
    text = (
        "From,To,Type\n"
        "/a,/cost/,\n"
        "/b*,/cost/,\n"
        ",/cost/,\n"
        "/c,,\n"
        "/d,/a%00b,\n"
        "/A/,/cost/,\n"
        "/e,/e/,\n"
        "/f,/cost/,perhaps\n"
        '/g,"/cost/?a=1,2",302\n'
        "/h,410\n"
    )

    preview = look(staff, text)
    assert not Redirect.objects.exists()
    wrong = {row.number: row.errors[0] for row in preview.context["wrong"]}
    store(staff, text)

    assert sorted(wrong) == [3, 4, 5, 6, 7, 8, 9]
    assert "stands in row 2" in wrong[7]
    assert wrong[7] in preview.content.decode()
    assert [(path, page, link) for path, _, page, link, _ in stored()] == [
        ("/a", cost.pk, ""),
        ("/g", None, "/cost/?a=1,2"),
        ("/h", None, ""),
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe\x00", "no CSV file in UTF-8"),
        (b"", "The first row names the columns"),
        (b"old,new\n/a,/b\n", "The first row names the columns"),
    ],
)
def test_a_file_of_another_kind_is_refused(staff, content, words):
    assert words in look(staff, content).content.decode()


def test_rows_that_lead_nowhere_or_in_circles_are_refused(staff, cost, home):
    ContentPageFactory(parent=home, slug="draft", live=False)
    Redirect.add_redirect("/stored", "/e")
    Redirect.add_redirect("/moved", "/elsewhere")
    text = (
        "from,to\n"
        "/a,/b\n"
        "/b,/a/?x=1\n"
        "/c,/nothing/\n"
        "/d,/draft/\n"
        "/e,/stored/\n"
        "/f,/good\n"
        "/good,/search/?query=a\n"
        "/abroad,https://other.example/nothing\n"
        "/moved,/cost/\n"
        "/g,/moved\n"
        "/cost,/h\n"
        "/h,/cost/?a=1\n"
    )

    wrong = {row.old_path: row.errors for row in look(staff, text).context["wrong"]}

    circle, nothing = [str(CIRCLE)], [str(NOTHING_THERE)]
    assert wrong == {
        "/a": circle,
        "/b": circle,
        "/c": nothing,
        "/d": nothing,
        "/e": circle,
    }


@pytest.mark.parametrize("sign", [";", "\t"])
def test_columns_may_be_parted_by_another_sign(staff, cost, sign):
    store(staff, sign.join(["from", "to"]) + "\r\n" + sign.join(["/a", "/cost/"]))

    assert [(path, page) for path, _, page, *_ in stored()] == [("/a", cost.pk)]


def test_a_thousand_rows_cost_no_more_queries_each(
    staff, django_assert_max_num_queries
):
    text = "from,to\n" + "".join(f"/old/{n},/cost/\n" for n in range(1_000))

    with django_assert_max_num_queries(60):
        store(staff, text)

    assert Redirect.objects.count() == 1_000


def test_a_site_is_named_by_its_host(staff):
    store(staff, "from,to,site\n/a,gone,LOCALHOST\n/b,gone,other.example\n")

    assert [site for _, site, *_rest in stored()] == [Site.objects.get().pk]


def test_who_may_not_change_redirects_imports_none(log_in, cost):
    assert look(log_in(EDITORS), "from,to\n/a,gone\n").status_code in (302, 403)
    assert not Redirect.objects.exists()
