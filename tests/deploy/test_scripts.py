"""`deploy/install`, `rollback`, `restore` and `uninstall`, step by step."""

import pytest

from tests.deploy.stubbed_machine import ROOT, StubbedMachine

OPTIONS = ("--host=www.clinic.example", "--backup-key=age1key")
TIMERS = {path.name for path in (ROOT / "deploy" / "units").glob("*.timer")}
RUNNING = {"clinic-web.service", "clinic-worker.service", "clinic-warmer.service"}
SOCKETS = {"clinic-web.socket", "run-clinic.mount", "run-clinic-bodies.mount"}
# The first release had none.
DIGESTS = ("clinic-digests.timer", "clinic-digests.service")


@pytest.fixture
def machine(tmp_path):
    return StubbedMachine(tmp_path)


@pytest.fixture
def old(machine):
    """The release that runs."""
    source = machine.release("old")
    machine.run(source, "install", *OPTIONS)
    return source


def test_an_install_starts_and_enables_all(machine, old):
    assert machine.units("enabled") == TIMERS | RUNNING | SOCKETS
    assert machine.units("active") == TIMERS | RUNNING | SOCKETS | {"nginx.service"}


def test_a_second_run_restarts_nothing_and_changes_no_file(machine, old):
    before = {path: path.lstat().st_mtime_ns for path in machine.path("etc").rglob("*")}
    release = machine.current

    machine.run(old, "install")

    assert machine.current == release
    assert not [line for line in machine.asked("systemctl") if "restart" in line]
    files = [path for path in machine.path("etc").rglob("*") if path.is_file()]
    assert {path: path.lstat().st_mtime_ns for path in files}.items() <= before.items()


def pending(machine):
    """Have the next release come with a migration."""
    machine.path("pending").touch()


@pytest.mark.parametrize(("default", "kept"), [("", []), ("14", ["--keep=1000000"])])
def test_the_backup_before_migrations_deletes_none(machine, default, kept):
    """The operator may keep more than a release does by default, as it used to."""
    old = machine.release("old")
    command = old / "core" / "management" / "commands" / "backup.py"
    command.parent.mkdir(parents=True)
    command.write_text(f'"--keep", type=int, default={default}')
    machine.run(old, "install", *OPTIONS)
    pending(machine)

    machine.run(machine.release("new"), "install")

    [asked] = [line for line in machine.asked("python") if " backup " in line]
    assert [word for word in asked.split() if word.startswith("--keep")] == kept


class TestWithoutRelease:
    """What is installed where no release runs, as after `deploy/uninstall`."""

    @pytest.fixture
    def source(self, machine):
        pending(machine)
        return machine.release("release")

    def test_a_database_that_is_there_is_backed_up_before_migrations(
        self, machine, source
    ):
        machine.run(source, "install", *OPTIONS)

        asked = [line.split()[2] for line in machine.asked("python")]
        assert "backup" in asked
        assert asked.index("backup") < asked.index("migrate")

    def test_without_a_key_for_backups_it_is_left_as_it_is(self, machine, source):
        done = machine.attempt(source, "install", OPTIONS[0])

        assert done.returncode == 1
        assert "--backup-key" in done.stderr
        assert machine.path("pending").exists()

    def test_an_empty_one_needs_no_backup(self, machine, source):
        machine.path("database-is-empty").touch()

        machine.run(source, "install", OPTIONS[0])

        assert not [line for line in machine.asked("python") if " backup " in line]


class TestUnitsOfAnotherRelease:
    """An upgrade and a way back across a release that added a unit."""

    @pytest.fixture
    def first(self, machine):
        source = machine.release("first", without=DIGESTS)
        machine.run(source, "install", *OPTIONS)
        assert "clinic-digests.timer" not in machine.units("active")
        return source

    def test_an_upgrade_with_migrations_starts_the_new_unit(self, machine, first):
        pending(machine)

        machine.run(machine.release("second"), "install")

        assert machine.units("enabled") == TIMERS | RUNNING | SOCKETS
        assert machine.units("active") >= TIMERS | RUNNING

    def test_a_way_back_and_forth_takes_the_unit_along(self, machine, first):
        machine.run(machine.release("second"), "install")
        second = machine.current

        machine.run(machine.current, "rollback")

        assert machine.current != second
        left = (TIMERS | RUNNING | SOCKETS) - set(DIGESTS)
        assert machine.units("enabled") == left
        assert machine.units("active") == left | {"nginx.service"}

        machine.run(second, "rollback")

        assert machine.current == second
        assert machine.units("enabled") == TIMERS | RUNNING | SOCKETS
        assert machine.units("active") >= TIMERS


class TestInterruptedLate:
    """What an install that did not come to its end has left is done by the next."""

    @pytest.fixture
    def ran(self, machine, old):
        """The release before the one whose install does not come to its end."""
        machine.run(machine.release("second"), "install")
        return machine.current

    @pytest.mark.parametrize("how", ["kills", "fails"])
    def test_the_way_back_leads_to_the_release_before(self, machine, ran, how):
        source = machine.release("third")
        machine.path(how).write_text("robots_switches")
        assert machine.attempt(source, "install").returncode
        assert machine.path("opt/clinic/previous").resolve() == ran
        machine.path(how).unlink()

        machine.run(source, "install")

        assert "python manage.py update_index --verbosity=0" in machine.asked("python")
        machine.run(machine.current, "rollback")
        assert machine.current == ran
        machine.run(source, "install")
        assert "python manage.py update_index --verbosity=0" in machine.asked("python")
        machine.run(source, "install")
        assert not [line for line in machine.asked("python") if "update_index" in line]

    def test_roles_are_made_by_the_next_install(self, machine, ran):
        pending(machine)
        source = machine.release("third")
        machine.path("fails").write_text("create_roles")
        assert machine.attempt(source, "install").returncode
        machine.path("fails").unlink()

        machine.run(source, "install")

        assert "python manage.py create_roles" in machine.asked("python")

    def test_a_release_that_does_not_start_is_none_to_go_back_to(self, machine, old):
        machine.run(machine.release("second"), "install")
        ran, before = machine.current, machine.path("opt/clinic/previous").resolve()
        machine.path("site-is-silent").touch()

        assert machine.attempt(machine.release("third"), "install").returncode

        assert machine.current == ran
        assert machine.path("opt/clinic/previous").resolve() == before


class TestAfterMigrations:
    """What fails after the jobs were stopped leaves none of them stopped."""

    @pytest.mark.parametrize(
        "fails", ["backup", "migrate --verbosity", "create_roles", "shell", "nginx"]
    )
    def test_every_job_of_the_old_release_runs_again(self, machine, old, fails):
        release, jobs = machine.current, machine.units("active")
        pending(machine)
        machine.path("fails").write_text(fails)

        done = machine.attempt(machine.release("new"), "install")

        assert done.returncode
        assert machine.current == release
        assert machine.units("active") == jobs

    def test_a_cdn_forgets_what_a_migration_that_failed_has_changed(self, machine, old):
        pending(machine)
        machine.path("fails").write_text("migrate --verbosity")

        assert machine.attempt(machine.release("new"), "install").returncode

        assert "start_generation" in machine.asked("python")[-1]

    def test_every_job_runs_again_after_an_interruption(self, machine, old):
        jobs = machine.units("active")
        pending(machine)
        machine.path("kills").write_text("shell")

        done = machine.attempt(machine.release("new"), "install")

        assert done.returncode
        assert machine.units("active") == jobs

    def test_a_broken_file_of_somebody_else_leaves_the_old_release_whole(
        self, machine, old
    ):
        release, jobs = machine.current, machine.units("active")
        pending(machine)
        machine.path("nginx-is-broken").touch()

        done = machine.attempt(machine.release("new"), "install")

        assert done.returncode
        assert machine.current == release
        assert machine.units("active") == jobs
        assert machine.path("etc/nginx/conf.d/clinic.conf").read_text() == "# old\n"


class TestWhatCannotBeAsked:
    """No job is stopped for settings or a database that cannot be used."""

    @pytest.mark.parametrize("fails", ["check --deploy", "showmigrations"])
    def test_the_jobs_of_the_release_that_runs_go_on(self, machine, old, fails):
        release, jobs = machine.current, machine.units("active")
        machine.path("fails").write_text(fails)
        machine.log.write_text("")

        done = machine.attempt(old, "install")

        assert done.returncode == 1
        assert "site goes on as it was" in done.stderr
        assert (machine.current, machine.units("active")) == (release, jobs)
        assert not [line for line in machine.asked("systemctl") if " stop " in line]
        assert release.is_dir()


class TestWhatIsAtWork:
    """A service that a timer has started is stopped with its timer."""

    @pytest.fixture(autouse=True)
    def nightly(self, machine, old):
        machine.path("active/clinic-nightly.service").touch()
        machine.path("active/clinic-backup.service").touch()

    def test_nothing_but_the_site_runs_while_tables_change(self, machine):
        pending(machine)

        machine.run(machine.release("new"), "install")

        during = machine.path("active-while-migrating").read_text().split()
        assert set(during) == SOCKETS | {"clinic-web.service", "nginx.service"}

    def test_nothing_runs_while_a_backup_takes_the_place_of_the_data(
        self, machine, old, tmp_path
    ):
        key = tmp_path / "key"
        key.touch()

        machine.run(old, "restore", "some.tar.age", f"--identity={key}")

        during = machine.path("active-while-restoring").read_text().split()
        assert set(during) == SOCKETS - {"clinic-web.socket"} | {"nginx.service"}
        assert machine.units("active") >= TIMERS | RUNNING | SOCKETS

    def test_the_site_runs_again_after_a_restore_that_failed(self, machine, old):
        machine.path("fails").write_text("restore")

        assert machine.attempt(old, "restore", "some.tar.age").returncode

        assert machine.units("active") >= TIMERS | RUNNING | SOCKETS
