"""From the link in an e-mail to what it opens: who gets there, and who does not."""

import time
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from applications.links.access import ASKED, OPENED
from applications.models import AccessLink, Application
from applications.models.links import MAILS_IN_INTERVAL, MOST_CODES, TRIES
from tests.helpers.access_links import (
    ask_for_code,
    enter,
    latest_code,
    latest_link,
    links_in,
    open_status,
)
from tests.helpers.at_once import at_once
from tests.helpers.factories_applications import (
    LABELS,
    ApplicationFormPageFactory,
    filled_in,
    question,
    send,
)
from tests.helpers.worker import queue, run_queued  # noqa: F401  (a fixture)

SECRETS = ("Quillfeather", "Vermilionazole", "ada@example.org", LABELS["consent"])
STATUS = "/applications/status/"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def form_page(home):
    return ApplicationFormPageFactory(parent=home)


@pytest.fixture
def link(client, form_page, commits):
    """The path of the link that came with the acknowledgement."""
    send(client, form_page)
    return latest_link()


@pytest.fixture
def visitor():
    """Another browser than the one that the form was sent from."""
    return Client(headers={"host": "localhost"})


class TestAcknowledgement:
    def test_tells_the_applicant_alone_the_number_and_no_answer(self, link):
        (message,) = mail.outbox

        assert message.to == ["ada@example.org"]
        assert Application.objects.get().reference in message.body
        for secret in (*SECRETS[:2], "Apply for", LABELS["consent"]):
            assert secret not in str(message.message())
            assert secret not in message.body + message.alternatives[0].content

    def test_has_a_subject_that_tells_nobody_what_it_is_about(self, link):
        (message,) = mail.outbox

        assert message.subject == "We have received what you sent"

    def test_is_not_sent_where_no_address_was_asked_for(self, client, home, commits):
        page = ApplicationFormPageFactory(parent=home, questions=[question("yes_no")])

        assert send(client, page).status_code == 303

        assert not mail.outbox
        assert Application.objects.get().contact_hash == ""

    def test_goes_to_nobody_elses_address(self, client, home, commits):
        """Such as a doctor's, asked for after one's own, which may be left out."""
        doctors = {**question("email", label="Your doctor's"), "id": str(uuid4())}
        own = question("email", required=False)
        page = ApplicationFormPageFactory(
            parent=home,
            questions=[own, doctors],
            override_reason="The doctor sends the findings.",
            answered_problems=[f"second-email-question:{doctors['id']}"],
        )
        posted = filled_in(page, email="") | {f"q-{doctors['id']}": ["dr@example.org"]}

        assert client.post(page.url, posted).status_code == 303

        assert not mail.outbox
        assert Application.objects.get().contact_hash == ""

    def test_is_sent_once_though_its_task_runs_twice(self, link, commits):
        from applications.tasks import acknowledge

        with commits():
            acknowledge.call(str(Application.objects.get().pk))

        assert len(mail.outbox) == 1


class TestLooking:
    @pytest.mark.parametrize("method", ["get", "head"])
    def test_at_a_link_any_number_of_times_uses_nothing_up(
        self, visitor, link, commits, method
    ):
        before = AccessLink.objects.values().get()

        for _ in range(5):
            response = getattr(visitor, method)(link)
            assert response.status_code == 200
            assert "no-store" in response.headers["Cache-Control"]
            assert not {ASKED, OPENED} & set(response.cookies)

        assert AccessLink.objects.values().get() == before
        assert len(mail.outbox) == 1
        assert open_status(visitor, link).status_code == 200

    def test_at_a_link_shows_nothing_private(self, visitor, link):
        response = visitor.get(link)

        text = response.content.decode()
        assert Application.objects.get().reference not in text
        for secret in SECRETS:
            assert secret not in text
        assert response.headers["X-Robots-Tag"] == "noindex"

    @pytest.mark.parametrize(
        "name", ["status", "answers", "withdraw", "delete", "code"]
    )
    def test_at_any_other_page_without_a_code_shows_nothing(self, visitor, link, name):
        response = visitor.get(reverse(f"applications:{name}"))

        assert response.status_code == 410
        assert Application.objects.get().reference not in response.content.decode()

    def test_at_the_address_that_the_button_posts_to_leads_on(self, visitor, link):
        response = visitor.get(reverse("applications:ask"), follow=True)

        assert "Send me a new link" in response.content.decode()

    def test_at_an_altered_link_tells_how_to_get_another(self, visitor, link):
        response = visitor.get(link[:-3] + "xx/")

        assert response.status_code == 410
        assert reverse("applications:new-link") in response.content.decode()


class TestCode:
    def test_is_mailed_to_the_applicant_and_opens_the_status_page(
        self, visitor, link, commits
    ):
        asked = ask_for_code(visitor, link)
        page = visitor.get(asked.url)

        assert asked.status_code == 303
        assert link not in asked.url
        assert 'autocomplete="one-time-code"' in page.content.decode()
        assert mail.outbox[-1].to == ["ada@example.org"]
        response = enter(visitor, latest_code())
        assert (response.status_code, response.url) == (303, STATUS)
        reference = Application.objects.get().reference
        assert reference in visitor.get(STATUS).content.decode()

    @pytest.mark.parametrize(
        "written", ["{} {}", "{}{}", " {}-{}\n", "{}\u00a0{}", "{}.{}"]
    )
    def test_is_taken_however_it_is_pasted(self, visitor, link, commits, written):
        ask_for_code(visitor, link)

        code = written.format(*latest_code().split())

        assert enter(visitor, code).status_code == 303

    @pytest.mark.parametrize(
        "typed",
        [
            "",
            "12345",
            "1234567",
            "abcdef",
            "\uff11\uff12\uff13\uff14\uff15\uff16",
            "1" * 5000,
            "1\x002",
        ],
    )
    def test_that_is_none_is_asked_for_again_and_costs_no_try(
        self, visitor, link, commits, typed
    ):
        ask_for_code(visitor, link)

        response = enter(visitor, typed)

        assert response.status_code == 422
        assert "Enter the six digits" in response.content.decode()
        assert AccessLink.objects.get().code_tries == 0

    def test_that_is_wrong_five_times_ends_and_a_new_one_works(
        self, visitor, link, commits, at
    ):
        ask_for_code(visitor, link)
        code = latest_code()
        wrong = "000 000" if code != "000 000" else "000 001"
        for _ in range(TRIES):
            assert enter(visitor, wrong).status_code == 422

        assert enter(visitor, code).status_code == 422
        at(timezone.now() + MINUTE)
        visitor.post(reverse("applications:ask-again"))
        assert enter(visitor, latest_code()).status_code == 303

    def test_holds_for_ten_minutes(self, visitor, link, commits, at):
        ask_for_code(visitor, link)
        asked = timezone.now()

        at(asked + 10 * MINUTE)
        assert enter(visitor, latest_code()).status_code == 422
        at(asked + 9 * MINUTE)
        assert enter(visitor, latest_code()).status_code == 303

    def test_is_of_no_use_to_another_browser_once_it_was_used(
        self, visitor, client, link, commits
    ):
        for each in (visitor, client):
            ask_for_code(each, link)
        code = latest_code()
        assert enter(visitor, code).status_code == 303

        response = enter(client, code)

        assert response.status_code == 422
        assert OPENED not in response.cookies

    def test_sent_twice_by_an_impatient_finger_opens_the_page(
        self, visitor, link, commits
    ):
        ask_for_code(visitor, link)

        answers = [enter(visitor, latest_code()).status_code for _ in range(2)]

        assert answers == [303, 303]

    def test_of_one_link_opens_no_other(
        self, visitor, client, link, form_page, commits
    ):
        send(client, form_page, short_text="Somebody Else", email="b@example.org")
        ask_for_code(client, latest_link())
        of_another = latest_code()
        ask_for_code(visitor, link)
        assert latest_code() != of_another or pytest.skip("one in a million")

        assert enter(visitor, of_another).status_code == 422

    def test_is_mailed_once_when_the_button_is_pressed_twice(
        self, visitor, link, commits, at
    ):
        now = timezone.now() + MINUTE
        at(now)
        ask_for_code(visitor, link)
        code = latest_code()

        at(now + timedelta(seconds=5))
        ask_for_code(visitor, link)

        assert latest_code() == code
        assert enter(visitor, code).status_code == 303

    def test_is_not_kept_in_clear(self, visitor, link, commits):
        ask_for_code(visitor, link)

        kept = str(AccessLink.objects.values().get())

        assert latest_code().replace(" ", "") not in kept

    def test_guessed_at_without_end_ends_the_link(self, visitor, link, commits, at):
        now = timezone.now() + MINUTE
        for number in range(MOST_CODES):
            at(now + number * MINUTE)
            assert ask_for_code(visitor, link).status_code == 303
        sent = len(mail.outbox)

        at(now + (MOST_CODES + 1) * MINUTE)
        response = ask_for_code(visitor, link)

        assert response.status_code == 410
        assert len(mail.outbox) == sent
        assert visitor.get(link).status_code == 410

    def test_two_people_with_one_mailbox_both_get_in(
        self, visitor, client, link, commits
    ):
        for each in (visitor, client):
            assert open_status(each, link).status_code == 200

        for each in (visitor, client):
            assert each.get(STATUS).status_code == 200


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    @pytest.fixture
    def windows(self, link):
        return [Client(headers={"host": "localhost"}) for _ in range(8)]

    def test_of_eight_browsers_with_the_right_code_one_gets_in(self, windows, link):
        ask_for_code(windows[0], link)
        for window in windows[1:]:
            ask_for_code(window, link)
        code = latest_code()

        answers = at_once(*[lambda w=w: enter(w, code).status_code for w in windows])

        assert sorted(answers) == [303] + [422] * 7

    def test_eight_wrong_codes_count_five_tries(self, windows, link):
        for window in windows:
            ask_for_code(window, link)
        wrong = "000 000" if latest_code() != "000 000" else "000 001"

        answers = at_once(*[lambda w=w: enter(w, wrong).status_code for w in windows])

        assert answers == [422] * 8
        assert AccessLink.objects.get().code_tries == TRIES


class TestOpened:
    @pytest.mark.parametrize("is_encrypted", [True, False])
    def test_is_told_by_a_cookie_that_no_script_reads_and_few_pages_get(
        self, visitor, link, commits, settings, is_encrypted
    ):
        settings.SESSION_COOKIE_SECURE = is_encrypted
        asked = ask_for_code(visitor, link).cookies[ASKED]
        opened = enter(visitor, latest_code()).cookies[OPENED]

        assert asked["path"] == reverse("applications:code")
        assert opened["path"] == STATUS
        for cookie in (asked, opened):
            assert cookie["httponly"]
            assert cookie["samesite"] == "Strict"
            assert bool(cookie["secure"]) == is_encrypted
        assert opened["max-age"] == 30 * 60

    def test_closes_after_half_an_hour_whatever_the_browser_keeps(
        self, visitor, link, commits, monkeypatch
    ):
        open_status(visitor, link)
        later = time.time() + 30 * 60 + 1
        monkeypatch.setattr(time, "time", lambda: later)

        assert visitor.get(STATUS).status_code == 410

    def test_survives_a_clock_that_goes_back(self, visitor, link, commits, at):
        open_status(visitor, link)

        at(timezone.now() - 5 * MINUTE)

        assert visitor.get(STATUS).status_code == 200

    def test_is_closed_everywhere_by_a_button(self, visitor, link, commits):
        open_status(visitor, link)
        copied = visitor.cookies[OPENED].value

        response = visitor.post(reverse("applications:close"), follow=True)

        assert "It is closed" in response.content.decode()
        stolen = Client(headers={"host": "localhost", "cookie": f"{OPENED}={copied}"})
        assert stolen.get(STATUS).status_code == 410
        assert open_status(visitor, link).status_code == 200

    def test_once_closed_is_not_opened_again_by_the_code_in_the_history(
        self, visitor, link, commits
    ):
        open_status(visitor, link)
        code, asked = latest_code(), visitor.cookies[ASKED].value

        visitor.post(reverse("applications:close"))

        assert enter(visitor, code).status_code == 410
        visitor.cookies[ASKED] = asked
        assert enter(visitor, code).status_code == 422

    def test_ends_with_all_links_by_a_button(self, visitor, link, commits):
        open_status(visitor, link)

        visitor.post(reverse("applications:end-links"))

        assert visitor.get(STATUS).status_code == 410
        assert visitor.get(link).status_code == 410

    def test_forged_cookies_open_nothing(self, visitor, link):
        for value in ("x", '["' + "0" * 32 + '",0]:1:2'):
            visitor.cookies[OPENED] = value
            assert visitor.get(STATUS).status_code == 410

    def test_link_is_over_after_thirty_days(self, visitor, link, commits, at):
        now = timezone.now()
        at(now + timedelta(days=30, seconds=1))
        assert visitor.get(link).status_code == 410
        assert ask_for_code(visitor, link).status_code == 410

        at(now + timedelta(days=29))
        assert visitor.get(link).status_code == 200


class TestNewLink:
    ADDRESS = "/applications/link/new/"

    def ask(self, visitor, email):
        return visitor.post(self.ADDRESS, {"email": email})

    @pytest.mark.parametrize("typed", ["ada@example.org", " ADA@Example.org "])
    def test_is_mailed_to_the_address_that_was_given_first(
        self, visitor, link, commits, typed
    ):
        self.ask(visitor, typed)

        message = mail.outbox[-1]
        assert message.to == ["ada@example.org"]
        assert latest_link() != link
        assert open_status(visitor).status_code == 200
        assert visitor.get(link).status_code == 200

    def test_says_the_same_to_strangers_after_the_same_work(
        self,
        visitor,
        link,
        queue,  # noqa: F811
    ):
        answers = []
        for email in ("ada@example.org", "nobody@example.org"):
            with CaptureQueriesContext(connection) as queries:
                response = self.ask(visitor, email)
            work = [each["sql"].split("(")[0] for each in queries.captured_queries]
            work = [sql for sql in work if "SAVEPOINT" not in sql]
            page = visitor.get(response.url)
            answers.append((work, response.status_code, response.url, page.content))

        assert answers[0] == answers[1]
        assert len(answers[0][0]) >= 2
        sent = len(mail.outbox)
        run_queued()
        assert len(mail.outbox) == sent + 1

    def test_fills_no_mailbox_though_the_cache_counts_nothing(
        self, visitor, link, commits, settings
    ):
        dummy = "django.core.cache.backends.dummy.DummyCache"
        settings.CACHES = {"default": {"BACKEND": dummy}}

        for _ in range(MAILS_IN_INTERVAL + 2):
            assert self.ask(visitor, "ada@example.org").status_code == 303

        assert len(mail.outbox) == 1 + MAILS_IN_INTERVAL

    def test_leads_to_each_application_of_a_person(
        self, visitor, client, link, form_page, commits
    ):
        client.cookies.clear()
        send(client, form_page, yes_no="No")

        self.ask(visitor, "ada@example.org")

        message = mail.outbox[-1]
        references = set(Application.objects.values_list("reference", flat=True))
        assert len(links_in(message)) == 2
        assert all(reference in message.body for reference in references)
        for path in links_in(message):
            assert open_status(Client(headers={"host": "localhost"}), path)

    @pytest.mark.parametrize("typed", ["", "ada", "a\x00@example.org", "a" * 300])
    def test_keeps_what_is_no_address_and_says_so(self, visitor, link, typed):
        response = self.ask(visitor, typed)

        assert response.status_code == 422
        assert "Enter your e-mail address in full" in response.content.decode()

    def test_finds_addresses_hashed_under_an_older_key(
        self, visitor, link, commits, settings
    ):
        settings.FIELD_KEYS = [
            "bm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm4=",
            *settings.FIELD_KEYS,
        ]

        self.ask(visitor, "ada@example.org")

        assert latest_link() != link
