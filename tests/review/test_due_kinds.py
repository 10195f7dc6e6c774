"""What is due of reviews, credentials, consents and forms, and who is told of it."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from applications.composing.closing_dates import FormCloses, FormReopens
from applications.models.rights import Right
from core.due.pages import works_on_pages
from core.due.registry import Span, concerns, find
from core.publishing import gate
from home.roles import ADMISSIONS, EDITORS, MODERATORS, REVIEWERS
from people.models import Credential
from review.due.kinds import CheckIsDue, ReviewIsDue
from review.models import CredentialCheck, Reviewer
from testimonials.consent import due as consent_due
from testimonials.consent.due import ConsentEnds, ConsentToConfirm
from tests.helpers.factories import PersonPageFactory, UserFactory
from tests.helpers.factories_applications import (
    ApplicationFormPageFactory,
    grant,
    take_all,
)
from tests.helpers.factories_testimonials import ConsentFactory, SubjectFactory

pytestmark = [pytest.mark.django_db]

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
TODAY = NOW.date()
SOON = Span(None, TODAY + timedelta(days=30))
NAMED = {"name": "Registration in neurology", "awarded_by": "Medical register"}


@pytest.fixture
def _clock(at):
    at(NOW)


@pytest.fixture
def moderator(log_in):
    return log_in(MODERATORS).user


def told(kind, user, span=SOON):
    return [(item.title, item.day) for item in kind.find(user, span)]


class TestReviews:
    @pytest.fixture
    def span(self, reviewed):
        return Span(None, reviewed.review.due_on)

    def test_the_review_that_readers_see_is_due_on_its_day(
        self, reviewed, reviewer, span, log_in
    ):
        [item] = ReviewIsDue().find(log_in(REVIEWERS).user, span)

        assert (item.day, item.page.pk) == (reviewed.review.due_on, reviewed.pk)
        assert reviewer.pk in item.people
        before = Span(None, reviewed.review.due_on - timedelta(days=1))
        assert told(ReviewIsDue(), reviewer, before) == []

    def test_whoever_works_on_the_page_is_told_too_and_nobody_else(
        self, reviewed, span, log_in
    ):
        assert len(told(ReviewIsDue(), log_in(EDITORS).user, span)) == 1
        admissions = log_in(ADMISSIONS).user
        assert not ReviewIsDue().concerns(admissions)
        assert told(ReviewIsDue(), admissions, span) == []


@pytest.mark.usefixtures("_clock")
class TestCredentials:
    @pytest.fixture
    def person(self, people):
        person = PersonPageFactory(parent=people, title="Ada Quay")
        type(person).objects.filter(pk=person.pk).update(first_published_at=NOW)
        Credential.objects.create(person=person, is_clinical=True, **NAMED)
        person.refresh_from_db()
        return person

    def check(self, person, day, **given):
        return CredentialCheck.objects.create(
            person=person, checked_on=day, **{**NAMED, **given}
        )

    def test_a_check_is_due_again_after_so_many_months(self, person, log_in, moderator):
        """As a moderator sets under Settings."""
        client = log_in(MODERATORS)
        named = ["review", "credentialchecksettings"]
        form = client.get(reverse("wagtailsettings:edit", args=named), follow=True)
        [(address, _status)] = form.redirect_chain
        assert client.post(address, {"months": "0"}).status_code == 200
        assert client.post(address, {"months": "6"}).status_code == 302
        self.check(person, date(2025, 3, 1))
        self.check(person, date(2026, 1, 10))

        [item] = CheckIsDue().find(moderator, SOON)

        assert item.day == date(2026, 7, 10)
        assert item.title == "Ada Quay: Registration in neurology, Medical register"
        assert item.url == "/admin/credential_checks/new/"

    def test_one_that_was_never_checked_is_due_since_it_is_published(
        self, person, moderator
    ):
        [(title, day)] = told(CheckIsDue(), moderator)

        assert (title.endswith("(never checked)"), day) == (True, TODAY)

    def test_a_check_of_other_words_or_by_those_concerned_does_not_count(
        self, person, moderator
    ):
        entering = UserFactory()
        Reviewer.objects.create(person=person, user=moderator, entered_by=entering)
        self.check(person, TODAY, checked_by=entering)
        self.check(person, TODAY, name="Registration in surgery")
        self.check(person, TODAY, checked_by=moderator)

        [(title, _day)] = told(CheckIsDue(), moderator)

        assert title.endswith("(never checked)")

    def test_what_is_checked_in_time_is_not_told(self, person, moderator):
        self.check(person, TODAY)

        assert told(CheckIsDue(), moderator) == []

    def test_what_is_no_clinical_credential_of_a_published_profile_is_not_told(
        self, person, moderator
    ):
        Credential.objects.update(is_clinical=False)
        assert told(CheckIsDue(), moderator) == []
        Credential.objects.update(is_clinical=True)
        type(person).objects.update(live=False)
        assert told(CheckIsDue(), moderator) == []

    def test_only_those_who_see_checks_are_told(self, person, log_in):
        assert told(CheckIsDue(), log_in(EDITORS).user) == []

    @pytest.mark.parametrize(
        ("checked", "words"),
        [
            (None, "Nobody has checked “Registration in neurology, Medical register”"),
            (date(2025, 6, 15), "was last checked on 15 June 2025"),
            (date(2025, 6, 16), ""),
        ],
    )
    @pytest.mark.every_case
    def test_the_profile_says_so_beside_its_form(self, person, checked, words):
        if checked:
            self.check(person, checked)

        found = [
            problem.sentence
            for problem in gate.suggestions(person)
            if problem.code == "unchecked-credential"
        ]

        assert len(found) == bool(words)
        assert words in "".join(found)


@pytest.mark.usefixtures("_clock")
class TestConsents:
    @pytest.fixture
    def subject(self):
        return SubjectFactory(consented=False)

    def test_a_consent_that_ends_is_told_by_code_and_elsewhere_by_nothing(
        self, subject, moderator
    ):
        end = TODAY + timedelta(days=9)
        ConsentFactory(subject=subject, valid_until=end, confirmed_on=TODAY)

        [item] = ConsentEnds().find(moderator, SOON)

        assert (item.title, item.day) == (subject.reference_code, end)
        assert subject.reference_code not in item.discreet_title
        assert str(subject.pk) in item.url
        assert subject.name not in repr(item)

    def test_no_more_consents_are_read_than_are_asked_for(
        self, moderator, monkeypatch, django_assert_num_queries
    ):
        monkeypatch.setattr(consent_due, "MOST", 2)
        ends = [TODAY + timedelta(days=days) for days in (1, 2, 3, 4, 5)]
        for end in reversed(ends):
            ConsentFactory(valid_until=end, subject=SubjectFactory(consented=False))
        assert [day for _code, day in told(ConsentEnds(), moderator)] == ends

        with django_assert_num_queries(2):
            items = list(islice(ConsentEnds().find(moderator, SOON, 2), 2))
        assert [item.day for item in items] == ends[:2]

    def test_what_another_consent_goes_on_with_does_not_end(self, subject, moderator):
        end = TODAY + timedelta(days=9)
        both = {"subject": subject, "confirmed_on": TODAY}
        ConsentFactory(valid_until=end, **both)
        ConsentFactory(valid_from=end + timedelta(days=1), **both)
        assert told(ConsentEnds(), moderator) == []

        ConsentFactory(valid_until=end, scope_name=True, **both)
        assert told(ConsentEnds(), moderator) == [(subject.reference_code, end)]

    def test_a_consent_is_confirmed_a_year_after_it_was_given_or_confirmed(
        self, subject, moderator
    ):
        ConsentFactory(subject=subject, given_on=date(2025, 6, 20))
        other = SubjectFactory(consented=False)
        ConsentFactory(
            subject=other,
            valid_from=date(2023, 1, 1),
            given_on=date(2023, 1, 1),
            confirmed_on=date(2025, 6, 1),
        )

        assert told(ConsentToConfirm(), moderator) == [
            (other.reference_code, date(2026, 6, 1)),
            (subject.reference_code, date(2026, 6, 20)),
        ]
        later = Span(date(2026, 6, 10), date(2026, 6, 20))
        assert told(ConsentToConfirm(), moderator, later) == [
            (subject.reference_code, date(2026, 6, 20))
        ]

    def test_a_consent_that_was_taken_back_is_asked_about_no_more(
        self, subject, moderator
    ):
        ConsentFactory(
            subject=subject,
            given_on=date(2025, 6, 20),
            valid_until=TODAY,
            withdrawn_at=timezone.now(),
        )

        assert told(ConsentEnds(), moderator) == []
        assert told(ConsentToConfirm(), moderator) == []

    def test_only_those_who_see_the_register_are_told(self, subject, log_in):
        ConsentFactory(subject=subject, valid_until=TODAY, given_on=date(2025, 6, 1))
        editor = log_in(EDITORS).user

        assert told(ConsentEnds(), editor) == []
        assert told(ConsentToConfirm(), editor) == []


@pytest.mark.usefixtures("_clock")
class TestForms:
    def form(self, home, **given):
        form = ApplicationFormPageFactory(parent=home, **given)
        take_all(form)
        return form

    def test_a_form_closes_on_its_day_and_then_is_told_no_more(
        self, home, moderator, at
    ):
        form = self.form(home, closes_at=NOW + timedelta(days=2))

        [item] = FormCloses().find(moderator, SOON)

        assert (item.page.pk, item.day) == (form.pk, TODAY + timedelta(days=2))
        assert item.url == f"/admin/pages/{form.pk}/edit/"
        at(NOW + timedelta(days=3))
        assert told(FormCloses(), moderator) == []
        [passed] = FormCloses().find(moderator, Span(TODAY, SOON.last))
        assert not passed.is_late

    def test_a_paused_form_whose_day_has_come_is_overdue(self, home, moderator):
        yesterday = TODAY - timedelta(days=1)
        form = self.form(home, paused=True, reopens_on=yesterday)

        [item] = FormReopens().find(moderator, SOON)
        assert (item.page.pk, item.is_late) == (form.pk, True)

        type(form).objects.update(paused=False)
        assert told(FormReopens(), moderator) == []

    def test_who_sees_its_applications_is_led_to_them(self, home, log_in):
        form = self.form(home, closes_at=NOW + timedelta(days=2))
        other = self.form(home, slug="other", closes_at=NOW + timedelta(days=2))
        officer = log_in(ADMISSIONS).user
        assert told(FormCloses(), officer) == []

        grant(form, Group.objects.get(name=ADMISSIONS), Right.SEE)
        [item] = FormCloses().find(officer, SOON)

        assert item.page.pk == form.pk != other.pk
        assert item.url.endswith(f"?form={form.pk}")


@pytest.mark.parametrize(
    ("role", "most"), [(EDITORS, 0), (MODERATORS, 0), (ADMISSIONS, 1), (REVIEWERS, 0)]
)
@pytest.mark.every_case
def test_the_entry_of_the_menu_costs_a_query_at_most(
    home, log_in, role, most, django_assert_max_num_queries
):
    """Beyond the permissions, which Wagtail reads for its own entries."""
    user = fresh(log_in(role).user)
    user.has_perm("wagtailadmin.access_admin")
    works_on_pages(user)

    with django_assert_max_num_queries(most):
        concerns(user)


def test_much_costs_as_many_queries_as_little(
    home, people, moderator, django_assert_max_num_queries, django_assert_num_queries
):
    def more():
        person = PersonPageFactory(parent=people)
        Credential.objects.create(person=person, is_clinical=True, **NAMED)
        for days in (1, 400):
            ConsentFactory(
                valid_until=timezone.localdate() + timedelta(days=days),
                valid_from=date(2020, 1, 1),
            )
        ApplicationFormPageFactory(
            parent=home,
            slug=f"form-{person.pk}",
            closes_at=timezone.now() + timedelta(days=1),
        )

    span = Span(None, timezone.localdate() + timedelta(days=30))
    more()
    with django_assert_max_num_queries(80) as little:
        assert len(find(fresh(moderator), span).items) == 5
    more()
    more()

    with django_assert_num_queries(len(little)):
        assert len(find(fresh(moderator), span).items) == 15


def fresh(user):
    """Return the user without what was read of their rights."""
    return type(user).objects.get(pk=user.pk)
