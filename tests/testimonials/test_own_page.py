"""The page on which somebody gives, narrows, takes back and confirms their consent."""

import re
from datetime import date

import pytest
from bs4 import BeautifulSoup
from config.log_filters import TokensStruckOut
from django.forms import modelform_factory
from django.utils import timezone, translation
from django.utils.formats import date_format
from wagtail.models import ModelLogEntry, Site

from core.due.days import months_after
from core.models import OutgoingMail
from testimonials.consent import changing
from testimonials.consent.links import mail_link
from testimonials.forms import ConsentWordingForm
from testimonials.models import Consent, ConsentLogEntry, Subject, SubjectLink
from testimonials.models.wording import ConsentWording, WordingInUse
from tests.helpers.at_once import at_once
from tests.helpers.factories_testimonials import (
    ConsentWordingFactory,
    SubjectFactory,
    TestimonialIndexPageFactory,
    TestimonialPageFactory,
)

ADDRESS = "rosalind@example.org"


@pytest.fixture
def subject(db):
    return SubjectFactory(
        consented__scope_name=True,
        consented__scope_initials=True,
        consented__channel_social=True,
    )


@pytest.fixture
def story(home, subject):
    return TestimonialPageFactory(
        parent=TestimonialIndexPageFactory(parent=home), subject=subject
    )


def link_to(subject):
    """Return the path of a new link."""
    _link, token = SubjectLink.objects.issue(subject, ADDRESS, None)
    return f"/consent/with/{token}/"


def posted(wording):
    """Return what the page posts of a wording that was read."""
    return {"act": "give", "wording": wording.pk, "read": wording.digest}


def allowed(subject):
    consents = Consent.objects.not_ended().filter(subject=subject)
    return {each for consent in consents for each in consent.allowed()}


class TestLink:
    def test_changes_nothing_by_being_followed(self, client, subject):
        path = link_to(subject)
        before = list(Consent.objects.values())

        for _visit in range(2):
            response = client.get(path)
            assert response.status_code == 200
        client.head(path)

        assert list(Consent.objects.values()) == before
        assert "no-store" in response.headers["Cache-Control"]
        assert "noindex" in response.headers["X-Robots-Tag"]
        assert response.headers["Referrer-Policy"] == "same-origin"
        html = response.content.decode()
        assert subject.name not in html
        assert ADDRESS not in html
        form = BeautifulSoup(html, "html.parser")
        assert not form.select("[checked]")

    @pytest.mark.parametrize("act", ["confirm", "take-back"])
    def test_that_ended_was_guessed_or_replaced_gets_one_refusal(
        self, client, subject, act
    ):
        replaced, ended = link_to(subject), link_to(subject)
        SubjectLink.objects.filter(revoked_at=None).update(expires_at=timezone.now())
        before = list(Consent.objects.values())
        answers = set()

        for path in (replaced, ended, "/consent/with/guessed/"):
            response = client.get(path)
            assert response.status_code == 410
            assert response.headers["Cache-Control"] == "no-store, private"
            answers.add(response.content)
            assert client.post(path, {"act": act}).status_code == 410

        assert len(answers) == 1
        assert list(Consent.objects.values()) == before

    def test_is_struck_out_of_the_log_where_it_is_refused(self, client, db, caplog):
        client.get("/consent/with/guessed-token/")

        [told] = [each for each in caplog.records if "/consent/" in each.getMessage()]
        TokensStruckOut().filter(told)

        assert "/consent/with/…" in told.getMessage()
        assert "guessed" not in told.getMessage()

    def test_is_kept_as_a_hash_and_its_address_encrypted(self, subject):
        path = link_to(subject)
        token = path.split("/")[-2]

        [row] = SubjectLink.objects.values_list()

        assert token not in str(row)
        assert ADDRESS not in str(row)
        assert SubjectLink.objects.get().email == ADDRESS

    def test_is_asked_for_so_often_and_no_more(self, client, subject, monkeypatch):
        path = link_to(subject)
        monkeypatch.setattr(
            "testimonials.consent.views.VISITS.__class__.allows", lambda *args: False
        )

        response = client.get(path)

        assert response.status_code == 429
        assert response.headers["Retry-After"]


class TestPerson:
    def test_gives_only_what_they_tick_and_agrees_to_what_they_read(self, client, db):
        subject = SubjectFactory(consented=False)
        read = ConsentWordingFactory(version="1", text="You may show my story.")
        path = link_to(subject)
        assert "You may show my story." in client.get(path).content.decode()
        ticked = {
            **posted(read),
            "scopes": ["scope_medical_detail", "scope_photograph"],
            "channels": ["channel_website"],
        }

        for _press in range(2):
            response = client.post(path, ticked)
            assert response.status_code == 303

        consent = Consent.objects.get()
        assert consent.wording == read
        assert consent.allowed() == ["medical detail", "photograph"]
        assert consent.allowed_channels == ["this website"]
        assert consent.given_by == "web"
        assert consent.given_on == consent.confirmed_on == timezone.localdate()

    @pytest.mark.parametrize(
        ("ticked", "sentence"),
        [
            ({}, "Tick what may be shown."),
            ({"scopes": ["scope_name"]}, "Tick your story, too"),
            ({"scopes": ["scope_medical_detail"]}, "Tick where it may be shown."),
        ],
    )
    def test_is_told_what_is_missing_and_keeps_what_was_ticked(
        self, client, db, ticked, sentence
    ):
        subject = SubjectFactory(consented=False)
        ConsentWordingFactory(purpose="Something else")
        read = ConsentWordingFactory()

        response = client.post(link_to(subject), {**posted(read), **ticked})

        html = response.content.decode()
        assert response.status_code == 422
        assert sentence in html
        boxes = BeautifulSoup(html, "html.parser").select("[checked]")
        assert [box["value"] for box in boxes] == ticked.get("scopes", [])
        assert not Consent.objects.exists()

    def test_who_read_another_text_is_asked_to_read_it_again(self, client, db):
        subject = SubjectFactory(consented=False)
        path = link_to(subject)
        wording = ConsentWordingFactory(text="You may show my story.")
        ticked = {
            **posted(wording),
            "scopes": ["scope_medical_detail"],
            "channels": ["channel_website"],
        }
        ConsentWording.objects.update(text="You may do much more.")
        unread = [
            ticked,
            {**ticked, "wording": ""},
            {**ticked, "wording": "٣"},
            {**posted(ConsentWordingFactory(is_asked=False)), **ticked, "read": ""},
        ]
        [newer] = ConsentWording.objects.offered()
        hidden = ConsentWordingFactory(is_asked=False)
        unread.append({**ticked, **posted(hidden)})

        for each in unread:
            response = client.post(path, each)
            html = response.content.decode()
            assert response.status_code == 422
            assert "The text has changed. Please read it again" in html
            assert newer.text in html
            assert not BeautifulSoup(html, "html.parser").select("[checked]")

        assert not Consent.objects.exists()
        with pytest.raises(changing.WordingChanged):
            changing.give(subject, wording, ticked["scopes"])

    def test_agrees_for_as_long_as_the_wording_says(self, client, db):
        subject = SubjectFactory(consented=False)
        path = link_to(subject)
        read = ConsentWordingFactory(months=6)
        assert "It holds for 6 months" in client.get(path).content.decode()

        client.post(
            path,
            {
                **posted(read),
                "scopes": ["scope_medical_detail"],
                "channels": ["channel_website"],
            },
        )

        until = Consent.objects.get().valid_until
        assert until == months_after(timezone.localdate(), 6)
        html = client.get(path).content.decode()
        assert date_format(until, "DATE_FORMAT") in html
        assert "another year" not in html

    def test_is_told_where_nothing_could_be_confirmed(self, client, subject):
        path = link_to(subject)
        Consent.objects.update(valid_until=date(2026, 1, 2))

        response = client.post(path, {"act": "confirm"}, follow=True)

        assert "There was nothing to confirm" in response.content.decode()
        assert not ConsentLogEntry.objects.exists()

    def test_narrows_and_the_name_becomes_initials_at_once(
        self, client, story, subject
    ):
        assert subject.name in client.get(story.url).content.decode()

        client.post(link_to(subject), {"act": "narrow", "lost": ["scope_name"]})

        html = client.get(story.url).content.decode()
        assert "Rosalind" not in html
        assert "R. Q." in html
        old, new = Consent.objects.order_by("pk")
        assert old.withdrawn_at
        assert old.scope_name, "what was agreed to stays on record"
        assert new.replaces == old
        assert new.allowed() == ["medical detail", "initials"]

        client.post(link_to(subject), {"act": "narrow", "lost": ["scope_initials"]})
        html = client.get(story.url).content.decode()
        assert "R. Q." not in html
        assert "A patient" in html

    def test_takes_this_website_back_and_nothing_shows(self, client, story, subject):
        client.post(link_to(subject), {"act": "narrow", "lost": ["channel_website"]})

        assert client.get(story.url).status_code == 410
        assert allowed(subject), "social media is still allowed"

    def test_takes_everything_back_and_the_register_keeps_its_entry(
        self, client, story, subject
    ):
        client.post(link_to(subject), {"act": "take-back"})

        response = client.get(story.url)
        assert response.status_code == 410
        assert story.title not in response.content.decode()
        assert Consent.objects.get().withdrawn_at
        assert not allowed(subject)

    def test_confirms_for_a_year(self, client, subject):
        Consent.objects.update(given_on=date(2020, 2, 29))
        assert list(Consent.objects.unconfirmed()) == [Consent.objects.get()]

        client.post(link_to(subject), {"act": "confirm"})

        assert not Consent.objects.unconfirmed()
        assert Consent.objects.get().confirmed_on == timezone.localdate()
        assert ConsentLogEntry.objects.get().action == "testimonials.consent_confirmed"

    def test_takes_back_without_a_key_for_the_log(self, client, subject, settings):
        path = link_to(subject)
        settings.FIELD_KEYS = []

        response = client.post(path, {"act": "take-back"})

        assert response.status_code == 303
        assert not allowed(subject)


class TestElsewhere:
    """Social media and print, which the site cannot take out itself."""

    def test_is_a_task_until_somebody_has_seen_to_it(self, client, log_in, subject):
        staff = log_in("Moderators")
        register = f"/admin/story_subjects/register/{subject.pk}/"
        task = "1 person took back a consent to social media or print."
        assert task not in staff.get("/admin/").content.decode()

        client.post(link_to(subject), {"act": "narrow", "lost": ["scope_name"]})

        dashboard = staff.get("/admin/").content.decode()
        assert task in dashboard
        assert subject.reference_code in dashboard
        assert subject.name not in dashboard
        withdrawn, rest = Consent.objects.order_by("pk")
        for pk in ("", rest.pk, withdrawn.pk):
            assert task in staff.get("/admin/").content.decode()
            staff.post(register, {"act": "elsewhere", "consent": pk})
        assert task not in staff.get("/admin/").content.decode()
        assert "Seen to on" in staff.get(register).content.decode()
        assert ConsentLogEntry.objects.filter(
            action="testimonials.consent_elsewhere", object_id=str(withdrawn.pk)
        ).exists()

    def test_what_is_taken_back_for_the_website_alone_is_no_task(self, subject):
        changing.narrow(subject, ["channel_website"])
        assert not Consent.objects.to_see_to_elsewhere()
        assert not any(each.is_to_see_to_elsewhere() for each in Consent.objects.all())

        changing.narrow(subject, ["scope_name"])
        (told,) = Consent.objects.to_see_to_elsewhere()
        assert told.is_to_see_to_elsewhere()
        assert told.channel_social
        assert not told.channel_website

    @pytest.mark.parametrize(
        ("sent", "site", "elsewhere"),
        [
            ({"act": "narrow", "lost": ["channel_social"]}, False, True),
            ({"act": "narrow", "lost": ["channel_website"]}, True, False),
            ({"act": "narrow", "lost": ["scope_name"]}, True, True),
            ({"act": "narrow", "lost": ["scope_voice"]}, False, False),
            ({"act": "take-back"}, True, True),
        ],
    )
    def test_the_thanks_say_what_was_done_where(
        self, client, subject, sent, site, elsewhere
    ):
        html = client.post(link_to(subject), sent, follow=True).content.decode()

        assert ("It is no longer shown on our site." in html) is site
        assert ("Our staff are told to see to" in html) is elsewhere
        assert ("nothing left to take back" in html) is not (site or elsewhere)


@pytest.mark.django_db(transaction=True)
def test_of_acts_at_once_each_is_done():
    subject = SubjectFactory(
        consented__scope_name=True,
        consented__scope_initials=True,
        consented__channel_social=True,
    )

    at_once(
        lambda: changing.narrow(subject, ["scope_name"]),
        lambda: changing.narrow(subject, ["scope_initials"]),
        lambda: changing.narrow(subject, ["channel_social"]),
    )

    assert allowed(subject) == {"medical detail"}
    assert Consent.objects.filter(withdrawn_at=None).count() == 1


def test_a_wording_that_somebody_agreed_to_does_not_change(db, subject):
    wording = ConsentWordingFactory()
    ConsentWording.objects.update(text="Not yet used.")
    Consent.objects.update(wording=wording)
    wording.refresh_from_db()

    wording.text = "Something else."
    for change in (
        wording.save,
        lambda: wording.save(update_fields=["text"]),
        lambda: ConsentWording.objects.update(text="Something else."),
    ):
        with pytest.raises(WordingInUse):
            change()
    assert ConsentWording.objects.get().text == "Not yet used."
    ConsentWording.objects.update(is_asked=False)
    assert ConsentWording.objects.offered() == []


def test_people_are_asked_with_the_newest_of_each_purpose_in_their_language(db):
    for version, language, purpose in (
        ("1", "en-gb", "Website"),
        ("2", "en", "Website"),
        ("3", "en-gb", "Print"),
        ("4", "de-at", "Webseite"),
    ):
        ConsentWordingFactory(version=version, language=language, purpose=purpose)

    def asked(language):
        with translation.override(language):
            return [each.version for each in ConsentWording.objects.offered()]

    assert asked("en-au") == ["3", "2"]
    assert asked("de") == ["4"]
    assert asked("fr") == ["3", "2"], "else in the language of the site"


def test_a_wording_names_languages_in_that_of_whoever_writes_it(db):
    form = modelform_factory(
        ConsentWording, form=ConsentWordingForm, fields=["language"]
    )
    with translation.override("de"):
        assert dict(form().fields["language"].choices)["de"] == "Deutsch"


def test_a_wording_agreed_to_while_its_form_is_open_is_an_error_there(
    log_in, subject, monkeypatch
):
    wording = ConsentWordingFactory()
    client = log_in("Moderators")
    save = ConsentWordingForm.save

    def save_later(form, *args, **kwargs):
        Consent.objects.update(wording=wording)
        return save(form, *args, **kwargs)

    monkeypatch.setattr(ConsentWordingForm, "save", save_later)

    response = client.post(
        f"/admin/consent_wordings/edit/{wording.pk}/",
        {
            "version": wording.version,
            "language": wording.language,
            "purpose": "Other",
            "text": "Typed with care.",
        },
    )

    html = response.content.decode()
    assert "Somebody has agreed to this text meanwhile" in html
    assert "Typed with care." in html
    assert ConsentWording.objects.get().text == wording.text


class TestMail:
    def test_holds_a_link_that_works_and_ends_the_one_before(
        self, client, log_in, subject, home
    ):
        staff, url = (
            log_in("Moderators"),
            f"/admin/story_subjects/register/{subject.pk}/",
        )

        staff.post(url, {"act": "link", "email": ADDRESS})
        staff.post(url, {"act": "link", "email": ""})

        assert SubjectLink.objects.usable().count() == 1
        assert {link.email for link in SubjectLink.objects.all()} == {ADDRESS}
        texts = [mail.message for mail in OutgoingMail.objects.all()]
        paths = [re.search(r"/consent/with/[\w-]+/", text)[0] for text in texts]
        assert len(paths) == 1, "the one before is not sent any more"
        assert client.get(paths[0]).status_code == 200
        assert ADDRESS not in staff.get(url).content.decode()

    def test_is_in_the_language_of_the_site_whoever_sends_it(
        self, log_in, subject, home, settings
    ):
        with translation.override("de"):
            mail_link(subject, ADDRESS, Site.objects.get(), None)

        [mail] = OutgoingMail.objects.all()
        assert "Your consent at" in mail.message

    def test_to_a_wrong_address_is_ended_and_both_are_in_the_log(
        self, client, log_in, home
    ):
        unasked = SubjectFactory(consented=False)
        staff = log_in("Moderators")
        url = f"/admin/story_subjects/register/{unasked.pk}/"
        staff.post(url, {"act": "link", "email": ADDRESS})
        message = OutgoingMail.objects.get().message
        path = re.search(r"/consent/with/[\w-]+/", message)[0]
        html = staff.get(url).content.decode()
        assert "sent to r…@example.org" in html
        assert ADDRESS not in html

        staff.post(url, {"act": "end"})

        assert client.get(path).status_code == 410
        assert not OutgoingMail.objects.exists()
        assert not SubjectLink.objects.exists(), "it is nobody's address here"
        logged = ModelLogEntry.objects.filter(object_id=str(unasked.pk))
        actions = {entry.action.partition(".")[2] for entry in logged}
        assert actions >= {"consent_link", "consent_link_ended"}
        assert "End the link" not in staff.get(url).content.decode()


def test_somebody_erased_meanwhile_gets_the_refusal(client, subject, monkeypatch):
    path = link_to(subject)

    def erased(*args):
        raise Subject.DoesNotExist

    monkeypatch.setattr(changing, "_held", erased)

    assert client.post(path, {"act": "take-back"}).status_code == 410
