"""What operators are told of settings that count no more."""

from django.core.checks import run_checks


def warnings():
    return [each for each in run_checks() if each.id == "review.W001"]


def test_months_in_the_environment_are_warned_of(monkeypatch):
    monkeypatch.delenv("CREDENTIAL_CHECK_MONTHS", raising=False)
    assert warnings() == []

    monkeypatch.setenv("CREDENTIAL_CHECK_MONTHS", "6")
    [warning] = warnings()
    assert "Checks of credentials" in warning.hint
