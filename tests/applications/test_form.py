"""The application form: what a visitor sees, and is told of mistakes."""

import re
import uuid

import pytest
from bs4 import BeautifulSoup
from wagtail.models import Site

from applications.models.applications import Application
from core.models.site_settings import NavigationSettings
from tests.helpers.factories_applications import (
    IDS,
    LABELS,
    ApplicationFormPageFactory,
    field,
    filled_in,
    question,
    questions,
    send,
)

EMPTY = dict.fromkeys(IDS.keys() - {"date"})


@pytest.fixture
def form_page(home):
    return ApplicationFormPageFactory(parent=home)


class TestShowing:
    def test_asks_every_question_with_its_label(self, client, form_page):
        html = client.get(form_page.url).content.decode()

        for kind, label in LABELS.items():
            assert label in html
            assert field(kind) in html

    def test_says_why_beside_a_sensitive_question_and_ties_it_to_the_input(
        self, client, form_page
    ):
        html = client.get(form_page.url).content.decode()
        name = f"id_{field('long_text')}"

        assert f'id="{name}-reason">Why we ask: Some medicines rule' in html
        assert f'aria-describedby="{name}-reason {name}-hint"' in html

    def test_offers_the_browser_what_it_may_fill_in(self, client, form_page):
        html = client.get(form_page.url).content.decode()

        for tokens in ("name", "email", "tel", "bday-day", "bday-month", "bday-year"):
            assert f'autocomplete="{tokens}"' in html

    def test_is_kept_by_no_cache_and_sends_its_address_to_no_other_site(
        self, client, form_page
    ):
        response = client.get(form_page.url)

        assert "no-store" in response.headers["Cache-Control"]
        assert response.headers["Referrer-Policy"] == "same-origin"

    def test_asks_no_other_host_for_anything(self, client, form_page):
        html = client.get(form_page.url).content.decode()
        head_free = re.sub(
            r'<script type="application/ld\+json">.*?</script>', "", html
        )

        loaded = re.findall(
            r'<(?:script|img|iframe|link)[^>]+(?:src|href)="([^"]+)"', head_free
        )

        assert not [url for url in loaded if "//" in url and "//localhost" not in url]

    def test_asks_nobody_to_apply_anew_on_the_form_or_the_thanks_page(
        self, client, form_page, home
    ):
        settings = NavigationSettings.for_site(Site.objects.get())
        settings.call_to_action_page = form_page
        settings.save()
        apply = f'<a class="button" href="{form_page.url}"'
        mistaken = send(client, form_page, email="x")
        thanks = client.get(send(client, form_page).url)

        assert apply in client.get(home.url).content.decode()
        assert mistaken.status_code == 422
        assert b"reference number" in thanks.content
        for answer in (client.get(form_page.url), mistaken, thanks):
            assert apply not in answer.content.decode()

    def test_draws_section_headings_between_questions(self, client, home):
        section = {
            "type": "section",
            "id": str(uuid.uuid4()),
            "value": {"title": "Your health", "introduction": "<p>Be exact.</p>"},
        }
        form_page = ApplicationFormPageFactory(
            parent=home, questions=[question("email"), section, question("yes_no")]
        )

        html = client.get(form_page.url).content.decode()

        assert "<h2>Your health</h2>" in html
        assert "<p>Be exact.</p>" in html
        assert (
            html.index(LABELS["email"])
            < html.index("Be exact")
            < html.index(LABELS["yes_no"])
        )

    def test_escapes_what_editors_type(self, client, home):
        form_page = ApplicationFormPageFactory(
            parent=home, questions=[question("email", label="<script>x</script>")]
        )

        assert "<script>x" not in client.get(form_page.url).content.decode()


class TestMistakes:
    def test_each_stands_beside_its_field_and_in_the_summary(self, client, form_page):
        html = send(client, form_page, **EMPTY).content.decode()

        required = set(IDS) - {"telephone", "multiple_choice", "date"}
        for kind in required:
            assert f'id="id_{field(kind)}-error"' in html
        summary = html[
            html.index('role="alert"') : html.index("</ul>", html.index('role="alert"'))
        ]
        targets = re.findall(r'href="#([^"]+)"', summary)
        assert len(targets) == len(required)
        for target in targets:
            assert f'id="{target}"' in html
        assert summary.count("<li>") == len(required)
        assert not Application.objects.exists()

    def test_in_the_summary_name_the_question_and_what_to_do(self, client, form_page):
        posted = filled_in(form_page, **{**EMPTY, "telephone": "12"})
        for part in ("day", "month", "year"):
            posted[f"{field('date')}_{part}"] = ""

        html = client.post(form_page.url, posted).content.decode()

        links = BeautifulSoup(html, "html.parser").select(".error-summary a")
        assert [link.text for link in links] == [
            "Enter your full name",
            "Answer “Which medicines do you take?”",
            "Enter “E-mail address”",
            "Telephone number: This is not a telephone number. It should look like "
            "01632 960 001 or +44 808 157 0192.",
            "Answer “In which year were you diagnosed?”",
            "Enter the day, month and year for “Date of birth”",
            "Choose an answer to “How far can you walk?”",
            "Choose an answer to “Have you had a relapse?”",
            "I agree that the clinic reads my answers. Tick this box to agree; without "
            "it you cannot apply.",
        ]

    def test_of_long_questions_name_their_beginning(self, client, home):
        long = "Which of the medicines that you have ever taken " * 6
        form_page = ApplicationFormPageFactory(
            parent=home,
            questions=[question("multiple_choice", label=long, required=True)],
        )

        html = send(client, form_page, multiple_choice=None).content.decode()

        [name] = set(re.findall("Choose at least one answer to “(.*?)…”", html))
        assert long.startswith(name)
        assert 90 < len(name) < 100

    def test_the_title_says_that_there_is_one(self, client, form_page):
        assert "<title>Error: " in send(client, form_page, email="x").content.decode()

    def test_lose_nothing_else(self, client, form_page):
        html = send(
            client, form_page, email="no address", short_text="Kept Name"
        ).content.decode()

        assert 'value="Kept Name"' in html
        assert 'value="no address"' in html
        assert "Vermilionazole, 5 mg</textarea>" in html
        assert re.search(r'value="Not far"[^>]*checked', html)
        assert re.search(r'value="Infection"[^>]*checked', html)
        assert 'value="1974"' in html

    @pytest.mark.parametrize(
        ("kind", "value", "sentence"),
        [
            ("email", "ada", "This is not an e-mail address"),
            ("email", "a@b.example" + "x" * 300, "at most 254"),
            ("telephone", "call me", "This is not a telephone number"),
            ("telephone", "12", "This is not a telephone number"),
            ("number", "soon", "This is not a number"),
            ("number", "1e3", "This is not a number"),
            ("number", "NaN", "This is not a number"),
            ("number", "2009.5", "must be a whole number"),
            ("number", "1949", "must be 1950 or more"),
            ("number", "2031", "must be 2030 or less"),
            ("single_choice", "Forged", "Choose one of the answers offered"),
            (
                "multiple_choice",
                ["Infection", "Forged"],
                "Choose among the answers offered",
            ),
            ("yes_no", "Perhaps", "Choose one of the answers offered"),
            ("short_text", "x" * 201, "This has 201 characters; at most 200"),
            ("long_text", "a\0b", "a character that cannot be stored"),
            ("short_text", "a\0b", "a character that cannot be stored"),
            ("email", "a\0b@example.org", "a character that cannot be stored"),
            ("single_choice", "Far\0", "Choose one of the answers offered"),
            ("consent", None, "Tick this box to agree"),
        ],
    )
    def test_are_told_in_a_sentence(self, client, form_page, kind, value, sentence):
        response = send(client, form_page, **{kind: value})

        assert response.status_code == 422
        assert sentence in response.content.decode()
        assert "\0" not in response.content.decode()
        assert not Application.objects.exists()

    @pytest.mark.parametrize(
        ("parts", "sentence"),
        [
            (("", "", ""), "Enter the day, month and year for “Date of birth”"),
            (("31", "2", "2000"), "This date does not exist"),
            (("1", "1", "74"), "the year in four digits"),
            (("1", "January", "1974"), "in digits"),
            (("1", "", "1974"), "in digits"),
            (("1", "1", "9999"), "must not be in the future"),
            (("1\0", "1", "1974"), "in digits"),
        ],
    )
    def test_in_dates_keep_what_was_typed(self, client, form_page, parts, sentence):
        posted = filled_in(form_page)
        for name, value in zip(("day", "month", "year"), parts, strict=True):
            posted[f"{field('date')}_{name}"] = value

        html = client.post(form_page.url, posted).content.decode()

        assert sentence in html
        for value in filter(None, parts):
            assert f'value="{value.replace(chr(0), "")}"' in html

    def test_of_ten_megabytes_get_a_sentence_and_keep_the_rest(self, client, form_page):
        response = send(client, form_page, long_text="x" * 10_000_000)

        html = response.content.decode()
        assert response.status_code == 422
        assert "This has 10,000,000 characters; at most 5,000 can be sent." in html
        assert 'value="Ada Quillfeather"' in html
        assert len(html) < 1_000_000

    def test_of_more_bytes_than_the_site_reads_get_the_400_page(
        self, client, form_page
    ):
        assert send(client, form_page, long_text="x" * 13_000_000).status_code == 400

    def test_are_kept_by_no_cache(self, client, form_page):
        assert "no-store" in send(client, form_page, email="x").headers["Cache-Control"]


class TestPreview:
    def test_shows_the_drafts_questions_and_sends_nothing(self, form_page, rf):
        stream = form_page._meta.get_field("questions").stream_block
        form_page.questions = stream.to_python(
            [question("email", label="Not yet public")]
        )

        request = rf.get(form_page.url)
        response = form_page.make_preview_request(request, "")

        html = (
            response.render().content.decode()
            if not response.is_rendered
            else (response.content.decode())
        )
        assert "Not yet public" in html
        assert "Nothing can be sent" in html
        assert '<form class="form" method' not in html
        assert form_page.definitions.count() == 1

    def test_readers_see_the_last_published_questions(self, client, form_page):
        stream = form_page._meta.get_field("questions").stream_block
        form_page.questions = stream.to_python(questions("email"))
        form_page.save_revision()

        assert LABELS["number"] in client.get(form_page.url).content.decode()
