"""What systemd and a shell's linter say of what `deploy/install` puts on a machine."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
UNITS = DEPLOY / "units"
# systemd's measure, tenths: 0 is a service that can do nothing, 96 one without limits.
EXPOSURE = 20


def run(program, *arguments):
    found = shutil.which(program)
    if found is None and not os.environ.get("CI"):
        pytest.skip(f"no {program} on this machine")
    assert found, f"CI needs {program}"
    return subprocess.run(  # noqa: S603
        [found, *arguments],
        cwd=DEPLOY.parent,
        capture_output=True,
        text=True,
        check=False,
    )


def test_systemd_finds_nothing_wrong_with_the_units():
    units = [path for path in UNITS.iterdir() if path.is_file()]
    assert len(units) > 9

    done = run("systemd-analyze", "verify", "--man=no", *map(str, units))

    # The site is not installed where tests run.
    missing = "is not executable: No such file or directory"
    said = [line for line in done.stderr.splitlines() if missing not in line]
    assert said == []


@pytest.mark.parametrize("unit", sorted(path.name for path in UNITS.glob("*.service")))
def test_every_service_is_confined(unit, tmp_path):
    shutil.copytree(UNITS, tmp_path / "etc" / "systemd" / "system")

    done = run(
        *("systemd-analyze", "security", "--offline=yes", f"--root={tmp_path}"),
        *(f"--threshold={EXPOSURE}", unit),
    )

    assert done.returncode == 0, done.stdout[-300:] + done.stderr


def test_every_timer_catches_up():
    timers = list(UNITS.glob("*.timer"))
    assert timers
    for timer in timers:
        assert "Persistent=yes" in timer.read_text()
        assert timer.with_suffix(".service").exists()


def test_no_job_has_failed_because_an_upgrade_stopped_it():
    jobs = [
        unit.read_text().splitlines()
        for unit in UNITS.glob("*.service")
        if "Type=oneshot" in unit.read_text()
    ]
    assert len(jobs) > 3
    assert all("SuccessExitStatus=SIGTERM" in lines for lines in jobs)


def test_the_scripts_have_no_known_mistake():
    scripts = [path for path in DEPLOY.iterdir() if os.access(path, os.X_OK)]
    # What is sourced, too: it is followed for its names, and looked at only by itself.
    scripts += DEPLOY.rglob("*.sh")
    names = [str(path.relative_to(DEPLOY.parent)) for path in scripts if path.is_file()]
    assert len(names) > 4

    done = run("shellcheck", "--external-sources", "--source-path=.", *names)

    assert done.returncode == 0, done.stdout
