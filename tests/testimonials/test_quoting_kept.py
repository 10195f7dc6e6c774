"""What is left of a patient's words: in versions, and in what a page cites."""

import pytest
from bs4 import BeautifulSoup

from core.persons.person import CODE, Person, name
from core.persons.registry import widened
from core.publishing import gate
from testimonials.consent import changing
from testimonials.models import Consent
from testimonials.quoting.personal_data import Quotations
from testimonials.quoting.versions import QuotingVersions
from tests.helpers.factories import ArticleIndexPageFactory, ArticlePageFactory
from tests.helpers.factories_evidence import ReferenceFactory, citation
from tests.helpers.factories_testimonials import SubjectFactory, embed


@pytest.fixture
def subject(db):
    return SubjectFactory()


def quotation(subject, text="I had forgotten what walking is"):
    return ("patient_quote", {"subject": subject, "text": f"<p>{text}.</p>"})


def person(subject):
    return widened(Person(frozenset({name(CODE, subject.reference_code)})))


class TestVersions:
    def test_of_before_go_and_a_draft_is_named(self, home, subject):
        index = ArticleIndexPageFactory(parent=home)
        page = ArticlePageFactory(parent=index, body=[])
        page.body = [quotation(subject)]
        old, draft = page.save_revision(), page.save_revision()
        other = ArticlePageFactory(parent=index, body=[], live=False)
        other.body = [quotation(SubjectFactory())]
        other.save_revision()
        who = person(subject)

        (item,) = QuotingVersions().find(who)
        (by_hand,) = Quotations().find(who)

        assert (item.key, by_hand.key) == (str(old.pk), str(page.pk))
        assert by_hand.by_hand
        assert QuotingVersions().erase(item)
        assert list(page.revisions.filter(pk__in=[old.pk, draft.pk])) == [draft]

    def test_go_even_once_the_person_is_forgotten_and_the_page_is_mended(
        self, home, subject
    ):
        page = ArticlePageFactory(
            parent=ArticleIndexPageFactory(parent=home), body=[quotation(subject)]
        )
        old = page.save_revision()
        who = person(subject)
        Consent.objects.all().delete()
        subject.delete()
        page.body = []
        page.save_revision().publish()

        (item,) = QuotingVersions().find(who)

        assert item.key == str(old.pk)


def test_works_that_withheld_words_cite_are_told_to_nobody(client, home, subject):
    work = ReferenceFactory(title="Walking after treatment")
    page = embed(home, quotation(subject, f"I walk {citation(work)}"))
    assert client.get(page.url).text.count("Walking after treatment") > 1

    changing.take_back(subject)

    html = BeautifulSoup(client.get(page.url).content, "html.parser")
    assert "Walking after treatment" not in str(html)


def test_the_gate_says_what_to_do_once_the_person_is_forgotten(home, subject):
    page = embed(home, quotation(subject))
    Consent.objects.all().delete()
    subject.delete()
    page = type(page).objects.get(pk=page.pk)

    (problem,) = [
        each
        for each in gate.publishing_problems(page)
        if each.code == "quotation-beyond-consent"
    ]

    assert problem.level == "block"
    assert "do not choose another" in problem.sentence
