"""E-mails about faults: what failed and where, and nothing that anybody sent."""

import logging
import threading

import pytest
from config import error_reports
from django.core import mail

from tests.helpers.production import REQUIRED, run, shell

SECRETS = {
    "query": "Quillon",
    "posted": "Pemberton",
    "cookie": "Crispin",
    "header": "Hawthorne",
    "local": "Lavinia",
    "message": "Marigold",
    "cause": "Cordelia",
    "token": "Tobermory",
}
FAIL = f"""
from config import urls
from django.http import HttpResponseServerError
from django.test import Client
from django.urls import path

def fail(request, token, pk):
    name = "{SECRETS["local"]}"
    try:
        {{}}["{SECRETS["cause"]}"]
    except KeyError as error:
        raise ValueError("{SECRETS["message"]}") from error

# The page of the site needs collected static files.
urls.handler500 = lambda request: HttpResponseServerError()
urls.urlpatterns.insert(0, path("fail/<token>/<int:pk>/", fail))
client = Client(raise_request_exception=False)
client.cookies["name"] = "{SECRETS["cookie"]}"
answer = client.post(
    "/fail/{SECRETS["token"]}/7/?name={SECRETS["query"]}",
    {{"name": "{SECRETS["posted"]}"}},
    secure=True,
    headers={{"host": "clinic.example", "x-name": "{SECRETS["header"]}"}},
)
assert answer.status_code == 500
"""


class TestInProduction:
    def test_reach_the_admins_without_anything_that_was_sent(self, tmp_path):
        shell(
            FAIL,
            ADMINS="one@clinic.example, two@clinic.example",
            EMAIL_URL=f"filemail:///{tmp_path}",
        )

        [letter] = [file.read_text() for file in tmp_path.iterdir()]
        assert "Subject: [Clinic] ValueError at /fail/<token>/7/" in letter
        assert "To: one@clinic.example, two@clinic.example" in letter
        assert ", in fail" in letter
        assert "builtins.KeyError" in letter
        assert [secret for secret in SECRETS.values() if secret in letter] == []

    def test_reach_nobody_where_nobody_is_named(self, tmp_path):
        shell(FAIL, EMAIL_URL=f"filemail:///{tmp_path}")

        assert list(tmp_path.iterdir()) == []


@pytest.fixture
def reports(settings, monkeypatch):
    """``reports(log)`` is what is sent of what ``log(logger)`` logs."""
    settings.ADMINS = [("ops", "ops@clinic.example")]
    logger = logging.Logger("tests")
    logger.addHandler(error_reports.ErrorReportHandler())

    def sent(log):
        mail.outbox.clear()
        log(logger)
        for thread in threading.enumerate():
            if thread.name == "error report":
                thread.join()
        return [(letter.subject, letter.body) for letter in mail.outbox]

    return sent


def failing(make):
    def log(logger):
        try:
            raise make()
        except Exception:
            logger.exception("Rosalind Quill has failed")

    return log


class TestReports:
    def test_of_an_error_without_a_request_name_the_line(self, reports):
        [(subject, body)] = reports(failing(lambda: ValueError("Rosalind Quill")))

        assert subject.endswith("ValueError")
        assert "raise make()" in body
        assert "Quill" not in subject + body

    def test_of_what_no_exception_caused_name_the_line(self, reports):
        [(subject, body)] = reports(lambda log: log.error("%s failed", "Rosalind"))

        assert subject.endswith("ERROR")
        assert __file__ in body
        assert "Rosalind" not in subject + body

    def test_of_several_errors_at_once_name_them_all(self, reports):
        parts = [ValueError("Quill"), OSError("Quill")]

        [(_, body)] = reports(failing(lambda: ExceptionGroup("Quill", parts)))

        assert "builtins.ValueError" in body
        assert "builtins.OSError" in body
        assert "Quill" not in body

    def test_leave_out_what_an_error_was_raised_without(self, reports):
        def log(logger):
            try:
                try:
                    {}["key"]
                except KeyError:
                    raise ValueError from None
            except ValueError:
                logger.exception("")

        [(_, body)] = reports(log)

        assert "KeyError" not in body

    def test_say_which_page_failed(self, reports, rf):
        request = rf.get("/articles/a-trial/?query=Quill")

        [(subject, _)] = reports(
            lambda log: log.error("", extra={"request": request, "status_code": 503})
        )

        assert subject.endswith("503 at /articles/a-trial/")

    def test_name_no_address_that_no_view_has(self, reports, rf):
        request = rf.get("/Rosalind.Quill")

        [(subject, _)] = reports(lambda log: log.error("", extra={"request": request}))

        assert subject.endswith("ERROR")

    def test_are_not_sent_of_warnings_and_of_wrong_requests(self, reports):
        assert reports(lambda log: log.warning("")) == []
        assert reports(lambda log: log.error("", extra={"status_code": 400})) == []

    def test_are_sent_once_in_ten_minutes(self, reports, monkeypatch):
        now = [1000.0]
        monkeypatch.setattr(error_reports.time, "monotonic", lambda: now[0])
        fault, other = failing(ValueError), failing(OSError)

        assert len(reports(fault)) == 1
        assert reports(fault) == []
        now[0] += 599
        assert reports(fault) == []
        assert len(reports(other)) == 1
        now[0] += 1
        assert len(reports(fault)) == 1

    def test_that_cannot_be_made_fail_nobody_else(self, reports, monkeypatch, capsys):
        monkeypatch.setattr(error_reports, "_send", lambda *args: 1 / 0)

        assert reports(lambda log: log.error("")) == []
        assert "ZeroDivisionError" in capsys.readouterr().err


class TestLogLevel:
    SAY = """
import logging
from config.settings import production
from django.utils.log import configure_logging

configure_logging("logging.config.dictConfig", production.LOGGING)
for name in ("core", "django.request"):
    logging.getLogger(name).info("informed")
    logging.getLogger(name).warning("warned")
"""

    @pytest.mark.parametrize(
        ("level", "lines"),
        [
            ("INFO", ["informed", "warned"] * 2),
            ("warning", ["warned"] * 2),
            ("ERROR", []),
        ],
    )
    def test_is_chosen(self, level, lines):
        done = run("-c", self.SAY, environment=REQUIRED | {"LOG_LEVEL": level})

        assert done.stderr.split() == lines

    def test_is_refused_with_the_choices_there_are(self):
        done = run("-c", self.SAY, environment=REQUIRED | {"LOG_LEVEL": "loud"})

        assert "LOG_LEVEL is “LOUD”" in done.stderr
        assert "DEBUG, INFO, WARNING, ERROR or CRITICAL" in done.stderr
