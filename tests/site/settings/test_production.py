"""The settings that a deployed site runs with."""

import json
from functools import cache

import pytest

from core.checks.production import tasks_wait_for_a_worker
from tests.helpers.production import REQUIRED, run, shell, values

LOOK = """
import io, json
from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.management import call_command
from django.http import HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.test import Client, RequestFactory

def log_in(request):
    get_token(request)
    request.session["seen"] = "once"
    request.session.save = lambda **options: None
    return HttpResponse()

checked = io.StringIO()
call_command("check", deploy=True, fail_level="WARNING", stdout=checked)
# Logging out asks the database nothing.
response = Client().get("/admin/logout/", secure=True, SERVER_NAME="clinic.example")
logged_in = SessionMiddleware(CsrfViewMiddleware(log_in))(RequestFactory().get("/"))
print(json.dumps({
    "checked": checked.getvalue(),
    "silenced": settings.SILENCED_SYSTEM_CHECKS,
    "headers": dict(response.headers),
    "cookies": [cookie.OutputString() for cookie in logged_in.cookies.values()],
}))
"""


@cache
def look(hsts):
    """Return what ``check --deploy`` says and silences, and headers and cookies."""
    return json.loads(shell(LOOK, HSTS=hsts))


def test_name_everything_that_the_environment_lacks():
    checked = run("manage.py", "check", environment={})

    assert checked.returncode != 0
    assert all(f"  {name}: " in checked.stderr for name in REQUIRED)


def test_require_a_second_factor_whatever_the_environment_says():
    changes = {"SECOND_FACTOR": "false", "SECOND_FACTOR_PERMISSIONS": ""}
    found = values("SECOND_FACTOR_PERMISSIONS", "TRUSTED_PROXIES", **changes)

    assert "applications.view_application" in found["SECOND_FACTOR_PERMISSIONS"]
    assert "testimonials.view_consent" in found["SECOND_FACTOR_PERMISSIONS"]
    assert found["TRUSTED_PROXIES"] == 1


@pytest.mark.parametrize(("asked", "required"), [("true", True), ("", False)])
def test_ask_for_a_code_under_local_settings_only_when_told(tmp_path, asked, required):
    changes = {"SECOND_FACTOR": asked} if asked else {}
    found = values(
        "SECOND_FACTOR_PERMISSIONS",
        settings="local",
        VAR_DIR=str(tmp_path),
        **changes,
    )

    assert bool(found["SECOND_FACTOR_PERMISSIONS"]) is required


def test_bind_cookies_to_this_host_and_to_tls():
    """As browsers demand of the prefix (RFC 6265bis, section 4.1.3.2)."""
    cookies = {
        cookie.partition("=")[0]: cookie.lower().split("; ")
        for cookie in look("full")["cookies"]
    }

    assert set(cookies) == {"__Host-csrftoken", "__Host-sessionid"}
    for attributes in cookies.values():
        assert {"secure", "httponly", "path=/", "samesite=lax"} <= set(attributes)
        assert not any(part.startswith("domain") for part in attributes)


@pytest.mark.parametrize("module", ["local", "test"])
def test_leave_the_prefix_off_without_tls(module, tmp_path):
    found = values(
        "CSRF_COOKIE_NAME",
        "CSRF_COOKIE_SECURE",
        "SESSION_COOKIE_NAME",
        "SESSION_COOKIE_SECURE",
        settings=module,
        VAR_DIR=str(tmp_path),
    )

    assert list(found.values()) == ["csrftoken", False, "sessionid", False]


def test_local_links_name_the_port_that_answers(tmp_path):
    def address(**environment):
        return values(
            "WAGTAILADMIN_BASE_URL",
            settings="local",
            VAR_DIR=str(tmp_path),
            **environment,
        )["WAGTAILADMIN_BASE_URL"]

    assert address() == "http://localhost:8000"
    assert address(PORT="9000") == "http://localhost:9000"
    assert address(PORT="9000", BASE_URL="http://here:1") == "http://here:1"


class TestHSTS:
    @pytest.mark.parametrize(
        ("choice", "header", "silenced"),
        [
            ("full", "max-age=63072000; includeSubDomains; preload", []),
            ("3600", "max-age=3600", ["security.W005", "security.W021"]),
            ("off", None, ["security.W004"]),
        ],
    )
    def test_is_chosen_and_silences_only_the_checks_it_fails(
        self, choice, header, silenced
    ):
        found = look(choice)

        assert found["headers"].get("Strict-Transport-Security") == header
        assert found["silenced"] == silenced
        assert f"no issues ({len(silenced)} silenced)" in found["checked"]

    def test_of_no_seconds_is_off(self):
        names = ("SECURE_HSTS_SECONDS", "SILENCED_SYSTEM_CHECKS")

        assert values(*names, HSTS="0") == values(*names, HSTS="off")

    @pytest.mark.parametrize("choice", ["-1", "two years"])
    def test_is_refused_with_the_choices_there_are(self, choice):
        checked = run("manage.py", "check", environment=REQUIRED | {"HSTS": choice})

        assert checked.returncode != 0
        assert f"HSTS is “{choice}”" in checked.stderr
        assert "“off”, “full” or a number of seconds" in checked.stderr


class TestDatabase:
    def test_connections_are_kept_and_checked_and_soon_given_up(self):
        database = values("DATABASES", DATABASE_URL="postgres://user:pw@host/name")

        of = database["DATABASES"]["default"]
        assert of["CONN_MAX_AGE"] is None
        assert of["CONN_HEALTH_CHECKS"]
        assert of["OPTIONS"]["connect_timeout"] <= 5
        assert of["OPTIONS"]["tcp_user_timeout"] <= 10_000

    def test_queries_are_limited_where_visitors_are_answered(self):
        assert shell(LIMITED).split() == ["False", "True"]


LIMITED = """
from django.db.backends.signals import connection_created

def limited():
    return any(key[0] == "core.database" for key, *_ in connection_created.receivers)

print(limited())
import config.wsgi
print(limited())
"""


class TestTasks:
    IMMEDIATE = "django_tasks.backends.immediate.ImmediateBackend"

    def test_wait_for_a_worker_in_production(self):
        found = values("TASKS", "EMAIL_BACKEND", "MAIL_DELIVERY_BACKEND")

        backend = found["TASKS"]["default"]["BACKEND"]
        assert backend == "django_tasks_db.DatabaseBackend"
        assert found["EMAIL_BACKEND"] == "core.mail.EmailBackend"
        assert found["MAIL_DELIVERY_BACKEND"].endswith("smtp.EmailBackend")

    def test_that_run_at_once_are_refused_in_production(self):
        environment = REQUIRED | {"TASKS_BACKEND": self.IMMEDIATE}
        checked = run("manage.py", "check", environment=environment)

        assert checked.returncode != 0
        assert "TASKS_BACKEND must be a queue" in checked.stderr

    def test_that_run_at_once_fail_a_check_under_any_settings(self, settings):
        settings.TASKS = {"default": {"BACKEND": self.IMMEDIATE}}
        assert [error.id for error in tasks_wait_for_a_worker(None)] == ["core.E001"]

        settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
        assert tasks_wait_for_a_worker(None) == []
