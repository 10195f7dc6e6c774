"""What a machine can know of the evidence: works, their age, their subjects, a year."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import Page, Site

from articles.models.article_page import ArticlePage
from core.publishing import gate
from evidence.rules.age import years_of_now
from evidence.site_settings import EvidenceRules
from evidence.vocabulary import Design, Direction, Species, Status
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    HomePageFactory,
)
from tests.helpers.factories_evidence import ReferenceFactory, article, citation
from tests.helpers.page_form import add_url, edit_url, posted

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

OURS = {
    "retracted-work",
    "unsupported-fact",
    "old-evidence",
    "not-in-people",
    "year-in-title",
    "absolute-wording",
}
MICE = {"study_design": Design.TRIAL, "species": Species.ANIMAL}


@pytest.fixture
def now(at):
    """``now("2026-06-01")`` stops the clock at noon of that day."""
    return lambda day: at(datetime.fromisoformat(f"{day}T12:00:00+00:00"))


@pytest.fixture
def index(home):
    return ArticleIndexPageFactory(parent=home)


def draft(index, *blocks, **fields):
    return article(index, *blocks, live=False, **fields)


def found(page):
    every = [*gate.publishing_problems(page), *gate.suggestions(page)]
    return [(p.code, p.level, p.field, p.position) for p in every if p.code in OURS]


def text(words):
    return ("paragraph", f"<p>{words}</p>")


def choose(**values):
    site = Site.objects.get(is_default_site=True)
    EvidenceRules.objects.update_or_create(site=site, defaults=values)


class TestFacts:
    def test_and_claims_without_a_work_are_refused(self, index):
        fact = {"figure": "48", "text": "<p>people</p>"}
        claim = {"sentence": "<p>It helps.</p>", "outcome": "Walking"}
        page = draft(index, ("key_fact", fact), ("claim", claim))

        assert found(page) == [
            ("unsupported-fact", "block", "body", n) for n in range(2)
        ]

    def test_a_claim_needs_no_work_that_says_nobody_has_studied_it(self, index):
        claim = {"sentence": "<p>Nobody knows.</p>", "direction": Direction.NONE}

        assert found(draft(index, ("claim", claim))) == []

    def test_works_on_another_subject_are_not_enough(self, index):
        work = {"reference": ReferenceFactory().pk, "on_another_subject": True}
        claim = {"sentence": "<p>It helps.</p>", "works": [work]}

        assert found(draft(index, ("claim", claim))) == [
            ("unsupported-fact", "block", "body", 0)
        ]

    @pytest.mark.parametrize("place", ["key_fact", "claim", "paragraph", "figure"])
    def test_of_people_that_only_animals_have_shown_are_warned_of(self, index, place):
        pk = ReferenceFactory(**MICE).pk
        said = f"<p>Patients walked further{citation(pk)}.</p>"
        value = {
            "key_fact": {"figure": "2 in 3", "text": "<p>walked</p>", "reference": pk},
            "claim": {"sentence": "<p>It helps.</p>", "works": [{"reference": pk}]},
            "paragraph": said,
            "figure": {"image": None, "caption": said},
        }[place]

        assert found(draft(index, (place, value))) == [
            ("not-in-people", "warn", "body", 0)
        ]

    @pytest.mark.parametrize(
        "said",
        [
            "In mice, patients' cells calmed the immune system{mice}.",
            "Patients walked further{mice}{people}.",
            "The cells calm inflammation{mice}.",
        ],
    )
    def test_that_say_so_or_rest_on_people_too_are_not(self, index, said):
        mice, people = ReferenceFactory(**MICE), ReferenceFactory()
        words = said.format(mice=citation(mice), people=citation(people))

        assert found(draft(index, text(words))) == []


class TestAge:
    def test_of_the_newest_work_counts_by_the_number_that_is_set(self, index, now):
        works = [ReferenceFactory(issued_year=year) for year in (2009, 2015)]
        page = draft(index, *(text(f"It helps{citation(work)}.") for work in works))

        now("2025-06-01")
        assert found(page) == []
        now("2026-06-01")
        assert found(page) == [("old-evidence", "warn", "body", 1)]
        choose(old_evidence_years=20)
        assert found(page) == []

    def test_a_retracted_work_makes_nothing_newer(self, index, now):
        now("2026-06-01")
        choose(retracted_work="warn")
        old = ReferenceFactory(issued_year=2009)
        gone = ReferenceFactory(issued_year=2025, status=Status.RETRACTED)
        page = draft(index, text(f"It helps{citation(old)}{citation(gone)}."))

        assert {code for code, *_ in found(page)} == {"retracted-work", "old-evidence"}


class TestYearInTitle:
    def test_is_warned_of_once_it_is_over(self, index, now):
        page = draft(index, title="The best treatments in 2025")
        now("2025-12-01")
        assert found(page) == []
        now("2026-02-01")
        assert found(page) == [("year-in-title", "warn", "title", None)]

    def test_is_true_of_a_page_that_has_not_changed_since(self, index, now):
        now("2026-02-01")
        published = datetime(2025, 6, 1, tzinfo=UTC)
        page = article(
            index,
            title="Treatments in 2025",
            first_published_at=published,
            last_published_at=published,
        )
        assert found(page) == []

        page.significant_change = True
        assert found(page) == [("year-in-title", "warn", "title", None)]

    @pytest.mark.parametrize(
        ("title", "years"),
        [
            ("What is new in 2024?", [2024]),
            ("Stem cells: 2024 update", [2024]),
            ("The 2017 McDonald criteria explained", []),
            ("Cell therapy since 2004", []),
            ("What the 2020 trial found", []),
            ("Ten thousand steps, 1990-2010", []),
            ("Room 12024", []),
            ("What 2019-nCoV does to the lungs", []),
            ("COVID-2019 and MS", []),
            ("Understanding the ABC-2015 score", []),
            ("Zelltherapie seit 2004", []),
            ("Erfahrungen aus 2019", []),
            ("2024: what is new", [2024]),
        ],
    )
    def test_is_one_by_which_a_title_calls_itself_current(self, title, years):
        assert years_of_now(title) == years


class TestLevels:
    def test_are_chosen_for_a_site(self, index):
        page = draft(index, text("The cells cure everyone."))
        for level in ("suggest", "warn"):
            choose(absolute_wording=level)
            assert found(page) == [("absolute-wording", level, "body", 0)]
        with pytest.raises(gate.PublishBlocked, match="cure"):
            page.save_revision().publish()

        choose(absolute_wording="off")

        assert found(page) == []
        page.save_revision().publish()

    def test_are_those_of_the_default_site_for_a_page_that_is_being_made(self, home):
        choose(year_in_title="off")

        assert found(ArticlePage(title="News of 2019", standfirst="x")) == []

    def test_that_refuse_are_weakened_with_the_right_alone(self, home, log_in):
        site = Site.objects.get(is_default_site=True)
        url = reverse(
            "wagtailsettings:edit", args=["evidence", "evidencerules", site.pk]
        )
        forged = {
            f.name: f.default
            for f in EvidenceRules._meta.concrete_fields
            if f.editable and f.has_default()
        } | {"retracted_work": "warn", "old_evidence": "off"}

        moderator = log_in("Moderators")
        page = moderator.get(url).content.decode()
        assert "old_evidence" in page
        assert 'name="retracted_work"' not in page
        moderator.post(url, forged)
        kept = EvidenceRules.objects.get(site=site)
        assert (kept.retracted_work, kept.old_evidence) == ("block", "off")

        right = Permission.objects.get(codename="weaken_rules")
        Group.objects.get(name="Moderators").permissions.add(right)
        assert moderator.post(url, forged).status_code == 302
        assert EvidenceRules.objects.get(site=site).retracted_work == "warn"

    def test_of_a_new_page_are_those_of_the_site_it_is_made_on(
        self, index, log_in, now
    ):
        now("2026-06-01")
        second = HomePageFactory(parent=Page.get_first_root_node(), slug="second")
        site = Site.objects.create(hostname="second.test", root_page=second)
        EvidenceRules.objects.create(site=site, year_in_title="block")
        beneath = ArticleIndexPageFactory(parent=second)
        form = posted("2", title="Treatments in 2024", override_reason="Because.")
        admin = log_in(None)

        admin.post(add_url(index), {**form, "action-publish": "1"})
        refused = admin.post(add_url(beneath), {**form, "action-publish": "1"})

        assert "Take the year out" in refused.content.decode()
        assert ArticlePage.objects.get().get_parent() == index.page_ptr
        beside = ArticlePageFactory.build(title="Treatments in 2024")
        with pytest.raises(gate.PublishBlocked):
            beneath.add_child(instance=beside)

    def test_cannot_be_turned_off_where_they_refuse(self, home, log_in):
        site = Site.objects.get(is_default_site=True)
        url = reverse(
            "wagtailsettings:edit", args=["evidence", "evidencerules", site.pk]
        )
        answer = log_in(None).post(url, {"retracted_work": "off"})

        assert answer.status_code == 200
        kept = EvidenceRules.objects.filter(site=site).first() or EvidenceRules()
        assert kept.retracted_work == "block"


class TestReasons:
    def test_lapse_when_the_problem_changes(self, index, now):
        now("2026-06-01")
        page = draft(index, title="Treatments in 2024")
        page.override_reason = "It is a look back."
        page.answered_problems = [p.key for p in gate.publishing_problems(page)]
        assert found(page) == []

        page.title = "Treatments in 2025"

        assert found(page) == [("year-in-title", "warn", "title", None)]

    def test_are_kept_with_a_key_that_holds_no_words(self, log_in, index, now):
        now("2026-06-01")
        page = draft(index, title="x")
        form = posted("2", title="Treatments in 2024")
        refused = log_in(None).post(edit_url(page), form | {"action-publish": "1"})
        assert "Take the year out" in refused.content.decode()

        reason = {"override_reason": "It is a look back.", "action-publish": "1"}
        log_in(None).post(edit_url(page), form | reason)

        page.refresh_from_db()
        (key,) = page.answered_problems
        assert page.live
        assert key.startswith("year-in-title:title:")
        assert "Treatments" not in key
