"""Claims: what readers, search engines and the evidence panel get of them."""

import json

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models.article_page import ArticlePage
from core.publishing import gate
from evidence.vocabulary import Certainty, Design, Direction, Finding, Species, Status
from tests.helpers.factories import ArticleIndexPageFactory
from tests.helpers.factories_evidence import ReferenceFactory, article, citation

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


def study(name, year, **values):
    return ReferenceFactory(
        authors=[{"family": name}],
        issued_year=year,
        **{
            "study_design": Design.RANDOMISED_TRIAL,
            "species": Species.HUMAN,
            "finding": Finding.FOR,
            **values,
        },
    )


def claim(*works, elsewhere=(), **values):
    """A claim as it is stored."""
    chosen = [
        {"reference": work.pk, "locator": "", "on_another_subject": work in elsewhere}
        for work in (*works, *elsewhere)
    ]
    return (
        "claim",
        {
            "sentence": "<p>People walked a little faster.</p>",
            "outcome": "Walking speed",
            "people": "Adults with progressive disease",
            "direction": Direction.MIXED,
            "grade": Certainty.LOW,
            "works": chosen,
            **values,
        },
    )


def soup_of(client, page):
    return BeautifulSoup(client.get(page.url).content, "html.parser")


def words(tag):
    return " ".join(tag.text.split())


def test_reads_as_text_with_its_works_cited_at_its_end(client, index):
    one, two = study("Ash", 2018), study("Birch", 2020)
    page = article(
        index, ("paragraph", f"<p>Words{citation(two)}.</p>"), claim(one, two)
    )

    soup = soup_of(client, page)

    shown = soup.select_one(".claim")
    assert words(shown) == "People walked a little faster.[1, 2]"
    assert [child.name for child in shown.children if child.name] == ["p"]
    assert len(soup.select(".references li")) == 2


class TestPanel:
    def test_says_what_works_are_cited_for_and_what_they_found(self, client, index):
        small = study("Ash", 2020, sample_size=48)
        large = study("Birch", 2018, finding=Finding.AGAINST, sample_size=1440)
        page = article(index, claim(small, large))

        line = soup_of(client, page).select_one(".evidence-panel__claims li")

        assert words(line) == (
            "Walking speed (Adults with progressive disease): Studies disagree, "
            "certainty low. Speaks for it: Ash 2020, 48 people. "
            "Speaks against it: Birch 2018, 1,440 people."
        )
        assert [a["href"] for a in line.select("a")] == ["#reference-1", "#reference-2"]

    def test_counts_the_works_for_and_against_and_what_says_neither(
        self, client, index
    ):
        works = [study(f"For{year}", year) for year in (2019, 2001)]
        against = study("Against", 2020, finding=Finding.AGAINST)
        review = study("Review", 2021, finding="")
        page = article(index, claim(*works, against, review), claim(review))

        first, second = soup_of(client, page).select(".evidence-panel__claims li")

        assert [words(group) for group in first.select("p")] == [
            "Speaks for it (2): For2001 2001; For2019 2019.",
            "Speaks against it: Against 2020.",
            "Others: Review 2021.",
        ]
        assert [words(group) for group in second.select("p")] == ["Review 2021."]

    def test_names_what_was_studied_on_another_subject(self, client, index):
        ours, other = study("Ash", 2020), study("Elm", 2019, sample_size=9)
        mice = study("Mole", 2017, species=Species.ANIMAL)
        page = article(index, claim(ours, mice, elsewhere=[other]))

        soup = soup_of(client, page)

        line = words(soup.select_one(".evidence-panel__claims li"))
        assert "Speaks for it: Ash 2020. Animals: Mole 2017." in line
        # What that found is not about this.
        assert line.endswith("On another subject: Elm 2019, 9 people.")
        # With one study left in people, there is no map that it could be drawn on.
        assert soup.select_one(".evidence-map") is None

    def test_does_not_count_as_evidence_what_is_from_a_laboratory(self, client, index):
        cells = study("Ivy", 2021, study_design=Design.LABORATORY, species="")
        page = article(index, claim(study("Ash", 2020), cells))

        line = words(soup_of(client, page).select_one(".evidence-panel__claims li"))

        assert "Speaks for it: Ash 2020. Cells or tissue" in line
        assert line.endswith(": Ivy 2021.")

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            ({"species": Species.ANIMAL}, "48 animals"),
            ({"species": Species.LABORATORY}, "48 samples"),
            ({"species": "", "study_design": Design.LABORATORY}, "48 samples"),
            ({"species": ""}, "48 took part"),
        ],
    )
    def test_counts_nobody_as_people_who_was_none(self, client, index, values, said):
        mole = study("Mole", 2017, sample_size=48, **values)
        page = article(index, claim(study("Ash", 2020, sample_size=1), mole))

        line = words(soup_of(client, page).select_one(".evidence-panel__claims li"))

        assert "Ash 2020, 1 person" in line
        assert f"Mole 2017, {said}" in line

    def test_names_no_retracted_work_as_evidence(self, client, index):
        ours, gone = study("Ash", 2020), study("Birch", 2019)
        page = article(index, claim(ours, gone))
        gone.status = Status.RETRACTED
        gone.save()

        line = words(soup_of(client, page).select_one(".evidence-panel__claims li"))

        assert "Birch" not in line
        assert "Studies disagree, certainty low." in line

    def test_says_nothing_of_what_no_work_is_left_for(self, client, index):
        gone, other = study("Ash", 2020), study("Elm", 2019)
        page = article(index, claim(gone, elsewhere=[other]))
        gone.status = Status.RETRACTED
        gone.save()

        soup = soup_of(client, page)

        line = words(soup.select_one(".evidence-panel__claims li"))
        assert line.startswith("Walking speed (Adults with progressive disease). On")

    def test_does_not_say_that_nobody_looked_beside_who_did(self, client, index):
        none = claim(study("Ash", 2020), direction=Direction.NONE)
        page = article(index, none, live=False)
        # From before it was refused.
        ArticlePage.objects.filter(pk=page.pk).update(live=True)

        line = words(soup_of(client, page).select_one(".evidence-panel__claims li"))

        assert "No study" not in line
        codes = [problem.code for problem in gate.publishing_problems(page)]
        assert "unsupported-fact" in codes

    def test_is_as_before_without_claims(self, client, index):
        page = article(index, ("paragraph", f"<p>x{citation(study('Ash', 2020))}</p>"))

        assert soup_of(client, page).select(".evidence-panel__claims") == []


def graph_of(soup):
    (script,) = soup.select('script[type="application/ld+json"]')
    return {node["@type"]: node for node in json.loads(script.string)["@graph"]}


class TestGraph:
    def test_has_a_claim_with_the_works_that_studied_it(self, client, index):
        ours = study("Ash", 2020, doi="10.1000/1")
        other = study("Elm", 2019, doi="10.1000/2")
        gone = study("Yew", 2018, doi="10.1000/3")
        supported = claim(ours, gone, elsewhere=[other], direction=Direction.SUPPORTS)
        page = article(index, supported)
        gone.status = Status.RETRACTED
        gone.save()

        node = graph_of(soup_of(client, page))["Article"]

        assert node["hasPart"] == [
            {
                "@type": "Claim",
                "text": "People walked a little faster.",
                "citation": [{"@id": "https://doi.org/10.1000/1"}],
            }
        ]

    def test_has_none_that_studies_do_not_support(self, client, index):
        against = claim(study("Ash", 2020), direction=Direction.AGAINST)
        gone = study("Elm", 2020)
        lost = claim(gone, direction=Direction.SUPPORTS)
        page = article(index, claim(direction=Direction.NONE), against, lost)
        gone.status = Status.RETRACTED
        gone.save()

        assert "hasPart" not in graph_of(soup_of(client, page))["Article"]


def test_twenty_cost_as_many_queries_as_one(client, index):
    pages = [
        article(index, *(claim(study(f"A{n}", 2020)) for n in range(count)))
        for count in (1, 20)
    ]
    counts = []
    for page in pages:
        client.get(page.url)
        with CaptureQueriesContext(connection) as captured:
            client.get(page.url)
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_takes_a_merged_work_for_the_one_that_stays(client, index):
    kept = study("Ash", 2020)
    merged = ReferenceFactory(merged_into=kept)
    page = article(index, claim(merged))

    soup = soup_of(client, page)

    assert "Ash 2020" in words(soup.select_one(".evidence-panel__claims li"))
