"""What `deploy/install` does for a machine by its settings, and what is left of it."""

import os
import subprocess

import pytest

from tests.deploy.stubbed_machine import ROOT, StubbedMachine
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

    @pytest.mark.parametrize(
        ("url", "installed"),
        [
            ("redis://localhost:6379/1", True),
            ("redis://:password@127.0.0.1:6379", True),
            ("redis://[::1]/1", True),
            ("redis://cache.internal:6379/1", False),
            ("redis://localhost.internal/1", False),
            ("unix:///run/redis/redis.sock", False),
        ],
    )
    def test_redis_is_installed_where_the_settings_name_this_machine(
        self, machine, url, installed
    ):
        for line in ("A=1", f"CACHE_URL={url}"):
            source = (
                f". {ROOT}/deploy/steps/packages.sh; settings=('{line}')"
                f"; SETTINGS={machine.folder}; redis_elsewhere"
            )
            done = subprocess.run(["bash", "-c", source], check=False)  # noqa: S603, S607
            assert bool(done.returncode) == (installed or line == "A=1")


class TestFoldersElsewhere:
    """Services may write to no folder that nobody has opened to them."""

    @pytest.fixture
    def opened(self, machine):
        return machine.path("etc/systemd/system/clinic-.service.d/places.conf")

    def test_those_that_the_settings_name_are_made_and_opened(
        self, machine, source, opened
    ):
        disk = machine.path("srv")
        lines = [
            f"MEDIA_STORAGE={disk}/media/",
            f"PRIVATE_STORAGE={disk}/a 100% private",
            "APPLICANTS_STORAGE=",
            f"DATABASE_URL=sqlite:///{disk}/data/db.sqlite3?timeout=5",
            f"ERASURE_LIST={disk}/erasures/list",
        ]

        machine.run(source, "install", *OPTIONS, *(f"--set={line}" for line in lines))

        names = ["media", "a 100% private", "applicants", "data", "erasures"]
        assert all((disk / name).is_dir() for name in names)
        assert opened.read_text().splitlines() == ["[Service]"] + [
            f'ReadWritePaths="-{disk}/{name.replace("%", "%%")}"' for name in names
        ]
        done = machine.run(machine.current, "uninstall", "--delete-data")
        assert f"lie elsewhere: {disk}/media" in done.stdout
        assert (disk / "media").is_dir()

    def test_the_sites_own_need_none(self, machine, source, opened):
        line = "MEDIA_STORAGE=s3://key:secret@storage.example/clinic-media"

        machine.run(source, "install", *OPTIONS, f"--set={line}")

        assert not opened.exists()

    @pytest.mark.parametrize("place", ["/home/clinic/media", "media"])
    def test_one_that_services_do_not_see_is_refused(self, machine, source, place):
        done = machine.attempt(source, "install", *OPTIONS, f"--set=PAGE_STORE={place}")

        assert done.returncode == 1
        assert done.stderr.startswith("PAGE_STORE: ")

    @pytest.mark.parametrize("name", ["MEDIA_STORAGE", "PAGE_STORE"])
    def test_one_that_nginx_reads_is_open_to_it_alone(self, machine, source, name):
        place = machine.path("srv/pages")

        machine.run(source, "install", *OPTIONS, f"--set={name}={place}")

        assert place.stat().st_mode & 0o7777 == 0o2750
        assert f"www-data {place}" in machine.path("groups").read_text().splitlines()

    def test_one_for_the_static_files_of_all_releases_is_refused(self, machine, source):
        place = machine.path("srv/var")

        done = machine.attempt(source, "install", *OPTIONS, f"--set=VAR_DIR={place}")

        assert done.returncode == 1
        assert done.stderr.startswith("VAR_DIR: leave it out")
        assert not place.exists()


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


def test_nothing_is_put_in_order_at_night_before_a_restore_is_whole(machine, source):
    machine.run(source, "install", *OPTIONS)
    machine.path("fails").write_text("redo_erasures")
    machine.log.write_text("")

    done = machine.attempt(machine.current, "nightly")

    assert done.returncode == 1
    [asked] = machine.asked("python")
    assert asked.endswith("redo_erasures --unfinished")

    machine.path("fails").unlink()
    machine.run(machine.current, "nightly")
    assert "python manage.py check_uploads --mend" in machine.asked("python")


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
        assert not list(machine.path("etc/nginx/modules-enabled").iterdir())
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
