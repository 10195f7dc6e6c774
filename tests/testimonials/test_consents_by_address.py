"""Every address that shows a consent, found by walking the resolver.

Whoever may not read consents reaches none by any address of the admin; whoever may is
in the log for each address that shows one. A link leads to its own person alone.

A walk takes long: the administrator's sees as well that nothing it meets prints a
script of its own (tests/core/admin/test_policy.py).
"""

from itertools import product

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from testimonials.consent.recording import LOOKED, SAVED
from testimonials.consent.urls import app_name, urlpatterns
from testimonials.models import Consent, ConsentDocument, ConsentLogEntry, SubjectLink
from testimonials.models.consent import CHANNELS, SCOPES
from tests.helpers import admin_addresses, admin_content
from tests.helpers.factories_testimonials import ConsentWordingFactory, SubjectFactory
from tests.helpers.inline_scripts import inline_scripts, markup_of
from users.models import User

# What only a consent says: the version of an old form, a document's name, an address.
VERSION, DOCUMENT, EMAIL = "zwq-form-9", "scan.pdf", "r…@example.org"
PRIVATE = {"consent", "consentdocument", "consentlogentry", "subjectlink"}
# An address that signs out, and one that fails on purpose.
LEFT_OUT = {"wagtailadmin_error_test", "wagtailadmin_logout"}


def shown(response):
    """Return what an answer says, and under which name it is to be saved."""
    content = b"".join(response) if response.streaming else response.content
    said = content.decode("utf-8", "replace")
    return said + response.headers.get("Content-Disposition", "")


def looks():
    return ConsentLogEntry.objects.filter(action__in=[LOOKED, SAVED]).count()


def walk(client):
    """Yield every address of the admin, its answer, and the looks that it recorded."""
    for address in admin_addresses.addresses():
        if address.name in LEFT_OUT:
            continue
        for arguments in admin_addresses.arguments(address):
            before = looks()
            response = client.get(address.path(arguments))
            yield address.name, response, looks() - before


@pytest.fixture
def consent(log_in, home):
    client = log_in(None)
    admin_content.fill(home, client, client.user)
    consent = ConsentDocument.objects.get().consent
    Consent.objects.filter(pk=consent.pk).update(wording_version=VERSION)
    SubjectLink.objects.issue(consent.subject, "rosalind@example.org", None)
    client.logout()
    return consent


def told(said):
    return {word for word in (VERSION, DOCUMENT, EMAIL) if word in said}


@pytest.mark.one_database
def test_whoever_reads_a_consent_is_in_the_log_and_no_address_prints_a_script(
    client, consent
):
    # Whoever made all of it: some things are their maker's alone.
    client.force_login(User.objects.get(is_superuser=True))
    found, pages = {}, set()

    for name, response, recorded in walk(client):
        if markup := markup_of(response):
            pages.add(name)
            assert not inline_scripts(markup), response.request["PATH_INFO"]
        if words := told(shown(response)):
            found.setdefault(name, set()).update(words)
            assert recorded, f"{name} shows {words}, and nobody knows who looked"
    assert not inline_scripts(markup_of(client.get(reverse("wagtailadmin_logout"))))

    assert found == {
        "story_subjects:edit": {VERSION},
        "story_subjects:register": {VERSION, EMAIL},
        "story_subjects:document": {DOCUMENT},
    }
    assert {
        "wagtailadmin_pages:edit",
        "wagtailimages_chooser:choose",
        "wagtailadmin_reports:site_history",
        "wagtailadmin_workflows:edit",
        "wagtailsettings:edit",
        "article_import_preview",
    } <= pages


@pytest.mark.one_database
def test_an_editor_without_the_right_reaches_no_consent_by_any_address(log_in, consent):
    client = log_in("Editors")
    user = User.objects.get(pk=client.session["_auth_user_id"])
    user.user_permissions.set(
        Permission.objects.exclude(content_type__model__in=PRIVATE)
    )
    reached = set()

    for name, response, recorded in walk(client):
        assert not told(shown(response)), name
        assert not recorded, name
        reached.add(name)

    everywhere = {address.name for address in admin_addresses.addresses()}
    assert reached == everywhere - LEFT_OUT
    menu = client.get("/admin/").text
    assert "register" not in menu


# --- By a link ------------------------------------------------------------------------


def paths(token):
    """Return every address under ``consent/`` with this token in it."""
    return [reverse(f"{app_name}:{each.name}", args=[token]) for each in urlpatterns]


def token_of(subject, email="rosalind@example.org"):
    _link, token = SubjectLink.objects.issue(subject, email, None)
    return token


@pytest.fixture
def subject(db):
    ConsentWordingFactory()
    return SubjectFactory(
        **{f"consented__{name}": True for name in (*SCOPES, *CHANNELS)}
    )


def acts(client, token):
    """Return what the page can be asked for, as its own buttons say."""
    html = BeautifulSoup(client.get(paths(token)[0]).content, "html.parser")
    return [button["value"] for button in html.select("button[name=act]")]


def stored():
    return list(Consent.objects.order_by("pk").values())


def test_each_scope_and_channel_has_a_box_of_its_own_and_none_is_ticked(
    client, subject
):
    for path in paths(token_of(subject)):
        html = BeautifulSoup(client.get(path).content, "html.parser")

        assert not html.select("[checked], [selected], input[type=radio]")
        for names in (["lost"], ["scopes", "channels"]):
            boxes = [
                box["value"] for name in names for box in html.select(f"[name={name}]")
            ]
            assert sorted(boxes) == sorted((*SCOPES, *CHANNELS))


def test_to_follow_it_does_nothing_whatever_stands_behind_it(client, subject):
    token, before = token_of(subject), stored()
    links = list(SubjectLink.objects.values())
    asked = [*acts(client, token), "end", ""]
    assert {"give", "narrow", "take-back", "confirm"} <= set(asked)

    for path, act, method in product(paths(token), asked, ("get", "head", "options")):
        query = {"act": act, "lost": SCOPES, "scopes": SCOPES, "channels": CHANNELS}
        getattr(client, method)(path, query_params=query)

    assert stored() == before
    assert list(SubjectLink.objects.values()) == links
    assert not mail.outbox


def test_a_post_without_an_act_or_with_another_does_nothing(client, subject):
    token, before = token_of(subject), stored()

    for path, act in product(paths(token), ("", "delete", "GIVE", "link")):
        response = client.post(path, {"act": act, "lost": SCOPES, "scopes": SCOPES})
        assert response.status_code == 422

    assert stored() == before


def refused(kind, subject):
    """Return a token that leads nowhere."""
    token = token_of(subject)
    match kind:
        case "replaced":
            token_of(subject)
        case "expired":
            SubjectLink.objects.update(expires_at=timezone.now())
        case "ended":
            SubjectLink.objects.end(subject)
        case "guessed":
            return "x" * len(token)
        case "cut":
            return token[:-1]
        case "in other letters":
            return token.swapcase()
        case "as it is stored":
            return SubjectLink.objects.latest("pk").token_hash
    return token


KINDS = ["replaced", "expired", "ended", "guessed", "cut", "in other letters"]
KINDS += ["as it is stored"]


@pytest.mark.parametrize("kind", KINDS)
def test_one_that_does_not_hold_gets_the_same_refusal_for_all_that_is_asked(
    client, subject, kind
):
    offered = acts(client, token_of(subject))
    token, before = refused(kind, subject), stored()
    posts = [
        {"act": act, "lost": SCOPES, "scopes": SCOPES, "channels": CHANNELS}
        for act in offered
    ]
    asked = [(client.get, {}), *((client.post, data) for data in posts)]

    for path, guessed in zip(paths(token), paths("nothing"), strict=True):
        for ask, data in asked:
            answer, strangers = ask(path, data), ask(guessed, data)
            assert answer.status_code == strangers.status_code == 410
            assert answer.content == strangers.content

    assert stored() == before


def test_one_leads_to_its_own_person_whosever_numbers_are_sent(client, subject):
    other = SubjectFactory(consented__scope_name=True)
    token = token_of(subject)
    theirs = {"subject": other.pk, "consent": other.consents.get().pk, "pk": other.pk}

    for path, act in product(paths(token), ("narrow", "take-back", "confirm")):
        client.post(path, {"act": act, "lost": ["scope_name"], **theirs})
        client.post(f"{path}?subject={other.pk}", {"act": act, "lost": ["scope_name"]})

    assert not Consent.objects.not_ended().filter(subject=subject).exists()
    consent = other.consents.get()
    assert consent.withdrawn_at is None
    assert consent.confirmed_on is None
    assert consent.scope_name


def test_a_new_one_reveals_nothing_of_the_one_before(client, log_in, home, subject):
    old = token_of(subject, "rosalind@example.org")
    staff = log_in("Moderators")
    register = reverse("story_subjects:register", args=[subject.pk])

    answer = staff.post(register, {"act": "link", "email": ""}, follow=True)
    staff.logout()

    assert old not in answer.text
    assert "rosalind@example.org" not in answer.text
    strangers = client.get(paths("nothing-of-the-kind")[0])
    assert client.get(paths(old)[0]).content == strangers.content
