"""Who may choose what: a table of windows by roles, over every window that there is."""

import json
import re

import pytest
from django.apps import apps
from django.urls import resolve, reverse
from wagtail.models import Page

from core.admin.choosers import PermittedSelectFormatView
from core.models.images import SiteImage
from home.roles import ADMISSIONS, EDITORS, MODERATORS, SEO_SPECIALISTS
from tests.helpers import admin_addresses, admin_content
from tests.helpers.factories import UserFactory

ADMINISTRATOR = None
EVERYBODY_IN_ORDER = [EDITORS, MODERATORS, SEO_SPECIALISTS, ADMISSIONS, ADMINISTRATOR]
EVERYBODY = set(EVERYBODY_IN_ORDER)
ON_PAGES = EVERYBODY - {ADMISSIONS}
WRITERS = {EDITORS, MODERATORS, ADMINISTRATOR}

# By the beginning of the address's name: what is offered, what it is called, and whom
# it is offered to. A new window belongs here.
TABLE = {
    "wagtailadmin_choose_page": ("wagtailcore.Page", "The clinic", ON_PAGES),
    "wagtailimages_chooser": ("core.SiteImage", "A picture", ON_PAGES),
    "wagtaildocs_chooser": ("wagtaildocs.Document", "A document", ON_PAGES),
    "wagtailsnippetchoosers_core_topic": ("core.Topic", "A topic", WRITERS),
    "wagtailsnippetchoosers_core_video": ("core.Video", "A video", WRITERS),
    "reference_chooser": ("evidence.Reference", "A reference", WRITERS),
    "subject_chooser": ("testimonials.Subject", "S-QUILL", WRITERS),
    # The steps of a workflow are named beside every page.
    "wagtailadmin_workflows": ("wagtailcore.Task", "A task", EVERYBODY),
}
# Windows in which a record is made, and who may.
MAKING = {
    "wagtailimages_chooser:create": WRITERS,
    "wagtaildocs_chooser:create": WRITERS,
    "wagtailsnippetchoosers_core_topic:create": WRITERS,
    "wagtailsnippetchoosers_core_video:create": WRITERS,
    "reference_chooser:create": WRITERS,
    "subject_chooser:create": {MODERATORS, ADMINISTRATOR},
}
# Nothing that is stored is offered: links are typed, a task is made, a parent is named
# on the page after.
NOTHING_OFFERED = {
    "wagtailadmin_choose_page_external_link",
    "wagtailadmin_choose_page_email_link",
    "wagtailadmin_choose_page_phone_link",
    "wagtailadmin_choose_page_anchor_link",
    "wagtailadmin_workflows:task_chooser_create",
    "wagtailadmin_pages:choose_parent",
    # What visitors searched for, which is not counted.
    "wagtailsearchpromotions:chooser",
    "wagtailsearchpromotions:chooserresults",
}


def windows():
    """Return every address of a window in which something is chosen."""
    return [
        address
        for address in admin_addresses.addresses()
        if re.search("choose|chosen", address.name)
        and address.name not in NOTHING_OFFERED | set(MAKING)
    ]


def row(address):
    prefix = re.match(r"wagtailadmin_choose_page|[^:]+", address.name)[0]
    assert prefix in TABLE, f"say in TABLE who may choose at {address.name}"
    return TABLE[prefix]


@pytest.fixture
def content(client, home):
    admin_content.fill(home, client, UserFactory())
    return home


@pytest.mark.parametrize("role", EVERYBODY_IN_ORDER)
def test_each_role_is_offered_what_it_may_choose_and_nothing_else(
    log_in, content, role
):
    client = log_in(role)
    offered, wanted = {}, {}
    for address in windows():
        label, title, allowed = row(address)
        model = apps.get_model(label)
        record = content if model is Page else model.objects.latest("pk")
        arguments = next(admin_addresses.arguments(address))
        if "parent_page_id" in arguments:
            arguments = {"parent_page_id": content.pk}
        query = {"q": title} if "search" in address.name else {"id": record.pk}

        response = client.get(address.path(arguments), query)

        offered[address.name] = title in response.content.decode()
        wanted[address.name] = role in allowed
    assert offered == wanted


@pytest.mark.parametrize("role", EVERYBODY_IN_ORDER)
def test_each_role_makes_what_it_may_make(log_in, content, role):
    client = log_in(role)

    answers = {name: client.get(reverse(name)).status_code for name in MAKING}

    assert answers == {
        name: 200 if role in allowed else 302 for name, allowed in MAKING.items()
    }


def test_nothing_that_is_posted_empty_is_an_error(log_in, content):
    client = log_in(None)
    names = {address.name for address in windows()} | NOTHING_OFFERED | set(MAKING)
    addresses = [one for one in admin_addresses.addresses() if one.name in names]
    assert {one.name for one in addresses} >= set(MAKING)

    answers = {
        address.name: client.post(
            address.path(next(admin_addresses.arguments(address)))
        )
        for address in addresses
    }

    assert {
        name: a.status_code for name, a in answers.items() if a.status_code > 499
    } == {}
    link = answers["wagtailadmin_choose_page_external_link"]
    assert "This field is required" in link.json()["html"]
    topic = answers["wagtailsnippetchoosers_core_topic:create"]
    assert (topic.status_code, "Choose from its list" in topic.text) == (400, True)


@pytest.mark.parametrize("address", ["https://example.org/a?b=1", "/costs/"])
def test_an_external_link_is_taken_as_before(log_in, home, address):
    url = reverse("wagtailadmin_choose_page_external_link")

    response = log_in(EDITORS).post(url, {"external-link-chooser-url": address})

    assert response.json()["result"]["url"] == address


class TestFormatOfAPicture:
    @pytest.fixture
    def url(self, content):
        picture = SiteImage.objects.get(title="A picture")
        return reverse("wagtailimages_chooser:select_format", args=[picture.pk])

    def test_is_asked_for_by_ours_and_not_wagtail_s_view(self, url):
        assert resolve(url).func.view_class is PermittedSelectFormatView

    @pytest.mark.parametrize("method", ["get", "post"])
    @pytest.mark.parametrize("role", [ADMISSIONS, "nobody"])
    def test_is_no_way_round_the_right_to_choose(
        self, client, log_in, url, role, method
    ):
        if role == ADMISSIONS:
            client = log_in(role)
        data = {
            "image-chooser-insertion-format": "fullwidth",
            "image-chooser-insertion-alt_text": "Two people",
        }

        response = getattr(client, method)(url, data)

        assert response.status_code == 302
        assert "picture" not in response.content.decode()

    def test_answers_a_script_without_that_right_with_403(self, log_in, url):
        headers = {"x-requested-with": "XMLHttpRequest"}

        response = log_in(ADMISSIONS).get(url, headers=headers)

        assert response.status_code == 403

    def test_is_set_by_those_who_may_choose(self, log_in, url):
        response = log_in(EDITORS).post(
            url,
            {
                "image-chooser-insertion-format": "fullwidth",
                "image-chooser-insertion-alt_text": "Two people",
            },
        )

        answer = json.loads(response.content)
        assert answer["step"] == "chosen"
        assert answer["result"]["alt"] == "Two people"

    def test_of_no_picture_is_not_found(self, log_in, url):
        missing = reverse("wagtailimages_chooser:select_format", args=[10**20])

        assert log_in(None).get(missing).status_code == 404


class TestSeveralPages:
    def test_are_named_to_nobody_outside(self, client, content):
        url = reverse("wagtailadmin_choose_page_chosen_multiple")

        response = client.get(url, {"id": content.pk})

        assert response.status_code == 302
        assert "no-cache" in response.headers["Cache-Control"]
