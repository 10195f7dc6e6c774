"""Pages for those who can probably not be helped: words, evidence, and ways on."""

from uuid import uuid4

import pytest

from applications.models.pages import ApplicationFormPage
from core.models.organisation import Organisation
from evidence.vocabulary import Status
from tests.applications.test_budget_of_steps import QUERIES
from tests.helpers.factories_applications import problems_of
from tests.helpers.factories_evidence import ReferenceFactory, citation
from tests.helpers.factories_steps import (
    ADULT,
    SteppedFormPageFactory,
    block,
    fill_in,
    in_steps,
    only_if,
    soup_of,
)

pytestmark = pytest.mark.django_db
ASK = '<p><a href="mailto:nurse@example.org">Ask a nurse</a></p>'


def with_exit(**value):
    """Return the form whose exit says what ``value`` holds."""
    asked = in_steps()
    condition = only_if("Are you an adult?", "is", "No")
    said = {"text": "<p>Only adults were studied.</p>", "ask": ASK}
    asked[2] = block("exit", "Not here", **{"condition": condition, **said, **value})
    return asked


def heading(level):
    value = {"text": "What was found", "level": str(level)}
    return {"type": "heading", "value": value}


def problems(asked):
    page = ApplicationFormPage(
        title="Apply", slug="apply", purpose="To decide.", retention_months=6
    )
    page.questions = page._meta.get_field("questions").stream_block.to_python(asked)
    return {problem.code: problem for problem in problems_of(page)}


@pytest.fixture
def work():
    return ReferenceFactory(title="Cells in adults", authors=[{"family": "Uccelli"}])


@pytest.fixture
def evidence(work):
    return {
        "text": f"<p>Only adults were studied.{citation(work, 'p. 4')}</p>",
        "body": [
            {
                "type": "key_fact",
                "id": "4f0f1b9e-5f0a-4f0e-9a52-1d2f6f6f3c01",
                "value": {"figure": "18", "text": "<p>years</p>", "reference": work.pk},
            }
        ],
        "alternative": "<p>A neurologist near you.</p>",
    }


@pytest.fixture
def form_page(home, evidence):
    return SteppedFormPageFactory(parent=home, questions=with_exit(**evidence))


def leave(client):
    fill_in(client, "/apply/step/1/", **{f"q-{ADULT}": "No"})
    return client.get("/apply/exit/1/")


class TestAnExit:
    def test_says_reason_evidence_alternative_and_whom_to_ask(self, client, form_page):
        page = soup_of(leave(client)).main

        assert [heading.text for heading in page.select("h1, h2")] == [
            "Not here",
            "What may help instead",
            "Ask a person",
            "References",
        ]
        assert page.select_one(".key-fact__figure").text == "18"
        assert "A neurologist near you." in page.text
        assert page.select_one('a[href="mailto:nurse@example.org"]')

    def test_numbers_and_lists_what_it_cites(self, client, form_page):
        page = soup_of(leave(client)).main

        assert [sup.text for sup in page.select("sup.citation")] == ["[1, p. 4]", "[1]"]
        assert len(page.select(".references__item")) == 1
        assert "Cells in adults" in page.select_one(".references").text

    def test_shows_a_retraction_at_once(self, client, form_page, work):
        before = leave(client).content.decode()
        work.status = Status.RETRACTED
        work.save()

        assert "Retracted" not in before
        assert "Retracted" in client.get("/apply/exit/1/").content.decode()

    def test_names_the_telephone_and_address_of_the_site(self, client, form_page):
        site = form_page.get_site()
        Organisation.objects.create(
            site=site, telephone="+351 1", email="a@example.org"
        )

        page = soup_of(leave(client)).select_one("main .exit")

        assert page.select_one('a[href="tel:+3511"]')
        assert page.select_one('a[href="mailto:a@example.org"]')

    def test_frozen_before_exits_had_parts_is_drawn(self, client, home):
        Organisation.objects.create(site=home.get_site(), telephone="+351 1")
        SteppedFormPageFactory(parent=home, questions=with_exit(ask=""))

        page = soup_of(leave(client)).main

        assert "Only adults were studied." in page.text
        assert "instead" not in page.text

    def test_costs_other_steps_nothing(
        self, client, home, form_page, django_assert_max_num_queries
    ):
        bare = SteppedFormPageFactory(parent=home, slug="bare")
        counts = []
        for page in (bare, form_page):
            client.get(f"{page.url}step/1/")
            with django_assert_max_num_queries(20) as queries:
                client.get(f"{page.url}step/1/")
            counts.append(len(queries))

        assert counts[0] == counts[1]

    def test_costs_the_same_however_much_it_cites_and_links_to(
        self, client, home, work, django_assert_max_num_queries
    ):
        counts = []
        for number in (1, 6):
            link = f'<p><a linktype="page" id="{home.pk}">So</a>{citation(work)}</p>'
            body = [
                {"type": "key_fact", "id": f"{ADULT[:-2]}{n:02}", "value": fact(link)}
                for n in range(number)
            ]
            asked = with_exit(body=body, alternative=link)
            page = SteppedFormPageFactory(parent=home, slug="x", questions=asked)
            fill_in(client, f"{page.url}step/1/", **{f"q-{ADULT}": "No"})
            client.get(f"{page.url}exit/1/")
            with django_assert_max_num_queries(QUERIES + 4) as queries:
                response = client.get(f"{page.url}exit/1/")
            listed = soup_of(response).select(".references__item")
            assert len(listed) == number + 1
            counts.append(len(queries))
            page.delete()

        assert counts[0] == counts[1]


def fact(text):
    reference = ReferenceFactory(title=f"Study {uuid4()}").pk
    return {"figure": "18", "text": text, "reference": reference}


class TestADefinition:
    def test_of_an_exit_with_text_alone_is_what_it_was(self, form_page, home):
        Organisation.objects.create(site=home.get_site(), telephone="+351 1")
        asked = with_exit(ask="")
        page = SteppedFormPageFactory(parent=home, slug="old", questions=asked)

        frozen = page.latest_definition.content["questions"][2]

        assert frozen.keys() == {"kind", "id", "title", "text", "condition"}

    def test_is_made_once_for_the_same_parts(self, form_page):
        form_page.save_revision().publish()

        assert form_page.definitions.count() == 1


class TestPublishing:
    def test_is_possible_with_reason_and_person(self):
        assert problems(with_exit()) == {}

    @pytest.mark.parametrize("reason", ["", "<p> </p>"])
    def test_needs_a_reason(self, reason):
        assert problems(with_exit(text=reason))

    def test_needs_an_answer_that_leads_there(self):
        always = {"join": "any", "tests": []}

        assert set(problems(with_exit(condition=always))) == {"exit-for-everybody"}

    @pytest.mark.parametrize("ask", ["", "<p>Somebody.</p>"])
    def test_needs_a_way_to_a_person(self, ask):
        assert set(problems(with_exit(ask=ask))) == {"exit-without-person"}

    @pytest.mark.parametrize("name", ["telephone", "email"])
    def test_takes_the_way_that_the_site_names(self, home, name):
        site = home.get_site()
        Organisation.objects.create(site=site, **{name: "a@example.org"})

        assert problems(with_exit(ask="")) == {}

    def test_warns_of_a_retracted_work_in_any_part(self, evidence, work):
        work.status = Status.RETRACTED
        work.save()
        for name in ("text", "body"):
            found = problems(with_exit(**{name: evidence[name]}))

            assert found["retracted-work"].position == 2

    def test_begins_with_a_heading_of_a_section_in_each(self):
        """Each exit is a page of its own."""
        asked = with_exit(body=[heading(2)])
        asked.insert(3, with_exit(body=[heading(3)])[2])

        assert problems(asked)["skipped-heading-level"].position == 3

    def test_refuses_a_work_that_is_gone(self):
        gone = f"<p>So it is.{citation(9999)}</p>"

        assert "dangling-citation" in problems(with_exit(alternative=gone))
