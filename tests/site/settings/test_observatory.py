"""What Mozilla's HTTP Observatory would say of the site as it is deployed."""

import json
from dataclasses import replace

import pytest
from django.db import connection

from tests.helpers.factories import ArticleIndexPageFactory, ArticlePageFactory
from tests.helpers.factories_applications import ApplicationFormPageFactory
from tests.helpers.observatory import Answer, modifiers_of, points
from tests.helpers.production import shell

HOST = "clinic.example"
SCAN = """
import json
from django.conf import settings
from django.test import Client, override_settings

def scan(path):
    client = Client(SERVER_NAME="{host}")
    answer = client.get(path, secure=True)
    assert answer.status_code == 200, (path, answer.status_code)
    return {{
        "url": "https://{host}" + path,
        "headers": {{name.lower(): value for name, value in answer.headers.items()}},
        "cookies": [cookie.OutputString() for cookie in answer.cookies.values()],
        "html": answer.content.decode(),
        "redirect": client.get(path).headers.get("Location", ""),
    }}

# Names with hashes need collected files, and have no part in this.
plain = {{"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
with override_settings(STORAGES=settings.STORAGES | {{"staticfiles": plain}}):
    print(json.dumps([scan(path) for path in {paths}]))
"""
# What an answer of ours is given: the rest neither adds nor takes away.
EARNED = {
    "content_security_policy": 10,
    "referrer_policy": 5,
    "x_frame_options": 5,
    "cross_origin_resource_policy": 10,
}


def database():
    """Return the tests' database as ``DATABASE_URL`` names it."""
    of = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{of['NAME']}"
    login = f"{of['USER']}:{of['PASSWORD']}@{of['HOST']}:{of['PORT']}"
    return f"postgres://{login}/{of['NAME']}"


def scan(*paths):
    """Return answers by path, as production gives them to strangers."""
    printed = shell(
        SCAN.format(host=HOST, paths=paths), DATABASE_URL=database(), HSTS="full"
    )
    answers = [Answer(**seen) for seen in json.loads(printed)]
    return dict(zip(paths, answers, strict=True))


def earned(answer):
    return {rule: given for rule, given in modifiers_of(answer).items() if given}


@pytest.mark.one_database
@pytest.mark.django_db(transaction=True)
def test_public_pages_have_125_points_and_more(home):
    article = ArticlePageFactory(parent=ArticleIndexPageFactory(parent=home))
    form = ApplicationFormPageFactory(parent=home)

    answers = scan(home.url, article.url, form.url, "/search/")

    posting = answers.pop(form.url)
    assert earned(posting) == EARNED | {"cookies": 5}
    for answer in answers.values():
        assert earned(answer) == EARNED
        assert points(answer) == 130


@pytest.mark.one_database
@pytest.mark.django_db(transaction=True)
def test_the_admin_has_100_points_at_least(home):
    (answer,) = scan("/admin/login/").values()

    assert points(answer) >= 100


BEST = Answer(
    url=f"https://{HOST}/",
    headers={
        "content-security-policy": "default-src 'none'; frame-ancestors 'self'",
        "cross-origin-resource-policy": "same-origin",
        "referrer-policy": "strict-origin-when-cross-origin",
        "strict-transport-security": "max-age=63072000",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
    },
    cookies=[],
    html="<p>",
    redirect=f"https://{HOST}/",
)


@pytest.mark.parametrize(
    ("header", "value", "given"),
    [
        ("content-security-policy", None, 75),
        ("content-security-policy", "script-src 'self' 'unsafe-inline'", 80),
        ("content-security-policy", "default-src https://cdn.example", 120),
        ("content-security-policy", "default-src 'none'; style-src data:", 115),
        ("cross-origin-resource-policy", None, 120),
        ("cross-origin-resource-policy", "cross-origin", 120),
        ("referrer-policy", "unsafe-url", 120),
        ("strict-transport-security", None, 80),
        ("strict-transport-security", "max-age=3600", 120),
        ("x-content-type-options", None, 125),
        ("access-control-allow-credentials", "true", 130),
    ],
)
def test_points_are_lost_by_worse_headers(header, value, given):
    headers = BEST.headers | {header: value}

    answer = replace(BEST, headers={k: v for k, v in headers.items() if v})

    assert points(BEST) == 130
    assert points(answer) == given


@pytest.mark.parametrize(
    ("change", "given"),
    [
        ({"cookies": ["a=1; Secure; HttpOnly; SameSite=Lax"]}, 135),
        ({"cookies": ["sessionid=1; Secure; SameSite=Lax"]}, 70),
        ({"cookies": ["csrftoken=1; Secure; HttpOnly"]}, 80),
        ({"html": "<script src='https://cdn.example/a.js'></script>"}, 125),
        ({"html": "<script src='/a.js' integrity='sha256-a'></script>"}, 135),
        ({"redirect": ""}, 80),
        ({"redirect": "https://www.clinic.example/"}, 125),
    ],
)
def test_points_depend_on_cookies_scripts_and_redirects(change, given):
    assert points(replace(BEST, **change)) == given
