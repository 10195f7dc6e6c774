"""Visitors read no text of ours that is not marked, or lacks its German."""

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction, get_page_models

from applications.applying.forms import HONEYPOT
from core.mail import letter
from core.models.base_page import BasePage
from core.models.organisation import Organisation
from core.models.site_settings import (
    DisclaimerSettings,
    FooterSettings,
    NavigationSettings,
)
from newsletter.links import link
from newsletter.models import Subscriber
from tests.helpers import pseudo_locale
from tests.helpers.factories_applications import ApplicationFormPageFactory, field
from tests.helpers.factories_newsletter import SubscriberFactory
from tests.helpers.pseudo_content import fill, page
from tests.helpers.pseudo_forms import filled_in, questions_in_cyrillic
from tests.helpers.pseudo_locale import content, unmarked_in

pytestmark = [pytest.mark.one_database, pytest.mark.every_case]

PAGE_TYPES = [model for model in get_page_models() if issubclass(model, BasePage)]


def unmarked(response):
    """Return what a visitor reads that is neither marked nor content."""
    html = response if isinstance(response, str) else response.content.decode()
    # Django's own validators speak to visitors too.
    return unmarked_in(html, libraries=True)


@pytest.fixture(scope="session")
def pseudo_catalogue(tmp_path_factory):
    """The texts that are translated into German; others stay English, and are found."""
    folder = tmp_path_factory.mktemp("locale")
    pseudo_locale.write_catalogue(folder, only_german=True)
    return folder


@pytest.fixture
def site(pseudo_home):
    """A site whose menus, footer and disclaimers are filled in."""
    site = pseudo_home.get_site()
    for model in (
        Organisation,
        DisclaimerSettings,
        FooterSettings,
        NavigationSettings,
    ):
        settings = model(site=site)
        fill(settings, pseudo_home)
        settings.save()
    return pseudo_home


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_pages(client, site, model):
    shown = page(model, site)

    response = client.get(shown.url)

    assert response.status_code == 200
    assert unmarked(response) == []


class TestApplicationForm:
    """Its answers to whatever is sent."""

    @pytest.fixture
    def form(self, site):
        form = ApplicationFormPageFactory(parent=site)
        fill(form, site)
        form.questions = questions_in_cyrillic()
        form.save(clean=False)
        return form

    def test_when_it_is_sent(self, client, form):
        response = client.post(form.url, filled_in(form), follow=True)

        assert response.redirect_chain
        assert unmarked(response) == []

    @pytest.mark.parametrize(
        "changes",
        [
            dict.fromkeys(["short_text", "consent", "single_choice"]),
            {"short_text": "ж" * 5000, "email": "ж", "telephone": "ж", "number": "ж"},
            {"long_text": "ж " * 100_000, "number": "1.55", "multiple_choice": ["ж"]},
            {"number": "1", "short_text": "ж\0", "single_choice": "ж"},
            {"number": "9999"},
        ],
        ids=" ".join,
    )
    def test_when_something_is_wrong(self, client, form, changes):
        response = client.post(form.url, filled_in(form, **changes))

        assert response.status_code == 422
        assert unmarked(response) == []

    @pytest.mark.parametrize(
        "day",
        [("ж", "1", "2000"), ("31", "2", "2000"), ("1", "1", "20"), ("1", "1", "2990")],
    )
    def test_when_a_date_is_wrong(self, client, form, day):
        posted = filled_in(form)
        for part, value in zip(("day", "month", "year"), day, strict=True):
            posted[f"{field('date')}_{part}"] = value

        response = client.post(form.url, posted)

        assert response.status_code == 422
        assert unmarked(response) == []

    @pytest.mark.parametrize("age", [0, 25 * 60 * 60])
    def test_when_it_comes_too_fast_or_late(self, client, form, age):
        response = client.post(form.url, filled_in(form, age=age))

        assert response.status_code == 422
        assert unmarked(response) == []

    def test_when_it_is_not_known_or_a_program_sent_it(self, client, form):
        unknown = client.post(form.url, filled_in(form, token="ж"))
        trapped = client.post(form.url, filled_in(form) | {HONEYPOT: ["ж"]})

        assert unmarked(unknown) == unmarked(trapped) == []
        assert unknown.status_code == trapped.status_code == 422

    def test_when_it_was_sent_before_with_other_answers(self, client, form):
        posted = filled_in(form)
        client.post(form.url, posted)

        response = client.post(form.url, posted | {field("number"): ["2010"]})

        assert response.status_code == 409
        assert unmarked(response) == []

    def test_when_its_protection_has_expired(self, form):
        response = Client(enforce_csrf_checks=True).post(form.url, filled_in(form))

        assert response.status_code == 403
        assert unmarked(response) == []


class TestNewsletter:
    def test_sign_up(self, client, site):
        url = reverse("newsletter:sign-up")

        for response in (
            client.get(url),
            client.post(url, {"email": ""}),
            client.post(url, {"email": "ж"}),
            client.post(url, headers={"sec-fetch-site": "cross-site"}),
            client.get(reverse("newsletter:received")),
        ):
            assert unmarked(response) == []

    def test_sign_up_in_a_page(self, client, site):
        front = page(type(site.specific), site)
        block = next(b for b in front.body if b.block_type == "sign_up")

        response = client.post(
            reverse("newsletter:sign-up"),
            {"email": "ж", "page": front.pk, "block": block.id},
        )

        assert response.status_code == 422
        assert unmarked(response) == []

    def test_links(self, client, site):
        subscriber = SubscriberFactory()

        for url in (
            link(subscriber, "confirm"),
            link(subscriber, "unsubscribe"),
            reverse("newsletter:confirm", args=["x"]),
        ):
            assert unmarked(client.get(url)) == []
            assert unmarked(client.post(url)) == []


class TestErrorPages:
    def test_no_such_page(self, client, site):
        assert unmarked(client.get("/no-such-page/")) == []

    @pytest.mark.parametrize("name", ["400", "403", "500"])
    def test_others(self, rf, site, name):
        html = render_to_string(f"{name}.html", {"most_files": 100}, rf.get("/"))

        assert unmarked(html) == []

    def test_a_form_that_was_open_too_long(self, site):
        client = Client(enforce_csrf_checks=True)

        response = client.post(site.url, {"a": "b"})

        assert response.status_code == 403
        assert unmarked(response) == []

    def test_a_page_that_needs_a_password(self, client, site):
        PageViewRestriction.objects.create(
            page=site, restriction_type="password", password="x"
        )

        response = client.get(site.url)

        assert 'type="password"' in response.content.decode()
        assert unmarked(response) == []


class TestLetters:
    @pytest.mark.parametrize(
        "template",
        [
            "newsletter/emails/confirm",
            "newsletter/emails/already",
            "applications/emails/arrived",
        ],
    )
    def test_letters(self, pseudo, template):
        message = letter(content("Subject"), template, LETTER, ["a@example.org"])

        ((html, _),) = message.alternatives
        assert unmarked(html) == []
        assert unmarked(message.body) == []

    def test_subjects(self, client, site, commits, mailoutbox):
        client.post(reverse("newsletter:sign-up"), {"email": "a@example.org"})
        Subscriber.objects.update(status="confirmed", mailed_at=None)
        client.post(reverse("newsletter:sign-up"), {"email": "a@example.org"})

        assert len(mailoutbox) == 2
        assert [unmarked(message.subject) for message in mailoutbox] == [[], []]


LETTER = {
    "site_name": content("Clinic"),
    "root_url": "https://clinic.example/",
    "confirm_url": "https://clinic.example/a/",
    "unsubscribe_url": "https://clinic.example/b/",
    "reference": "1234-5678",
    "url": "https://clinic.example/c/",
}
