"""What `deploy/install` does for a machine by its settings, and what is left of it."""

import os

import pytest

from tests.deploy.stubbed_machine import StubbedMachine
from tests.deploy.test_scripts import OPTIONS, RUNNING, SOCKETS, TIMERS

BUCKET = "s3://key:secret@storage.example/clinic-media"


@pytest.fixture
def machine(tmp_path):
    return StubbedMachine(tmp_path)


@pytest.fixture
def source(machine):
    return machine.release("release")


class TestPackages:
    @pytest.mark.parametrize(
        "line",
        [
            f"MEDIA_STORAGE={BUCKET}",
            "PRIVATE_STORAGE=s3+http://key:secret@storage.example/clinic-private",
            "CDN_PURGE=http://cache.internal,cloudfront://E123",
        ],
    )
    def test_what_buckets_and_cloudfront_need_is_installed(self, machine, source, line):
        machine.run(source, "install", *OPTIONS, f"--set={line}")

        [asked] = machine.asked("pip")
        assert asked.endswith(" requirements-s3.txt")

    def test_a_bucket_named_later_makes_the_release_anew(self, machine, source):
        machine.run(source, "install", *OPTIONS)
        assert "requirements-s3" not in "".join(machine.asked("pip"))
        before = machine.current
        with machine.path("etc/clinic/environment").open("a") as environment:
            environment.write("APPLICANTS_STORAGE=s3://key:secret@host/applicants\n")

        machine.run(source, "install")

        [asked] = machine.asked("pip")
        assert asked.endswith(" requirements-s3.txt")
        assert machine.current != before
        machine.run(source, "install")
        assert machine.asked("pip") == []

    @pytest.mark.parametrize(
        ("options", "installed"),
        [
            ((), set()),
            (("--postgresql",), {"postgresql"}),
            (
                ("--set=DATABASE_URL=postgres://user:password@database/clinic",),
                {"postgresql-client"},
            ),
        ],
    )
    def test_a_database_elsewhere_is_backed_up_by_programs_from_here(
        self, machine, source, options, installed
    ):
        machine.run(source, "install", *OPTIONS, *options)

        [_update, asked] = machine.asked("apt-get")
        found = {name for name in asked.split() if name.startswith("postgresql")}
        assert found == installed

    @pytest.mark.parametrize("step", ["update", "install"])
    def test_what_apt_cannot_do_is_said_and_nothing_begun(self, machine, source, step):
        machine.path("apt-fails").write_text(step)

        done = machine.attempt(source, "install", *OPTIONS)

        assert done.returncode == 1
        assert "run this again" in done.stderr
        assert not machine.path("etc/clinic").exists()


class TestTimersElsewhere:
    """Of several machines one has timers."""

    @pytest.fixture(autouse=True)
    def without(self, machine, source):
        machine.run(source, "install", *OPTIONS, "--timers=no")

    def test_none_is_started_or_enabled(self, machine):
        assert machine.units("enabled") == RUNNING | SOCKETS
        assert machine.units("active") == RUNNING | SOCKETS | {"nginx.service"}

    def test_an_upgrade_and_a_way_back_remember_it(self, machine):
        machine.path("pending").touch()

        machine.run(machine.release("new"), "install")

        assert machine.units("enabled") == RUNNING | SOCKETS
        machine.run(machine.current, "rollback")
        assert machine.units("active") == RUNNING | SOCKETS | {"nginx.service"}

    def test_a_machine_takes_them_over_and_gives_them_away(self, machine, source):
        machine.run(source, "install", "--timers=yes")

        assert machine.units("enabled") >= TIMERS
        assert machine.units("active") >= TIMERS

        machine.run(source, "install", "--timers=no")

        assert machine.units("enabled") == RUNNING | SOCKETS
        assert machine.units("active") == RUNNING | SOCKETS | {"nginx.service"}

    def test_anything_else_is_refused(self, machine, source):
        done = machine.attempt(source, "install", "--timers=maybe")

        assert done.returncode == 1
        assert "--timers=maybe" in done.stderr


def test_the_site_can_read_a_checkout_that_only_root_could(machine, source):
    for path in [source, *source.rglob("*")]:
        path.chmod(0o700 if path.is_dir() or os.access(path, os.X_OK) else 0o600)

    machine.run(source, "install", *OPTIONS)

    modes = [path.stat().st_mode for path in machine.current.rglob("*")]
    assert all(mode & 0o044 == 0o044 and not mode & 0o022 for mode in modes)
    assert (machine.current / "deploy" / "manage").stat().st_mode & 0o111 == 0o111


class TestUninstall:
    @pytest.fixture(autouse=True)
    def installed(self, machine, source):
        machine.run(source, "install", *OPTIONS)

    def test_only_data_settings_and_backups_are_left(self, machine):
        machine.run(machine.current, "uninstall")

        assert not machine.path("opt/clinic").exists()
        assert not list(machine.path("etc/systemd/system").iterdir())
        assert not list(machine.path("etc/nginx/conf.d").iterdir())
        assert not list(machine.path("usr/local/bin").iterdir())
        assert machine.units("active") == {"nginx.service"}
        assert machine.path("etc/clinic/environment").exists()
        assert machine.path("var/lib/clinic/media").is_dir()
        assert machine.path("var/backups/clinic").is_dir()

    def test_a_database_of_its_own_goes_with_the_data(self, machine, source):
        environment = machine.path("etc/clinic/environment")
        environment.write_text("DATABASE_URL=postgres:////var/run/postgresql/clinic\n")

        machine.run(source, "uninstall", "--delete-data")

        asked = [line.split()[4] for line in machine.asked("runuser")]
        assert asked == ["dropdb", "dropuser"]

    @pytest.mark.parametrize("nginx", ["is stopped", "has a broken file of others"])
    def test_nothing_more_is_left_because_nginx_cannot_be_reloaded(
        self, machine, source, nginx
    ):
        if nginx == "is stopped":
            machine.path("active/nginx.service").unlink()
        else:
            machine.path("nginx-is-broken").touch()

        machine.run(source, "uninstall", "--delete-data")

        assert machine.units("active") <= {"nginx.service"}
        assert not machine.path("opt/clinic").exists()
        assert not machine.path("etc/clinic").exists()
        assert not machine.path("var/lib/clinic").exists()
        assert not machine.path("var/backups/clinic").exists()
