"""Whose profile an account is, which credentials are checked, and ORCID iDs."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from lxml import html
from wagtail.test.utils.form_data import (
    nested_form_data,
    querydict_from_html,
    streamfield,
)

from core.persons.person import Person
from home.roles import MODERATORS
from people.models import Credential, PersonPage
from people.orcid import as_written, validate_orcid
from review.models import CredentialCheck, Reviewer, ReviewRecord
from review.models.reviewers import checked_credential
from review.personal_data import Reviews
from tests.helpers.factories import PersonPageFactory, UserFactory
from tests.helpers.factories_review import latest
from tests.helpers.page_form import edit_url, formset
from tests.helpers.schema_org import nodes_by_fragment
from users.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def ada(people):
    person = PersonPageFactory(parent=people, title="Ada")
    named = {"name": "Registration", "awarded_by": "Medical register"}
    Credential.objects.create(person=person, is_clinical=True, **named)
    return person


def check(client):
    return client.post(
        reverse("credential_checks:add"),
        {
            "credential": Credential.objects.get().pk,
            "checked_on": timezone.localdate().isoformat(),
        },
    )


def test_a_moderator_checks_a_credential_in_their_own_name(ada, log_in):
    assert checked_credential(ada) is None

    check(log_in(MODERATORS))

    assert checked_credential(ada) == Credential.objects.get()
    made = CredentialCheck.objects.get()
    assert made.checked_by == User.objects.get(groups__name=MODERATORS)
    assert (made.name, made.awarded_by) == ("Registration", "Medical register")


def test_nobody_checks_their_own(ada, log_in):
    client = log_in(MODERATORS)
    user = User.objects.get(groups__name=MODERATORS)
    Reviewer.objects.create(user=user, person=ada)

    shown = check(client).content.decode()

    assert "Somebody else must check it" in shown
    assert not CredentialCheck.objects.exists()


def test_a_check_of_somebody_who_is_entered_later_does_not_count(ada, log_in):
    check(log_in(MODERATORS))
    user = User.objects.get(groups__name=MODERATORS)

    Reviewer.objects.create(user=user, person=ada)

    assert checked_credential(ada) is None


def test_nobody_enters_their_own_account_or_whom_they_have_checked(ada, log_in):
    client = log_in(MODERATORS)
    check(client)
    own = User.objects.get(groups__name=MODERATORS)

    def entered(user):
        url, data = reverse("reviewers:add"), {"user": user.pk, "person": ada.pk}
        return client.post(url, data).content.decode()

    assert "This is your own account" in entered(own)
    assert "You have checked a credential of this person" in entered(UserFactory())
    assert not Reviewer.objects.exists()

    CredentialCheck.objects.update(checked_by=UserFactory())
    entered(UserFactory())
    assert Reviewer.objects.get().person == ada


def test_a_check_is_not_reworded(ada, log_in):
    client = log_in(MODERATORS)
    check(client)

    url = reverse("credential_checks:edit", args=[CredentialCheck.objects.get().pk])

    assert client.post(url, {}).status_code == 302
    assert CredentialCheck.objects.get().name == "Registration"


def test_what_is_not_clinical_is_not_offered(ada, log_in):
    Credential.objects.update(is_clinical=False)

    assert "Select a valid choice" in check(log_in(MODERATORS)).content.decode()


@pytest.mark.parametrize("good", ["0000-0002-1825-0097", "0000-0002-1694-233X"])
def test_an_orcid_is_known_by_its_checksum(good):
    validate_orcid(good)


@pytest.mark.parametrize(
    "bad",
    [
        "0000-0002-1825-0098",
        "0000-0002-1694-2330",
        "https://orcid.org/0000-0002-1825-0097",
        "0000000218250097",
        "0000-0002-1825-0097 ",
        "0000-0002-1825-\N{FULLWIDTH DIGIT ZERO}097",
    ],
)
def test_a_wrong_orcid_is_refused(bad):
    with pytest.raises(ValidationError):
        validate_orcid(bad)


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("https://orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("HTTP://www.orcid.org/0000-0002-1694-233x/ ", "0000-0002-1694-233X"),
        ("orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("0000000218250097", "0000-0002-1825-0097"),
        (" 0000 0002 1825 0097\t", "0000-0002-1825-0097"),
        ("0000–0002–1825–0097", "0000-0002-1825-0097"),  # noqa: RUF001
        ("0000\u20110002\u00ad1694\u2212233x", "0000-0002-1694-233X"),
        ("https://orcid.org/0000-0002-1825-0097?lang=en", "0000-0002-1825-0097"),
        ("https://orcid.org/0000-0002-1825-0097/#works", "0000-0002-1825-0097"),
        ("ORCID: 0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("ORCID iD: https://orcid.org/0000-0002-1694-233X", "0000-0002-1694-233X"),
        ("\ufeff0000-0002-1825-0097\u2060", "0000-0002-1825-0097"),
        ("\ufeffORCID\u00a0iD: 0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("https://orcid.example/0000-0002-1825-0097", None),
        ("0000-0002-1825-009", None),
    ],
)
@pytest.mark.every_case
def test_an_orcid_is_kept_in_one_form_however_it_was_pasted(pasted, kept):
    person = PersonPage(orcid=pasted)

    if kept:
        assert PersonPage._meta.get_field("orcid").clean(pasted, person) == kept
    else:
        assert as_written(pasted) == pasted.strip()
        with pytest.raises(ValidationError):
            validate_orcid(as_written(pasted))


def test_an_orcid_is_pasted_into_the_profiles_form(people, log_in):
    person = PersonPageFactory(parent=people)
    client = log_in(MODERATORS)
    form = client.get(edit_url(person)).content.decode()
    [field] = html.fromstring(form).xpath("//input[@name='orcid']")
    assert "maxlength" not in field.attrib
    data = querydict_from_html(form, form_id="page-edit-form")
    data.update(nested_form_data({"body": streamfield([]), "comments": formset()}))
    data["orcid"] = "https://orcid.org/0000-0002-1694-233x"

    assert client.post(edit_url(person), data).status_code == 302
    assert latest(person).orcid == "0000-0002-1694-233X"

    data["orcid"] = "https://orcid.org/0000-0002-1694"
    refused = client.post(edit_url(person), data).content.decode()
    assert "Type the sixteen digits" in refused
    assert "at most 19 characters" not in refused

    data["orcid"] = "https://orcid.org/0000-0002-1694-2331"
    refused = client.post(edit_url(person), data).content.decode()
    assert "the last digit does not follow" in refused
    [field] = html.fromstring(refused).xpath("//input[@name='orcid']")
    assert field.value.endswith("0000-0002-1694-2331")


def test_an_orcid_is_told_to_machines_and_readers(client, people):
    person = PersonPageFactory(parent=people, orcid="0000-0002-1825-0097")

    response = client.get(person.url)

    address = "https://orcid.org/0000-0002-1825-0097"
    assert nodes_by_fragment(response)["person"]["sameAs"] == [address]
    assert f'href="{address}"' in response.content.decode()


def test_somebody_who_asks_is_told_of_their_reviews(reviewed):
    [found] = Reviews().find(Person(frozenset(), words=frozenset({"Ada Quay"})))

    told = dict(Reviews().export(found).rows)
    assert told["Name"] == "Ada Quay, MD"
    assert found.by_hand
    assert "Ada" not in found.label


class TestAReviewerInTheEditor:
    def test_is_led_to_the_draft_and_told_nothing_of_publishing(
        self, client, reviewed, reviewer, editor
    ):
        draft = latest(reviewed)
        draft.standfirst = "Another dose."
        draft.save_revision(user=editor)
        reviewed.get_workflow().start(latest(reviewed), editor)
        client.force_login(reviewer)

        html = client.get(edit_url(reviewed)).content.decode()

        assert "This page waits for your medical review" in html
        assert reverse("wagtailadmin_pages:view_draft", args=[reviewed.pk]) in html
        assert "What you publish here" not in html

    def test_reads_in_the_list_of_records_when_the_next_is_due(
        self, client, reviewed, reviewer
    ):
        client.force_login(reviewer)

        html = client.get(reverse("review_records:index")).content.decode()

        assert date_format(ReviewRecord.objects.get().due_on) in html
        assert "Just now" not in html
