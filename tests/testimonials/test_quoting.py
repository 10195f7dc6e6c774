"""Words of patients in any page, bound to what the person allows."""

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import ReferenceIndex

from core.models import LiveProblem
from core.persons.person import CODE, Person, name
from core.publishing import gate
from testimonials.consent import changing
from testimonials.consent.mending import find_places_to_mend
from testimonials.models import Consent
from testimonials.quoting.personal_data import Quotations
from tests.helpers.factories import ArticleIndexPageFactory, ArticlePageFactory
from tests.helpers.factories_testimonials import ConsentFactory, SubjectFactory, embed

WORDS = "I had forgotten what walking is"


@pytest.fixture
def subject(db):
    return SubjectFactory()


@pytest.fixture
def page(home, subject):
    return embed(home, quotation(subject))


def quotation(subject, words=WORDS, **parts):
    return ("patient_quote", {"subject": subject, "text": f"<p>{words}.</p>", **parts})


def quote(client, page):
    html = BeautifulSoup(client.get(page.url).content, "html.parser")
    return html.select_one(".patient-quote")


def draft(home, *body):
    index = ArticleIndexPageFactory(parent=home)
    return ArticlePageFactory(parent=index, body=list(body), live=False)


def problems(page):
    return [
        (each.code, each.level, each.position)
        for each in gate.publishing_problems(page)
    ]


@pytest.mark.parametrize(
    ("scopes", "printed"),
    [
        ({}, "A patient"),
        ({"scope_initials": True}, "R. Q."),
        ({"scope_initials": True, "scope_name": True}, "Rosalind Quill"),
    ],
    ids=["neither", "initials", "name"],
)
def test_says_whose_words_they_are_as_the_person_allows(client, home, scopes, printed):
    subject = SubjectFactory(consented=False)
    ConsentFactory(subject=subject, **scopes)
    page = embed(home, quotation(subject, context="In spring"))

    found = quote(client, page)

    assert WORDS in found.blockquote.text
    assert " ".join(found.figcaption.text.split()) == f"{printed} · In spring"


@pytest.mark.parametrize(
    "end",
    [
        lambda subject: changing.take_back(subject),
        lambda subject: changing.narrow(subject, ["scope_medical_detail"]),
        lambda subject: changing.narrow(subject, ["channel_website"]),
        lambda subject: Consent.objects.update(withdrawn_at=timezone.now()),
        lambda subject: Consent.objects.update(valid_until="2026-01-02"),
    ],
    ids=["taken back", "narrowed", "not for the website", "in bulk", "lapsed"],
)
def test_is_gone_with_the_next_request_once_consent_ends(client, page, subject, end):
    assert quote(client, page)

    end(subject)

    assert WORDS not in client.get(page.url).text


def test_is_gone_once_the_person_is(client, page, subject):
    Consent.objects.all().delete()
    subject.delete()

    answer = client.get(page.url)

    assert answer.status_code == 200
    assert WORDS not in answer.text


def test_tells_of_a_relation_to_the_organisation(client, home):
    page = embed(home, quotation(SubjectFactory(relation="paid")))

    said = quote(client, page).select_one(".testimonial__disclosure")

    assert said.text == "Disclosure: The person who tells this story was paid for it."


def test_costs_no_query_more_however_many_are_quoted(client, home):
    index = ArticleIndexPageFactory(parent=home)
    people = [SubjectFactory() for _each in range(3)]

    def asked(number):
        body = [quotation(each) for each in people[:number]]
        page = ArticlePageFactory(parent=index, body=body)
        client.get(page.url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page.url).text.count(WORDS) == number
        return len(queries)

    assert asked(1) == asked(3)


def test_the_gate_refuses_words_that_no_consent_covers(home):
    lapsed = SubjectFactory(consented__valid_until="2026-01-02")
    page = draft(home, quotation(lapsed))

    assert problems(page) == [("quotation-beyond-consent", "block", 0)]
    with pytest.raises(gate.PublishBlocked, match="no consent covers them today"):
        page.save_revision().publish()


def test_the_gate_has_nothing_against_words_that_are_covered(page):
    assert problems(page) == []


def test_the_gate_warns_of_the_name_typed_beside_the_words(home, subject):
    page = draft(
        home, quotation(subject), ("paragraph", "<p>Rosalind came in May.</p>")
    )

    assert problems(page) == [("subject-named", "warn", 1)]


def test_the_gate_asks_for_the_typical_result_beside_a_result(home, subject):
    page = draft(home, quotation(subject, "I walk without a stick again"))

    assert ("untypical-result", "block", 0) in problems(page)


def test_the_page_is_to_mend_once_consent_ends_and_no_more_once_it_is_back(
    page, subject
):
    changing.take_back(subject)
    find_places_to_mend.func()
    assert set(LiveProblem.objects.values_list("page", "code")) == {
        (page.pk, "quotation-beyond-consent")
    }

    ConsentFactory(subject=subject)
    find_places_to_mend.func()
    assert not LiveProblem.objects.exists()


def test_no_search_finds_the_words_even_after_the_index_is_made_anew(client, page):
    call_command("update_index", verbosity=0)

    assert client.get(page.url).text.count(WORDS) == 1
    assert "forgotten" not in " ".join(
        str(each) for each in page.body.stream_block.get_searchable_content(page.body)
    )
    assert page.url not in client.get("/search/", {"query": "forgotten"}).text


def test_erasing_the_person_names_the_page_that_quotes_them(page, subject):
    assert ReferenceIndex.get_references_to(subject).exists()

    person = Person(frozenset({name(CODE, subject.reference_code)}))
    (item,) = Quotations().find(person)

    assert item.key == str(page.pk)
