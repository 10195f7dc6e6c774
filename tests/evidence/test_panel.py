"""What a page says of the evidence it rests on, and that it claims no more."""

import pytest
from bs4 import BeautifulSoup
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from articles.models.article_page import ArticlePage
from evidence.bibliography.evidence_panel import Kind, evidence_base, kind_of
from evidence.models import Reference
from evidence.vocabulary import Design, Species, Status
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    TopicFactory,
    TopicIndexPageFactory,
    TopicPageFactory,
)
from tests.helpers.factories_evidence import (
    ReferenceFactory,
    article,
    citation,
    paragraph,
)

TRIAL = {"study_design": Design.TRIAL, "species": Species.HUMAN}
RANDOMISED = {**TRIAL, "study_design": Design.RANDOMISED_TRIAL}

works = st.builds(
    Reference,
    study_design=st.sampled_from(["", *Design.values]),
    species=st.sampled_from(["", *Species.values]),
    status=st.sampled_from(Status.values),
    issued_year=st.none() | st.integers(1950, 2030),
)


def base_of(*records):
    return evidence_base(enumerate(records, start=1))


def work(**values):
    return Reference(**{"issued_year": None, **values})


def lines(*records):
    return [f"{count} {words}" for count, words in base_of(*records).lines]


class TestCounting:
    @given(st.lists(works))
    def test_every_work_counts_once_or_is_retracted(self, cited):
        base = base_of(*cited)

        assert base.counts.total() + len(base.retracted) == len(cited)
        assert sum(count for count, _ in base.lines) == base.counts.total()

    @given(st.lists(works))
    def test_what_was_retracted_is_named_and_counts_as_nothing(self, cited):
        base = base_of(*cited)
        kept = [w for w in cited if w.status != Status.RETRACTED]

        assert [w for _, w in base.retracted] == [w for w in cited if w not in kept]
        assert base.counts == base_of(*kept).counts
        assert base.newest == base_of(*kept).newest

    @given(st.lists(works))
    def test_the_order_of_the_works_changes_nothing(self, cited):
        assert base_of(*cited).lines == base_of(*reversed(cited)).lines

    @given(works)
    def test_a_study_in_people_is_one_whose_record_says_so(self, record):
        kind = kind_of(record.study_design, record.species)

        if kind in {Kind.TRIAL, Kind.OBSERVATIONAL, Kind.CASES}:
            assert record.species == Species.HUMAN
            assert record.study_design != Design.LABORATORY

    @given(works)
    def test_a_work_without_a_design_is_not_classified(self, record):
        is_unknown = kind_of(record.study_design, record.species) is Kind.UNCLASSIFIED

        assert is_unknown or record.study_design

    @given(st.lists(works))
    def test_the_newest_year_is_that_of_a_work_that_counts(self, cited):
        years = {w.issued_year for w in cited if w.status != Status.RETRACTED} - {None}

        assert base_of(*cited).newest == max(years, default=None)

    @given(st.lists(works))
    def test_what_is_doubted_or_corrected_is_named_and_counts(self, cited):
        base = base_of(*cited)
        named = [number for number, _ in base.of_concern + base.corrected]

        assert sorted(named) == [
            number
            for number, w in enumerate(cited, start=1)
            if w.status in {Status.CONCERN, Status.CORRECTED}
        ]

    @pytest.mark.parametrize("species", [Species.ANIMAL, Species.LABORATORY])
    @pytest.mark.parametrize("design", [Design.TRIAL, Design.COHORT, Design.LABORATORY])
    def test_animals_and_cells_are_no_trial_in_people(self, design, species):
        [line] = lines(work(study_design=design, species=species))

        assert "people" not in line

    def test_a_trial_whose_record_does_not_say_in_whom_is_not_classified(self):
        assert lines(work(study_design=Design.TRIAL)) == [
            "1 other work, not classified by kind of study"
        ]


class TestWords:
    @pytest.mark.parametrize(
        ("records", "said"),
        [
            ([RANDOMISED], "1 trial in people, randomised"),
            ([TRIAL], "1 trial in people, not randomised"),
            ([RANDOMISED, TRIAL, TRIAL], "3 trials in people, 1 of them randomised"),
            ([RANDOMISED] * 2, "2 trials in people, both randomised"),
            ([RANDOMISED] * 3, "3 trials in people, all randomised"),
            ([TRIAL] * 2, "2 trials in people, none of them randomised"),
            (
                [
                    {"study_design": Design.SYSTEMATIC_REVIEW, "species": "animal"},
                    {"study_design": Design.REVIEW},
                ],
                "2 reviews of earlier studies, 1 of them systematic, "
                "1 of them on animals or laboratory work",
            ),
            ([{"study_design": Design.REVIEW}], "1 review of earlier studies"),
            ([{"study_design": Design.LABORATORY}], "1 laboratory study"),
            ([{}, {}], "2 other works, not classified by kind of study"),
        ],
    )
    def test_are_those_a_patient_understands(self, records, said):
        assert lines(*[work(**record) for record in records]) == [said]

    def test_begin_with_what_says_most_about_people(self):
        said = lines(work(), work(study_design=Design.LABORATORY), work(**TRIAL))

        assert [line.split()[1] for line in said] == ["trial", "laboratory", "other"]


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


def live(index, *blocks):
    """An article that was published before the gate had anything against it."""
    page = article(index, *blocks, live=False)
    ArticlePage.objects.filter(pk=page.pk).update(live=True)
    return page


def panel_of(client, page):
    soup = BeautifulSoup(client.get(page.url).content, "html.parser")
    return soup.select_one(".evidence-panel")


def text_of(tag):
    return " ".join(tag.text.split())


class TestPanel:
    def test_stands_before_the_text_and_counts_what_the_page_cites(self, client, index):
        trial = ReferenceFactory(**RANDOMISED, issued_year=2020)
        mice = ReferenceFactory(study_design=Design.COHORT, species=Species.ANIMAL)
        page = article(index, paragraph(citation(trial), citation(mice)))

        soup = BeautifulSoup(client.get(page.url).content, "html.parser")

        panel = soup.select_one(".body > :first-child")
        assert panel["class"] == ["evidence-panel"]
        assert panel.h2.text == "Evidence at a glance"
        assert [text_of(li) for li in panel.select("li")] == [
            "1 trial in people, randomised",
            "1 study in animals",
        ]
        assert "The newest is from 2020." in text_of(panel)
        assert "<!--" not in str(soup.select_one("main"))
        assert "glance" not in str(soup.select_one(".contents") or "")

    def test_leads_to_what_was_retracted_doubted_or_corrected(self, client, index):
        gone, doubted, mended = (
            ReferenceFactory(**TRIAL, status=status, authors=[{"family": name}])
            for status, name in [
                (Status.RETRACTED, "Ash"),
                (Status.CONCERN, "Birch"),
                (Status.CORRECTED, "<Cedar>"),
            ]
        )
        page = live(index, paragraph(*map(citation, (gone, doubted, mended))))

        panel = panel_of(client, page)

        assert text_of(panel.li) == "2 trials in people, none of them randomised"
        assert "Retracted, and not counted: Ash 2020." in text_of(panel)
        assert "Under an expression of concern: Birch 2020." in text_of(panel)
        assert "Corrected since publication: <Cedar> 2020." in text_of(panel)
        hrefs = [link["href"] for link in panel.select("a")]
        assert hrefs == ["#reference-1", "#reference-2", "#reference-3"]

    def test_of_nothing_but_a_retracted_work_claims_no_evidence(self, client, index):
        gone = ReferenceFactory(**TRIAL, status=Status.RETRACTED)

        panel = panel_of(client, live(index, paragraph(citation(gone))))

        assert panel.ul is None
        assert "newest" not in panel.text
        assert "Retracted, and not counted: Petrou 2020." in text_of(panel)

    def test_counts_a_work_and_the_one_merged_into_it_as_one(self, client, index):
        kept = ReferenceFactory(**TRIAL)
        merged = ReferenceFactory(merged_into=kept)
        page = article(index, paragraph(citation(kept), citation(merged)))

        [line] = panel_of(client, page).select("li")

        assert text_of(line) == "1 trial in people, not randomised"

    def test_is_not_there_where_nothing_is_cited(self, client, index):
        assert panel_of(client, ArticlePageFactory(parent=index)) is None

    def test_is_not_there_where_only_a_lost_reference_is_cited(self, client, index):
        page = live(index, paragraph(citation(987654)))

        assert panel_of(client, page) is None

    def test_stands_on_topic_pages_too(self, client, home):
        parent = TopicIndexPageFactory(parent=home)
        page = TopicPageFactory(parent=parent, topic=TopicFactory())
        page.body = [paragraph(citation(ReferenceFactory(**TRIAL)))]
        page.save()

        assert panel_of(client, page)

    def test_takes_no_query_of_its_own(self, db, django_assert_num_queries):
        page = Template(
            "{% load evidence_tags %}{% citations %}{% evidence_panel %}{% cite a %}"
            "{% cite b %}{% endcitations %}"
        )
        a, b = ReferenceFactory.create_batch(2)

        with django_assert_num_queries(1):
            html = page.render(Context({"a": a, "b": b}))

        assert "2</b> other works" in html

    def test_shows_an_editor_what_the_unsaved_text_rests_on(self, index):
        page = ArticlePageFactory(parent=index)
        page.body = [paragraph(citation(ReferenceFactory(**RANDOMISED)))]

        html = page.make_preview_request().content.decode()

        assert "trial in people, randomised" in html
