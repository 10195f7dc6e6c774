"""PAGE_GENERATIONS names a Redis, and only beside a folder of pages."""

import pytest

from tests.helpers.production import REQUIRED, run, values


def test_several_machines_ask_a_redis():
    url = "rediss://:secret@host:6379/2"

    found = values("PAGE_GENERATIONS", PAGE_STORE="/run/pages", PAGE_GENERATIONS=url)

    assert found["PAGE_GENERATIONS"] == url


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"PAGE_GENERATIONS": "redis://host/2"}, "PAGE_GENERATIONS needs PAGE_STORE"),
        (
            {"PAGE_GENERATIONS": "http://:hunter2@host", "PAGE_STORE": "/run/pages"},
            "PAGE_GENERATIONS is not like redis://",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused(environment, sentence):
    load = "from config.settings import production"

    done = run("-c", load, environment=REQUIRED | environment)

    assert sentence in done.stderr
    assert "hunter2" not in done.stderr
