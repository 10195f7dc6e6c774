"""Whatever is sent to the site gets a clear answer; nothing is a server error."""

from itertools import product

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from applications.models.applications import Application
from newsletter.models import Subscriber
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    ContentPageFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
    TopicIndexPageFactory,
    TopicPageFactory,
)
from tests.helpers.factories_applications import ApplicationFormPageFactory, filled_in
from tests.helpers.factories_testimonials import (
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
)

SIGN_UP = "/newsletter/sign-up/"
MEGABYTE = 1024 * 1024
QUERIES = [
    "page=x",
    "page=-1",
    "page=0",
    "page=99999999999999999999",
    "page=%ff",
    "page=1&page=2",
    "topic=nothing&page=x",
    "topic[]=1",
    "newsletter=received",
    "&&=&%",
    "q=" + "a" * 6000,
]
NOWHERE = [
    "/%ff/",
    "/blog/%ff%fe/",
    "/blog/../../etc/passwd",
    "/a" * 900 + "/",
    "/%2e%2e/",
    "/\N{SNOWMAN}/",
    "/sitemap-%ff.xml",
    "/applications/sent/%ff/",
    "/newsletter/confirm/..%2f..%2f/",
    "/documents/99999999999999999999/x.pdf",
    "/_util/authenticate_with_password/9/99999999999999999999/",
    "/media/%ff",
    "/media/../manage.py",
]
FORGED = [
    {"HTTP_X_FORWARDED_HOST": "evil.example"},
    {"HTTP_FORWARDED": "host=evil.example"},
    {"HTTP_HOST": "localhost:666"},
    {"HTTP_X_ORIGINAL_URL": "//evil.example/"},
    {"HTTP_X_FORWARDED_PORT": "666"},
]
MALFORMED = [
    (b"--other\r\nnonsense", "multipart/form-data; boundary=xx"),
    (b"x", "multipart/form-data"),
    (b"--xx\r\n\r\n--xx--", "multipart/form-data; boundary=xx"),
    (b"{", "application/json"),
    (b"\xff\xfe=\xff", "application/x-www-form-urlencoded"),
    (b"a=1", "application/x-www-form-urlencoded; charset=nonsense"),
    (b"a=1", "application/x-www-form-urlencoded; charset=utf-7"),
    (b"a=1", "nonsense"),
    (b"", ""),
]


@pytest.fixture
def pages(home):
    """A page of every type, by the name of its type."""
    articles = ArticleIndexPageFactory(parent=home)
    people = PeopleIndexPageFactory(parent=home)
    stories = TestimonialIndexPageFactory(parent=home)
    topics = TopicIndexPageFactory(parent=home)
    made = [
        home,
        articles,
        ArticlePageFactory(parent=articles),
        people,
        PersonPageFactory(parent=people),
        stories,
        TestimonialPageFactory(parent=stories),
        topics,
        TopicPageFactory(parent=topics),
        ContentPageFactory(parent=home),
        ApplicationFormPageFactory(parent=home),
    ]
    return {type(page).__name__: page for page in made}


class TestAddress:
    def test_with_any_query_shows_the_page_unless_a_list_has_no_such(
        self, client, pages
    ):
        for query, (name, page) in product(QUERIES, pages.items()):
            response = client.get(page.url, QUERY_STRING=query)

            is_list = hasattr(page.specific, "page_size")
            expected = 404 if is_list and "page=" in query else 200
            assert response.status_code == expected, (query[:40], name)

    def test_that_nothing_has_is_not_found(self, client, pages):
        for path in NOWHERE:
            assert client.get(path).status_code in {400, 404, 410}, path[:40]

    @pytest.mark.parametrize("path", ["/%00", "/blog/%00/", "/media/%00", "/?a=%00"])
    def test_with_a_nul_byte_is_refused_with_a_sentence(self, client, pages, path):
        response = client.get(path)

        assert response.status_code == 400
        assert "Check the link" in response.content.decode()


class TestMethod:
    def test_none_is_a_server_error_on_any_page(self, client, pages):
        methods = ("HEAD", "OPTIONS", "POST", "PUT", "DELETE")
        for method, (name, page) in product(methods, pages.items()):
            response = client.generic(method, page.url)

            assert response.status_code < 500, (method, name)

    def test_head_has_no_body(self, client, pages):
        for page in pages.values():
            assert client.head(page.url).content == b""

    def test_cannot_be_overridden_by_a_header(self, client, pages):
        page = pages["ContentPage"]

        response = client.get(page.url, headers={"x-http-method-override": "DELETE"})

        assert response.status_code == 200
        assert client.get(page.url).status_code == 200


class TestHost:
    def test_of_a_request_is_repeated_nowhere(self, client, pages):
        paths = [page.url for page in pages.values()]
        paths += ["/sitemap.xml", "/robots.txt", "/search/?query=page", "/nowhere/"]
        paths += [reverse("articles:rss"), reverse("articles:atom"), SIGN_UP]
        for path, headers in product(paths, FORGED):
            text = client.get(path, **headers).content.decode()

            assert "evil.example" not in text, (path, headers)
            assert ":666" not in text, (path, headers)

    @pytest.mark.parametrize("host", ["evil.example", "a b", "localhost@evil.example"])
    def test_that_is_not_ours_is_refused(self, client, pages, host):
        assert client.get("/", HTTP_HOST=host).status_code == 400


class TestBody:
    """What is posted to the forms that anybody may send."""

    @pytest.fixture(params=["ApplicationFormPage", "newsletter", "login"])
    def address(self, request, pages):
        page = pages.get(request.param)
        return (
            page.url
            if page
            else {"newsletter": SIGN_UP}.get(
                request.param, reverse("wagtailadmin_login")
            )
        )

    def test_that_is_malformed_is_refused_or_asked_for_again(self, client, address):
        for body, content_type in MALFORMED:
            response = client.generic("POST", address, body, content_type)

            sent = body, content_type
            assert response.status_code in {200, 400, 403, 422}, sent
            assert "<h1" in response.content.decode(), sent

    def test_with_nul_bytes_in_every_field_stores_nothing(self, client, address):
        fields = ["email", "page", "block", "website", "login", "password", "next"]

        response = client.post(address, dict.fromkeys(fields, "\0a@example.org\0"))

        assert response.status_code in {200, 400, 403, 422}
        assert not Subscriber.objects.exists()

    def test_with_a_file_where_none_is_asked_for_stores_nothing(self, client, address):
        file = SimpleUploadedFile("../../x.html", b"<script>", "text/html")

        response = client.post(address, {"email": file, "form_token": file})

        assert response.status_code in {200, 403, 422}
        assert not Subscriber.objects.exists()

    def test_of_ten_megabytes_in_one_field_is_answered(self, client, address):
        name = "login" if "login" in address else "email"
        body = f"{name}={'a' * 10 * MEGABYTE}&form_token="

        response = client.post(
            address, body, content_type="application/x-www-form-urlencoded"
        )

        assert response.status_code in {200, 422}

    @pytest.mark.parametrize("fields", [1_000, 20_000])
    def test_of_many_fields_is_answered(self, client, address, fields):
        body = "&".join(f"field{number}=x" for number in range(fields))

        response = client.post(
            address, body, content_type="application/x-www-form-urlencoded"
        )

        assert response.status_code in ({200, 422} if fields == 1_000 else {400})

    def test_of_thirteen_megabytes_is_told_to_be_shorter(self, client, address):
        body = "email=" + "a" * (13 * MEGABYTE)

        response = client.post(
            address, body, content_type="application/x-www-form-urlencoded"
        )

        html = response.content.decode()
        assert response.status_code == 400
        assert "We could not read your request" in html


class TestApplicant:
    def test_nul_bytes_in_every_answer_lose_nothing_and_store_nothing(
        self, client, pages
    ):
        page = pages["ApplicationFormPage"]
        posted = filled_in(page)
        for name in list(posted):
            posted[name] = f"{posted[name]}\0"

        response = client.post(page.url, posted)

        assert response.status_code == 422
        assert "Vermilionazole" in response.content.decode()
        assert not Application.objects.exists()


class TestAdminFilters:
    """What staff type into search and filter fields."""

    ADDRESSES = [
        "wagtailadmin_explore_root",
        "wagtailadmin_pages:search",
        "wagtailadmin_choose_page",
        "wagtailadmin_choose_page_search",
        "wagtailimages:index",
        "wagtailimages_chooser:choose",
        "wagtailredirects:index",
        "wagtailsnippets_core_topic:list",
        "wagtailsnippets_core_video:list",
        "reference_chooser:choose",
        "application:index",
        "subscribers:index",
        "story_subjects:index",
        "subject_chooser:choose",
        "wagtailadmin_reports:site_history",
        "wagtailadmin_reports:aging_pages",
        "wagtailusers_users:index",
    ]

    @pytest.mark.parametrize(
        "query",
        [
            "q=%ff&p=x",
            "q=%22)(*%26%7C:!'",
            "q=%22%22%22%20a%22b%25s",
            "q=" + "a" * 3000,
            "p=99999999999999999999&ordering=nonsense",
            "status=x&kind=x&relation=x&user=99999999999999999999&object_id=%ff",
            "collection_id=99999999999999999999&tag=%ff",
            "signed_up_at__gte=x&last_published_at_from=x&content_type=x",
            "page_type=wagtailcore.page&locale=x&site=x",
        ],
    )
    def test_survive_anything(self, log_in, home, query):
        client = log_in(None)

        for name in self.ADDRESSES:
            response = client.get(reverse(name), QUERY_STRING=query)

            assert response.status_code in {200, 404}, name

    def test_refuse_a_nul_byte(self, log_in, home):
        client = log_in(None)

        for name in self.ADDRESSES:
            response = client.get(reverse(name), QUERY_STRING="q=%00")

            assert response.status_code == 400, name
