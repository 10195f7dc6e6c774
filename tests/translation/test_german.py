"""A site in German says nothing of ours in English, from the front page to e-mails."""

import re

import polib
import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from applications.models.applications import Application
from applications.models.site_settings import ApplicationSettings
from applications.status import acts
from core.page_language import forget_language_codes
from newsletter.links import link
from tests.helpers.access_links import ask_for_code, latest_link, open_status
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
    UserFactory,
)
from tests.helpers.factories_applications import ApplicationFormPageFactory
from tests.helpers.factories_newsletter import SubscriberFactory
from tests.helpers.marked_strings import ROOT
from tests.helpers.pseudo_forms import filled_in, questions_in_cyrillic
from tests.helpers.pseudo_locale import content, texts_in

pytestmark = [pytest.mark.one_database, pytest.mark.every_case]

CATALOGUES = sorted(ROOT.glob("*/locale/de/LC_MESSAGES/django.po"))
# What only staff see: German for it is welcome, but may be missing.
OF_STAFF = re.compile(
    r"/templates/(\w+/(admin|chooser|editor|importing|merging|outbox|panels|publishing"
    r"|persons|crawling|redirects|simulator)/|core/includes/problem|seo/preview|wagtail"
    r"|testimonials/consent/register)"
)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-5])
def test_public_templates_are_translated(path):
    missing = [
        entry.msgid
        for entry in polib.pofile(path).untranslated_entries()
        for source, _line in entry.occurrences
        if "/templates/" in source and not OF_STAFF.search(source)
    ]

    assert missing == []


@pytest.fixture(scope="module")
def english():
    """What our catalogues say that is not the same in German, with gaps."""
    pairs = [
        pair
        for path in CATALOGUES
        for entry in polib.pofile(path)
        for pair in _pairs(entry)
    ]
    same = {text for text, german in pairs if text == german}
    patterns = {
        _pattern(piece)
        for text, _german in pairs
        for piece in re.split(r"<.*?>", text)
        if text not in same
    }
    return re.compile("|".join(sorted(patterns - {""})))


def _pairs(entry):
    said = entry.msgstr_plural or {0: entry.msgstr, 1: ""}
    return [(entry.msgid, said[0]), (entry.msgid_plural, said[1])]


def _pattern(text):
    gaps = re.split(r"%\(\w+\)[sd]|{\w*}", " ".join(text.replace("%%", "%").split()))
    # What remains of a text may be no more than a comma, which is in every language.
    words = re.search(r"[A-Za-z]{3}", " ".join(gaps))
    return ".+".join(map(re.escape, gaps)) if words else ""


@pytest.fixture
def german(settings, home):
    """The front page of a site in German."""
    settings.LANGUAGE_CODE = "de"
    home.locale.language_code = "de"
    home.locale.save()
    home.title = home.draft_title = content("The clinic")
    home.save(clean=False)
    site = home.get_site()
    site.site_name = home.title
    site.save()
    # Else the setting of before, German by now, would be activated at the end.
    with translation.override("de", deactivate=True):
        yield home
    forget_language_codes()  # the locale's change is rolled back without a signal


@pytest.fixture
def assert_german(english):
    def check(said):
        html = said if isinstance(said, str) else said.content.decode()
        found = [text for text in texts_in(html) if english.fullmatch(text)]
        assert found == []
        return html

    return check


@pytest.fixture
def form(german):
    return ApplicationFormPageFactory(
        parent=german,
        title=content("Apply"),
        questions=questions_in_cyrillic(),
        submit_label=content("Send"),
        thanks_heading=content("Thank you"),
    )


class TestPages:
    def test_the_front_page(self, client, german, assert_german):
        html = assert_german(client.get(german.url))

        assert 'lang="de"' in html
        assert "Zum Haupttext springen" in html

    def test_an_article(self, client, german, assert_german):
        people = PeopleIndexPageFactory(parent=german, title=content("People"))
        ada = PersonPageFactory(parent=people, title=content("Ada"), job_title="ж")
        index = ArticleIndexPageFactory(parent=german, title=content("Journal"))
        article = ArticlePageFactory(
            parent=index, title=content("Article"), contributors=[ada]
        )

        html = assert_german(client.get(article.url))

        assert "1. Januar 2026" in html
        for page in (index, people, ada):
            assert_german(client.get(page.url))

    def test_the_search(self, client, german, assert_german):
        for query in ("", "?q=", "?q=ж", f"?q={'ж' * 500}"):
            html = assert_german(client.get(f"{reverse('search')}{query}"))

        assert "Diese Website durchsuchen" in html

    def test_a_page_that_does_not_exist(self, client, german, assert_german):
        response = client.get("/gibt-es-nicht/")

        assert response.status_code == 404
        assert_german(response)

    @pytest.mark.parametrize("name", ["400", "403", "403_csrf", "500", "503"])
    def test_errors(self, rf, german, assert_german, name):
        html = render_to_string(f"{name}.html", {"most_files": 100}, rf.get("/"))

        assert_german(html)

    def test_the_way_in(self, client, german, assert_german):
        for name in ("account_login", "wagtailadmin_password_reset"):
            html = assert_german(client.get(reverse(name)))

        assert 'lang="de"' in html

    def test_a_password_that_is_wrong_or_forgotten(
        self, client, german, commits, assert_german
    ):
        UserFactory(username="ada", email="ada@example.org", is_superuser=True)
        wrong = {"login": "ada", "password": "x"}
        forgotten = {"email": "ada@example.org"}

        html = assert_german(client.post(reverse("account_login"), wrong))
        reset = reverse("wagtailadmin_password_reset")
        assert_german(client.post(reset, forgotten, follow=True))

        (message,) = mail.outbox
        for said in (message.subject, message.body):
            assert_german(said)
        assert "Passwort" in html
        assert "Passwort" in message.body + message.subject


class TestForm:
    def test_as_it_opens(self, client, form, assert_german):
        html = assert_german(client.get(form.url))

        assert "Warum wir fragen: " in html

    @pytest.mark.parametrize(
        "changes",
        [
            dict.fromkeys(["short_text", "consent", "single_choice", "email"]),
            {"email": "ж", "telephone": "ж", "number": "ж", "long_text": "ж" * 9000},
            {"number": "1.5", "multiple_choice": ["ж"], "single_choice": "ж"},
            {"number": "9999"},
        ],
        ids=" ".join,
    )
    def test_with_mistakes(self, client, form, assert_german, changes):
        response = client.post(form.url, filled_in(form, **changes))

        assert response.status_code == 422
        assert "Es gibt ein Problem" in assert_german(response)
        assert "<title>Fehler: " in response.content.decode()

    @pytest.mark.parametrize("age", [0, 25 * 60 * 60])
    def test_too_fast_or_too_late(self, client, form, assert_german, age):
        response = client.post(form.url, filled_in(form, age=age))

        assert "Noch wurde nichts gesendet" in assert_german(response)

    def test_its_answer(self, client, form, assert_german):
        response = client.post(form.url, filled_in(form), follow=True)

        assert response.redirect_chain
        assert "Ihre Vorgangsnummer" in assert_german(response)

    def test_the_letter_to_those_who_read_applications(
        self, client, form, commits, assert_german
    ):
        site = form.get_site()
        ApplicationSettings.objects.create(site=site, notified="a@example.org")

        client.post(form.url, filled_in(form))

        message, _to_the_applicant = mail.outbox
        ((html, _kind),) = message.alternatives
        for said in (message.subject, message.body, html):
            assert_german(said)
        assert message.subject.endswith(" ist eingegangen")


class TestWayBack:
    """From the letter to the applicant to the status page and its acts."""

    @pytest.fixture
    def link(self, client, form, commits):
        site = form.get_site()
        ApplicationSettings.objects.create(
            site=site, notified="b@example.org", answer_within=3
        )
        client.post(form.url, filled_in(form))
        return latest_link()

    def test_to_the_status_page(self, client, link, assert_german):
        assert_german(client.get(link))
        assert_german(client.get(link[:-2] + "/"))
        code = reverse("applications:code")
        assert_german(ask_for_code(client, link))
        for typed in ("", "000 000"):
            assert_german(client.post(code, {"code": typed}))

        html = assert_german(open_status(client, link))

        assert "Ihr Antrag ist eingegangen" in html
        assert "Sie hören bis" in html
        for status in Application.Status:
            Application.objects.update(status=status)
            assert_german(client.get(reverse("applications:status")))
        Application.objects.update(submitted_at="2020-01-01T12:00Z", status="received")
        assert "sind zu spät" in assert_german(
            client.get(reverse("applications:status"))
        )

    def test_to_the_acts_and_their_letters(self, client, link, assert_german):
        open_status(client, link)
        consent = acts.consents(Application.objects.get())[0]["question"]["id"]
        addresses = [
            reverse("applications:answers"),
            reverse("applications:revoke", args=[consent]),
            reverse("applications:withdraw"),
            reverse("applications:delete"),
        ]
        for address in addresses:
            assert_german(client.get(address))
        for address in addresses[1:]:
            assert_german(client.post(address, follow=True))
        assert_german(client.get(reverse("applications:closed")))

        assert len(mail.outbox) > 4
        for message in mail.outbox:
            ((html, _kind),) = message.alternatives
            for said in (message.subject, message.body, html):
                assert_german(said)

    def test_to_a_new_link(self, client, link, assert_german):
        new_link = reverse("applications:new-link")
        assert_german(client.get(new_link))
        for typed in ("", "ada@example.org", "nobody@example.org"):
            html = assert_german(client.post(new_link, {"email": typed}, follow=True))
        for _ in range(5):
            html = assert_german(client.post(new_link, {"email": "nobody@example.org"}))

        assert "mehrere Links angefordert" in html


class TestNewsletter:
    def test_sign_up(self, client, german, assert_german):
        url = reverse("newsletter:sign-up")

        assert_german(client.get(url))
        html = assert_german(client.post(url, {"email": "ж"}))

        assert "Geben Sie eine vollständige E-Mail-Adresse ein" in html
        assert_german(client.get(reverse("newsletter:received")))

    @pytest.mark.parametrize("action", ["confirm", "unsubscribe"])
    def test_links(self, client, german, assert_german, action):
        url = link(SubscriberFactory(), action)

        assert_german(client.get(url))
        assert_german(client.post(url, follow=True))

    def test_letters(self, client, german, commits, assert_german):
        url = reverse("newsletter:sign-up")
        client.post(url, {"email": "a@example.org"})
        SubscriberFactory(email="b@example.org", status="confirmed")
        client.post(url, {"email": "b@example.org"})

        assert len(mail.outbox) == 2
        for message in mail.outbox:
            ((html, _kind),) = message.alternatives
            for said in (message.subject, message.body, html):
                assert_german(said)
        assert mail.outbox[0].subject.startswith("Bitte bestätigen: ")


def test_the_site_has_german_beside_the_language_of_its_sources():
    assert "de" in dict(django_settings.LANGUAGES)
