"""The defects of the source page in other words, at other places, each at its block."""

from datetime import UTC, datetime

import pytest

from articles.models.contributions import Contribution
from evidence.rules.subjects import is_not_in_people
from evidence.vocabulary import Species, Status
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
    SiteImageFactory,
)
from tests.helpers.factories_evidence import ReferenceFactory, citation

from .test_source_page import found

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def works():
    return {
        "rats": ReferenceFactory(
            title="Mesenchymal cells restore walking in rats", issued_year=2021
        ),
        "dish": ReferenceFactory(
            title="Neural precursors in vitro", issued_year=2021, species=""
        ),
        "mice": ReferenceFactory(species=Species.ANIMAL, issued_year=2022),
        "gone": ReferenceFactory(
            doi="10.1177/1352458509104590",
            pmid="19389750",
            title="A trial of cells that was taken back",
            issued_year=2022,
            status=Status.RETRACTED,
        ),
        "good": ReferenceFactory(species=Species.HUMAN, issued_year=2024),
    }


def rich(words):
    return f"<p>{words}</p>"


def para(words):
    return ("paragraph", rich(words))


def heading(words, level="2"):
    return ("heading", {"text": words, "level": level})


def items(kind, *texts):
    return ("list", {"kind": kind, "items": [rich(each) for each in texts]})


def question(asked, answer):
    return ("questions", {"items": [{"question": asked, "answer": rich(answer)}]})


def table(columns, cells, caption=""):
    named = [{"type": "text", "heading": each} for each in columns]
    rows = [{"values": [rich(each) for each in cells]}]
    return (
        "comparison",
        {"table": {"columns": named, "rows": rows, "caption": caption}},
    )


def note(words, heading=""):
    return ("callout", {"kind": "note", "heading": heading, "text": rich(words)})


def caption(words):
    image = SiteImageFactory()
    image.contextual_alt_text = "Two people by the sea"
    return ("figure", {"image": image, "caption": rich(words)})


def spoken(words):
    return ("spoken_quotation", {"text": rich(words), "speaker": "Bo Lind"})


def written(words):
    return ("attributed_quotation", {"text": rich(words), "author": "Bo Lind"})


BETWEEN = (para("Something in between."), set())
ABSOLUTE = {"absolute-wording"}
ALONE = {"outcome-alone"}
NAME = {"name-spelling"}


def absolute():
    return [
        (heading("A cure at last"), ABSOLUTE),
        (para("The infusion is one hundred per cent safe."), ABSOLUTE),
        (items("ticks", "100 percent effective", "Quick"), ABSOLUTE),
        (items("bullets", "Side effects: none"), ABSOLUTE),
        (question("Is it dangerous?", "There are zero side effects."), ABSOLUTE),
        (question("Why is there no risk?", "We look twice."), set()),
        (table(["Cells"], ["Risk of rejection: 0 %"]), ABSOLUTE),
        (table(["No-risk treatment"], ["Two days"]), ABSOLUTE),
        (table(["Cells"], ["Two days"], "Guaranteed results, compared"), ABSOLUTE),
        (note("It\u2019s clinically proven."), ABSOLUTE),
        (note("Ask us.", "Risk\u2011free"), ABSOLUTE),
        (caption("Our method never fails."), ABSOLUTE),
        (spoken("There\u2019s no risk at all."), ABSOLUTE),
        (written("Rejection is impossible."), ABSOLUTE),
        (para("The treat\u00adment is com\u00adplete\u00adly safe."), ABSOLUTE),
        (para("We have never seen a single compli\u00adcation."), ABSOLUTE),
        (para("<b>Every</b> patient <i>improves</i>."), ABSOLUTE),
        (para("Without&nbsp;exception, people improve."), ABSOLUTE),
        (para("It gets rid of the illness for good."), ABSOLUTE),
        (para("You will walk again."), ABSOLUTE),
        (para("“You will walk again” is what nobody can promise."), set()),
    ]


def of_people(works):
    cite = {name: citation(work) for name, work in works.items()}
    fact = {"figure": "8 in 10", "text": "<p>improved.</p>", "reference": works["mice"]}
    return [
        (para(f"Patients walk further{cite['rats']}."), {"not-in-people"}),
        (items("bullets", f"Women heal faster{cite['dish']}."), {"not-in-people"}),
        (question("For whom?", f"Children gain{cite['mice']}."), {"not-in-people"}),
        (table(["Cells"], [f"Adults gain{cite['mice']}."]), {"not-in-people"}),
        (note(f"Your nerves recover{cite['mice']}."), {"not-in-people"}),
        (("key_fact", fact), {"not-in-people"}),
        (para(f"Rats walk further{cite['rats']}."), set()),
        (para(f"Patients walk further{cite['good']}."), set()),
    ]


@pytest.mark.parametrize(
    ("title", "is_of_others"),
    [
        ("Mesenchymal cells restore walking in rats", True),
        ("Recovery of aged C57BL/6 mice", True),
        ("Cells in a mouse stroke model", True),
        ("Neural precursors in vitro", True),
        ("In vitro fertilisation outcomes in Denmark", False),
        ("In-vitro fertilization and birth weight", False),
        ("Rodents and hantavirus disease in Germany", False),
        ("Leptospirosis after contact with rats", False),
        ("Toxoplasma in cats and risk for schizophrenia", False),
        ("Allergy to mice: prevalence", False),
        ("Murine typhus in Texas", False),
    ],
)
def test_a_title_tells_animals_that_were_studied_from_those_around(title, is_of_others):
    assert is_not_in_people(ReferenceFactory.build(title=title)) is is_of_others


LINK = '<a href="https://doi.org/10.1177/1352458509104590">a trial</a>'
TAKEN_BACK = [
    para(f"It was shown in {LINK}."),
    para("It was shown (doi:10.1177/1352458509104590)."),
    para("It was shown (PMID 19389750)."),
    para("It was shown (pmid: 19389750)."),
    para("It was shown (PMID:&nbsp;19389750)."),
    para("It was shown (PubMed ID 19389750)."),
    para('<a href="https://www.ncbi.nlm.nih.gov/pubmed/19389750">Shown</a>'),
    para('<a href="https://pubmed.gov/19389750">Shown</a>'),
    para('<a href="https://europepmc.org/article/MED/19389750">Shown</a>'),
    para("It was shown (10.1177/13524585\u00ad09104590)."),
    note("See 10.1177/1352458509104590."),
    question("Where was it shown?", f"In {LINK}."),
    items("bullets", "Liang (https://doi.org/10.1177/1352458509104590)"),
    (
        "list",
        {
            "kind": "numbers",
            "items": [
                "<p>Ash A. A trial of cells that was taken back. MSJ 2009;1:2-6.</p>",
                "<p>Liang J, Zhang H. Cells in MS. Mult Scler 2009;15:644-6.</p>",
            ],
        },
    ),
]


def results():
    told = [
        caption("3 months post treatment: she drives again."),
        note("Since the therapy I have been pain-free."),
        question("Does it help?", "After six injections his vision came back."),
        table(["Before", "After"], ["In bed", "After treatment he walked 200 metres."]),
        spoken("Thanks to the cells, I got my life back."),
        para("Following treatment, he left his wheelchair behind."),
        para("A 45-year-old woman could see again after the infusion."),
        items("bullets", "She returned to work after the therapy."),
    ]
    return [(each, ALONE) for each in told]


def names():
    return [
        (para("Prof. Dr. Elena Marquart was there."), NAME),
        (items("bullets", "Dr E. Marquart"), NAME),
        (caption("Pictured: ELENA MARQUART"), NAME),
        (heading("Who is Doctor Marquart"), NAME),
        (note("Ask Eléna Marquardt."), NAME),
        (para("Ask Elena Mar\u00adquardt, Dr E. Marquardt or Dr Marquardt."), set()),
    ]


def one_sided():
    quick = items("ticks", "It is quick.")
    return [
        (heading("What speaks for it"), {"one-sided"}),
        (quick, set()),
        (heading("How long it takes"), set()),
        (question("What are the advantages?", "It is quick."), {"one-sided"}),
        (table(["Benefits"], ["It is quick."]), {"one-sided"}),
        (note("It is quick.", "The pros"), {"one-sided"}),
        (heading("Why patients choose it"), {"one-sided"}),
        (quick, set()),
        (heading("Where it is done"), set()),
    ]


LISTED = "Regmi S. Stem cell therapy. Eur J Cell Biol 2019;98:1-5."
ANOTHER = "Liang J, Zhang H. Cells in MS. Mult Scler 2009;15:644-6."
TYPED = {"typed-reference-list", "uncited-entry"}


def lists(works):
    cited = para(f"It was tried{citation(works['good'])}.")
    entries = f"{LISTED}</p><p>{ANOTHER}"
    return {
        "under another heading": [cited, heading("Sources"), para(entries)],
        "with a number": [cited, heading("5. References"), para(entries)],
        "in a paragraph": [cited, para(f"<b>References</b></p><p>{entries}")],
        "without a heading": [cited, para(entries)],
        "in an answer": [cited, question("What are the sources?", entries)],
        "in a table": [cited, table(["Sources"], [entries])],
        "in a call-out": [cited, note(entries, "Sources")],
        "in German": [cited, heading("Quellen"), items("numbers", LISTED, ANOTHER)],
    }


@pytest.fixture
def article(home, at):
    at(datetime(2026, 6, 1, tzinfo=UTC))
    person = PersonPageFactory(
        parent=PeopleIndexPageFactory(parent=home), title="Elena Marquardt"
    )
    index = ArticleIndexPageFactory(parent=home)

    def made(blocks, **fields):
        page = ArticlePageFactory(parent=index, live=False, body=blocks, **fields)
        Contribution.objects.create(article=page, person=person, role="author")
        return page

    return made


@pytest.mark.parametrize(
    "defects",
    [
        lambda works: absolute(),
        of_people,
        lambda works: results(),
        lambda works: names(),
        lambda works: one_sided(),
    ],
    ids=["absolute", "of people", "results", "names", "one-sided"],
)
def test_each_is_named_at_its_own_block(defects, article, works):
    expected = [pair for defect in defects(works) for pair in (defect, BETWEEN)]

    at_blocks = {number: set() for number in range(len(expected))}
    for problem in found(article([block for block, _ in expected])):
        assert problem.position is not None, problem
        at_blocks[problem.position].add(problem.code)

    wrong = {
        str(expected[number][0])[:90]: codes
        for number, codes in at_blocks.items()
        if codes != expected[number][1]
    }
    assert wrong == {}


@pytest.mark.parametrize("block", TAKEN_BACK)
def test_a_retracted_work_is_found_however_it_is_named(block, article, works):
    problems = found(article([para("Words."), block]))

    retracted = [each for each in problems if each.code == "named-retracted-work"]
    assert [(each.level, each.position) for each in retracted] == [("warn", 1)]


def test_what_a_correction_says_of_a_retracted_work_is_left_alone(article, works):
    said = {"date": "2026-05-03", "text": rich(f"It cited {LINK}, since retracted.")}

    page = article([para("Words."), ("correction", said)])
    page.change_note = "Liang 2009 (PMID 19389750) was retracted."

    assert found(page) == []


def test_a_retracted_work_that_is_cited_is_named_once(article, works):
    problems = found(
        article([para(f"It was shown{citation(works['gone'])} in {LINK}.")])
    )

    assert {each.code for each in problems} == {"retracted-work"}


@pytest.mark.parametrize("where", list(lists({"good": None})))
def test_a_typed_list_is_found(where, article, works):
    problems = found(article(lists(works)[where]))

    assert {problem.code for problem in problems} == TYPED
    assert {problem.position for problem in problems} == {1}


@pytest.mark.parametrize(
    "title",
    [
        "The best treatments in 2024",
        "Stem cells: the 2024 update",
        "A guide (2024)",
        "2024: what is new",
        "Multiple sclerosis 2024 in a page",
    ],
)
@pytest.mark.parametrize("field", ["title", "seo_title"])
def test_a_year_that_is_over_is_found_in_any_title(field, title, article):
    problems = found(article([para("Words.")], **{field: title}))

    assert [(each.code, each.field) for each in problems] == [("year-in-title", field)]
