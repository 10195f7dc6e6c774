"""What the gate says about the works a page cites, and about citations only typed."""

import json

import pytest
from bs4 import BeautifulSoup
from wagtail.models import Site

from articles.models.article_page import ArticlePage
from articles.models.contributions import Contribution
from core.publishing import gate
from demonstration.seeding.load import load
from evidence.models import TO_BE_COMPLETED
from evidence.rules.typed import StrayCitation
from evidence.site_settings import EvidenceRules
from evidence.vocabulary import Status
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
    SiteImageFactory,
)
from tests.helpers.factories_evidence import (
    ReferenceFactory,
    article,
    citation,
    everywhere,
    paragraph,
)
from tests.helpers.page_form import add_url, edit_url, posted

BLOCK = "6f1c2c52-5f0a-4a51-8d3a-6d2f0f4f6a01"


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


@pytest.fixture
def admin(log_in):
    return log_in(None)


def draft(index, *blocks, **fields):
    return article(index, *blocks, live=False, **fields)


def found(page):
    """Code, level, field and place of everything the gate says of sources."""
    problems = [*gate.publishing_problems(page), *gate.suggestions(page)]
    ours = {
        "incomplete-reference",
        "retracted-work",
        "questioned-work",
        "stray-citation",
        "typed-number",
        "typed-reference-list",
        "uncited-entry",
        "cut-off-entry",
        "cut-off-reference",
    }
    return [(p.code, p.level, p.field, p.position) for p in problems if p.code in ours]


class TestCitedWorks:
    def test_of_which_only_a_number_is_known_cannot_be_published(self, index):
        work = ReferenceFactory(title=f"{TO_BE_COMPLETED}10.1000/182", authors=[])
        page = draft(index, ("paragraph", "<p>x</p>"), paragraph(citation(work)))

        assert found(page) == [("incomplete-reference", "block", "body", 1)]
        with pytest.raises(gate.PublishBlocked, match=r"10\.1000/182.*Complete its"):
            page.save_revision().publish()

    def test_that_are_completed_open_the_gate(self, index):
        work = ReferenceFactory(title=f"{TO_BE_COMPLETED}10.1000/182")
        page = draft(index, paragraph(citation(work)))
        work.title = "Its title"
        work.save()

        assert found(page) == []

    def test_a_reason_for_one_that_is_cut_off_lapses_when_its_record_changes(
        self, index
    ):
        work = ReferenceFactory(title="The effect of")
        page = draft(index, paragraph(citation(work)), override_reason="It is so.")
        page.answered_problems = [p.key for p in gate.publishing_problems(page)]
        assert found(page) == []

        work.title = "The effect of training and"
        work.save()

        assert found(page) == [("cut-off-reference", "warn", "body", 0)]

    def test_that_were_retracted_are_refused_whatever_the_reason(self, index):
        work = ReferenceFactory(status=Status.RETRACTED)
        page = draft(index, paragraph(citation(work)), override_reason="It tells why.")
        page.answered_problems = [p.key for p in gate.publishing_problems(page)]

        with pytest.raises(gate.PublishBlocked, match="was retracted"):
            page.save_revision().publish()

    def test_that_were_retracted_take_a_reason_where_the_site_says_so(
        self, admin, index
    ):
        site = Site.objects.get(is_default_site=True)
        EvidenceRules.objects.create(site=site, retracted_work="warn")
        work = ReferenceFactory(status=Status.RETRACTED)
        page = draft(index, title="Before")
        body = {
            "body-count": 1,
            "body-0-deleted": "",
            "body-0-order": 0,
            "body-0-type": "paragraph",
            "body-0-id": BLOCK,
            "body-0-value": json.dumps(
                {
                    "entityMap": {
                        "0": {
                            "type": "CITATION",
                            "mutability": "IMMUTABLE",
                            "data": {"id": str(work.pk), "locator": "", "label": "x"},
                        }
                    },
                    "blocks": [
                        {
                            "key": "a",
                            "text": "A [x]",
                            "type": "unstyled",
                            "depth": 0,
                            "inlineStyleRanges": [],
                            "entityRanges": [{"offset": 2, "length": 3, "key": 0}],
                        }
                    ],
                }
            ),
        }
        publish = {**posted(), **body, "action-publish": "1"}

        refused = admin.post(edit_url(page), publish)
        passed = admin.post(
            edit_url(page), {**publish, "override_reason": "It tells why."}
        )

        assert "was retracted" in refused.content.decode()
        assert passed.status_code == 302
        kept = ArticlePage.objects.get(pk=page.pk)
        assert kept.live
        [key] = kept.answered_problems
        assert key.startswith(f"retracted-work:{BLOCK}:")

    @pytest.mark.parametrize(
        ("status", "said"),
        [
            (Status.CONCERN, "under an expression of concern"),
            (Status.CORRECTED, "was corrected after"),
        ],
    )
    def test_that_are_doubted_or_corrected_are_a_suggestion(self, index, status, said):
        work = ReferenceFactory(status=status)
        page = draft(index, paragraph(citation(work)))

        assert found(page) == [("questioned-work", "suggest", "body", 0)]
        assert any(said in problem.sentence for problem in gate.suggestions(page))

    def test_are_named_once_where_they_are_first_cited(self, index):
        work = ReferenceFactory(status=Status.RETRACTED)
        chosen = {"text": "<p>x</p>", "author": "Ada", "reference": work.pk}
        page = draft(
            index,
            ("attributed_quotation", chosen),
            paragraph(citation(work), citation(work)),
        )

        assert found(page) == [("retracted-work", "block", "body", 0)]

    def test_that_were_merged_are_judged_by_the_one_that_stays(self, index):
        kept = ReferenceFactory(status=Status.RETRACTED)
        merged = ReferenceFactory(merged_into=kept)

        assert found(draft(index, paragraph(citation(merged)))) == [
            ("retracted-work", "block", "body", 0)
        ]

    def test_are_fetched_once_for_all_rules_however_many_they_are(
        self, index, django_assert_num_queries
    ):
        works = ReferenceFactory.create_batch(24, status=Status.CONCERN)
        few = draft(index, *everywhere([w.pk for w in works[:12]]))
        many = draft(index, *everywhere([w.pk for w in works]))

        for page in (few, many):
            version = page.save_revision().as_object()  # what every door asks about
            assert version.get_site()  # asked for once, and kept
            list(version.body)
            # And once each: what did the import that it came from name, and when are
            # works old?
            with django_assert_num_queries(3):
                gate.publishing_problems(version)
            # And once to render the page, for what search engines would read of it.
            with django_assert_num_queries(15):
                assert gate.suggestions(version)

    def test_are_asked_about_anew_each_time(self, index):
        work = ReferenceFactory()
        page = draft(index, paragraph(citation(work)))
        assert found(page) == []

        work.status = Status.RETRACTED
        work.save()

        assert [code for code, *_ in found(page)] == ["retracted-work"]


LABEL = "[Petrou 2020, p. 14]"


class TestStrayCitation:
    @pytest.mark.parametrize(
        ("block", "value"),
        [
            ("paragraph", f"<p>Walked further {LABEL}.</p>"),
            ("paragraph", "<p>Further <b>[Petrou\u00a02020</b>, p. 14].</p>"),
            ("heading", {"text": f"Results {LABEL}", "level": "2", "anchor": "x"}),
            ("figure", {"image": None, "caption": f"<p>{LABEL}</p>"}),
            ("figure", {"image": None, "credit": LABEL}),
            ("questions", {"items": [{"question": LABEL, "answer": "<p>x</p>"}]}),
            ("list", {"kind": "bullets", "items": [f"<p>{LABEL}</p>"]}),
            ("callout", {"kind": "note", "heading": LABEL, "text": "<p>x</p>"}),
            (
                "comparison",
                {
                    "table": {
                        "columns": [{"type": "text", "heading": LABEL}],
                        "rows": [],
                        "caption": "",
                    }
                },
            ),
            (
                "comparison",
                {
                    "table": {
                        "columns": [{"type": "short", "heading": "A"}],
                        "rows": [{"values": [LABEL]}],
                        "caption": "",
                    }
                },
            ),
        ],
    )
    def test_is_found_in_every_text_of_a_block(self, index, block, value):
        ReferenceFactory()

        page = draft(index, ("paragraph", "<p>x</p>"), (block, value))

        assert found(page) == [("stray-citation", "block", "body", 1)]

    @pytest.mark.parametrize(
        "field", ["title", "standfirst", "lead_image_caption", "search_description"]
    )
    def test_is_found_in_every_field(self, index, field):
        ReferenceFactory()

        page = draft(index, **{field: f"It helps {LABEL}"})

        assert found(page) == [("stray-citation", "block", field, None)]

    def test_is_found_in_alternative_text(self, index):
        ReferenceFactory()
        image = {"image": SiteImageFactory().pk, "alt_text": f"A chart {LABEL}"}

        page = draft(index, ("figure", {"image": image}))

        assert found(page) == [("stray-citation", "block", "body", 0)]

    def test_is_found_in_what_a_draft_says_of_its_contributors(self, home, index):
        ReferenceFactory()
        ada = PersonPageFactory(parent=PeopleIndexPageFactory(parent=home))
        page = draft(index)
        page.contributions = [Contribution(person=ada, disclosure=f"Paid {LABEL}")]

        drafted = page.save_revision().as_object()

        assert found(drafted) == [("stray-citation", "block", "contributions", None)]

    def test_is_not_found_where_only_colleagues_read(self, index):
        ReferenceFactory()

        assert found(draft(index, override_reason=f"Cites {LABEL} on purpose")) == []

    @pytest.mark.parametrize(
        "work",
        [
            {"authors": [{"literal": "Dept. of Health, Wales"}], "issued_year": 2019},
            {"authors": [{"family": "Gogh", "non-dropping-particle": "van"}]},
            {"authors": [], "title": "One & two: three four five six"},
            {"authors": [{"family": "O'Neil"}], "issued_year": None},
            {"authors": [{"literal": "Class of 2019, London"}], "issued_year": 2021},
        ],
    )
    @pytest.mark.parametrize(
        "locator", ["", ", ch. 9", ", fig. [2]", ", 2015 ed, p. 1"]
    )
    def test_is_known_by_the_label_of_its_work(self, index, work, locator):
        label = ReferenceFactory(**work).short_label.replace("&", "&amp;")

        page = draft(index, ("paragraph", f"<p>So it is [{label}{locator}].</p>"))

        assert ("stray-citation", "block", "body", 0) in found(page)

    @pytest.mark.parametrize(
        "text",
        [
            "[sic]",
            "[the trial of 2020]",
            "[in 2020]",
            "[Petrou 2021]",
            "[Petrou]",
            "[Petrou and others 2020]",
            "[petrou 2020 cohort]",
            "(Petrou 2020)",
            "Petrou 2020, p. 14]",
            "[Petrou 2020",
            "[2020]",
            "[n.d.]",
            "[ 2020]",
            "[[[]]]",
        ],
    )
    def test_is_nothing_that_an_ordinary_bracket_holds(self, index, text):
        ReferenceFactory()

        page = draft(index, ("paragraph", f"<p>It was {text} they said.</p>"))

        assert found(page) == []

    def test_names_what_to_delete_and_what_to_do_instead(self, index):
        ReferenceFactory()
        page = draft(
            index, ("paragraph", f"<p>A {LABEL} b {LABEL} c [Petrou 2020]</p>")
        )

        [problem] = gate.publishing_problems(page)

        assert problem.sentence.startswith(
            f"Plain text in place of a citation: “{LABEL}”, “[Petrou 2020]”."
        )
        assert "/citation" in problem.sentence

    def test_is_looked_up_once_and_only_where_there_is_a_bracket(
        self, index, django_assert_num_queries
    ):
        ReferenceFactory()
        plain_page = draft(index, ("paragraph", "<p>Words.</p>"))
        many = [("paragraph", f"<p>[Petrou {2000 + n}]</p>") for n in range(30)]
        bracketed = draft(index, *many)

        with django_assert_num_queries(0):
            assert list(StrayCitation().problems(plain_page)) == []
        with django_assert_num_queries(1):
            [problem] = StrayCitation().problems(bracketed)

        assert problem.position == 20

    def test_keeps_a_page_from_being_created_live_and_loses_nothing(self, admin, index):
        ReferenceFactory()
        data = posted(level="2", text=f"Results {LABEL}", **{"action-publish": "1"})

        response = admin.post(add_url(index), data)

        html = BeautifulSoup(response.content, "html.parser")
        assert "Plain text in place of a citation" in html.text
        assert LABEL in response.content.decode()
        assert not ArticlePage.objects.filter(title="Posted").exists()


@pytest.mark.one_database
@pytest.mark.usefixtures("quick_pictures")
def test_the_demonstration_raises_none_of_this(root):
    load(lambda line: None)

    assert {tuple(found(page)) for page in ArticlePage.objects.all()} == {()}


class TestSharing:
    def test_ends_with_the_asking(self):
        asked = []
        look = gate.shared(lambda page: asked.append(page))

        look(1)
        look(1)
        with gate._asking():
            look(2)
            look(2)
            look(3)

        assert asked == [1, 1, 2, 3]
