"""A long page about a treatment, with every defect such pages have, and mended.

The page is of the kind that this product grew from: a hopeful title, a byline, a list
of advantages, quotations, references typed by hand, a patient's timeline. The
gate must name each defect at its own block, and must let the mended page pass.
"""

from datetime import UTC, date, datetime

import pytest

from articles.models.contributions import Contribution
from core.publishing import gate
from evidence.models import Reference
from evidence.vocabulary import Species, Status
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
    SiteImageFactory,
)
from tests.helpers.factories_evidence import ReferenceFactory, citation
from tests.helpers.factories_testimonials import (
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

# What other files are about.
OTHERS = {"structured-data", "description-out-of-length", "article-without-author"}


@pytest.fixture
def works():
    return {
        "liang": ReferenceFactory(authors=[{"family": "Liang"}], issued_year=2009),
        "mice": ReferenceFactory(
            authors=[{"family": "Mole"}], issued_year=2012, species=Species.ANIMAL
        ),
        "gone": ReferenceFactory(
            authors=[{"family": "Ash"}], issued_year=2011, status=Status.RETRACTED
        ),
        "petrou": ReferenceFactory(species=Species.HUMAN, issued_year=2020),
    }


@pytest.fixture
def people(home):
    index = PeopleIndexPageFactory(parent=home)
    return [PersonPageFactory(parent=index, title="Elena Marquardt")]


def claim(work):
    return {
        "sentence": "<p>In the trial, most people walked as far as before.</p>",
        "outcome": "Walking",
        "direction": "mixed",
        "works": [{"reference": work}],
    }


@pytest.fixture
def story(home, works):
    """A patient's timeline that is told to go on, and has not for years."""
    stories = TestimonialIndexPageFactory(parent=home)
    entry = {
        "date": date(2023, 3, 1),
        "heading": "Three months post treatment",
        "own_words": "<p>I no longer need my stick.</p>",
    }
    return TestimonialPageFactory(
        parent=stories,
        live=False,
        ongoing=True,
        title="Step by step",
        timeline=[("entry", entry)],
    )


@pytest.fixture
def shown(home):
    """A published story that tells of no result by itself."""
    stories = TestimonialIndexPageFactory(parent=home, slug="told")
    return TestimonialPageFactory(parent=stories, title="On the ward")


def para(words):
    return ("paragraph", f"<p>{words}</p>")


def heading(words):
    return ("heading", {"text": words, "level": "2"})


def picture(caption):
    image = SiteImageFactory()
    image.contextual_alt_text = "Two people by the sea"
    return ("figure", {"image": image, "caption": f"<p>{caption}</p>"})


def original(works, shown):
    """Pairs of a block and the codes that its defects must be given."""
    cite = {name: citation(work) for name, work in works.items()}
    cell = "<p>No risk of rejection</p>"
    table = {
        "columns": [{"type": "text", "heading": "Stem cells"}],
        "rows": [{"values": [cell]}],
        "caption": "Two treatments compared",
    }
    answer = {"question": "Is it safe?", "answer": "<p>It is completely safe.</p>"}
    return [
        (para(f"Patients walk further{cite['mice']}."), {"not-in-people"}),
        (para(f"It was shown early{cite['liang']}{cite['gone']}."), {"retracted-work"}),
        (
            ("key_fact", {"figure": "8 in 10", "text": "<p>improved.</p>"}),
            {"unsupported-fact"},
        ),
        (para("Stem cells cure multiple sclerosis."), {"absolute-wording"}),
        (para("There has never been a case of rejection."), {"absolute-wording"}),
        (heading("What are the advantages?"), {"one-sided"}),
        (("list", {"kind": "ticks", "items": ["<p>It is quick.</p>"]}), set()),
        (heading("Questions we hear"), set()),
        (("questions", {"items": [answer]}), {"absolute-wording"}),
        (("comparison", {"table": table}), {"absolute-wording"}),
        (
            picture("Pictured: after the treatment she walks unaided."),
            {"outcome-alone"},
        ),
        (para("Dr Elena Marquart was there on that day."), {"name-spelling"}),
        (
            (
                "spoken_quotation",
                {"text": "<p>It always works.</p>", "speaker": "Bo Lind"},
            ),
            {"absolute-wording"},
        ),
        (
            heading("References"),
            {"uncited-entry", "typed-reference-list", "cut-off-entry"},
        ),
        (
            (
                "list",
                {
                    "kind": "numbers",
                    "items": [
                        "<p>Regmi S. Stem cell therapy. Eur J Cell Biol 2019;98:1.</p>",
                        "<p>Liang J, Zhang H. Mult Scler 2009;15:644. Cells and</p>",
                    ],
                },
            ),
            set(),
        ),
        (
            (
                "testimonial_quote",
                {"story": shown, "text": "<p>My pain has gone.</p>"},
            ),
            {"untypical-result"},
        ),
    ]


def mended(works, shown):
    cite = {name: citation(work) for name, work in works.items()}
    answer = {
        "question": "Is it safe?",
        "answer": f"<p>Some people have a fever for a day{cite['petrou']}.</p>",
    }
    table = {
        "columns": [{"type": "text", "heading": "Stem cells"}],
        "rows": [{"values": ["<p>An infection is possible</p>"]}],
        "caption": "Two treatments compared",
    }
    return [
        para(f"Mice with a similar illness walk further{cite['mice']}."),
        para(f"It was tried early{cite['liang']}."),
        (
            "key_fact",
            {
                "figure": "48",
                "text": "<p>people took part.</p>",
                "reference": works["petrou"],
            },
        ),
        para("There is no cure yet; cells may slow the illness down."),
        para("Rejection has not been looked for in many people."),
        heading("What are the advantages?"),
        ("list", {"kind": "ticks", "items": ["<p>It is quick.</p>"]}),
        heading("And the risks?"),
        ("questions", {"items": [answer]}),
        ("comparison", {"table": table}),
        picture("Pictured: after the treatment she walks unaided."),
        ("claim", claim(works["petrou"])),
        para("Dr Elena Marquardt was there on that day."),
        ("spoken_quotation", {"text": "<p>It helps some.</p>", "speaker": "Bo Lind"}),
        ("testimonial_quote", {"story": shown, "text": "<p>My pain has gone.</p>"}),
        ("claim", claim(works["petrou"])),
    ]


def page_of(home, people, blocks, **fields):
    index = ArticleIndexPageFactory(parent=home)
    page = ArticlePageFactory(parent=index, live=False, body=blocks, **fields)
    Contribution.objects.create(article=page, person=people[0], role="author")
    return page


def found(page):
    every = [*gate.publishing_problems(page), *gate.suggestions(page)]
    return [p for p in every if p.code not in OTHERS]


def test_each_defect_is_named_at_its_own_block(home, people, works, shown, at):
    at(datetime(2026, 6, 1, tzinfo=UTC))
    expected = original(works, shown)
    page = page_of(
        home,
        people,
        [block for block, _ in expected],
        title="Can stem cells help in 2024?",
        standfirst="A treatment that works for everyone.",
    )

    problems = found(page)

    at_blocks = {}
    for problem in problems:
        if problem.position is not None and problem.code != "old-evidence":
            at_blocks.setdefault(problem.position, set()).add(problem.code)
    assert at_blocks == {n: codes for n, (_, codes) in enumerate(expected) if codes}
    of_fields = {(p.code, p.field) for p in problems if p.position is None}
    assert of_fields == {("year-in-title", "title"), ("absolute-wording", "standfirst")}
    # The newest work that still counts is of 2012, and stands in the first paragraph.
    (old,) = [p for p in problems if p.code == "old-evidence"]
    assert (old.level, old.position) == ("warn", 0)
    with pytest.raises(gate.PublishBlocked):
        page.save_revision().publish()


def test_mended_it_is_published_without_a_word(home, people, works, shown, at):
    at(datetime(2026, 6, 1, tzinfo=UTC))
    page = page_of(
        home,
        people,
        mended(works, shown),
        title="Can stem cells help?",
        standfirst="What trials have found, and what they have not.",
    )

    assert [(p.code, p.position) for p in found(page)] == []
    page.save_revision().publish()
    page.refresh_from_db()
    assert page.live


def test_the_story_is_refused_and_warned_of_until_it_is_mended(story, works, at):
    at(datetime(2026, 6, 1, tzinfo=UTC))
    assert [(p.code, p.level, p.field) for p in found(story)] == [
        ("untypical-result", "block", "typical"),
        ("nothing-new", "warn", "ongoing"),
    ]

    story.ongoing = False
    work = Reference.objects.get(pk=works["petrou"].pk)
    story.typical = [("claim", claim(work))]

    assert found(story) == []
    story.save_revision().publish()
