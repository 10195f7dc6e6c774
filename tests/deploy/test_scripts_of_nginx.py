"""What `deploy/install` and `rollback` have nginx read, and that it does read it."""

import pytest

from tests.deploy.stubbed_machine import StubbedMachine
from tests.deploy.test_scripts import OPTIONS


@pytest.fixture
def machine(tmp_path):
    return StubbedMachine(tmp_path)


class TestCertificate:
    @pytest.fixture
    def files(self, machine, tmp_path):
        """The certificate and its key, with which two releases were installed."""
        files = tmp_path / "full.pem", tmp_path / "key.pem"
        for path in files:
            path.touch()
        machine.run(machine.release("old"), "install", *OPTIONS, *self.options(files))
        machine.run(machine.release("new"), "install")
        return files

    def options(self, files):
        return f"--certificate={files[0]}", f"--certificate-key={files[1]}"

    @pytest.mark.parametrize("lost", [0, 1])
    @pytest.mark.parametrize("script", ["install", "rollback"])
    def test_one_that_is_gone_does_not_take_the_site_off_https(
        self, machine, files, script, lost
    ):
        release, units = machine.current, machine.units("active")
        files[lost].unlink()
        source = machine.release("newest") if script == "install" else machine.current
        machine.log.write_text("")

        done = machine.attempt(source, script)

        assert done.returncode == 1
        assert str(files[lost]) in done.stderr
        assert (machine.current, machine.units("active")) == (release, units)
        assert not machine.asked("python")

    def test_one_that_is_named_again_takes_its_place(self, machine, files, tmp_path):
        for path in files:
            path.unlink()
        renewed = tmp_path / "renewed.pem", tmp_path / "renewed-key.pem"
        for path in renewed:
            path.touch()

        machine.run(machine.release("newest"), "install", *self.options(renewed))

        link = machine.path("etc/clinic/certificate.pem")
        assert link.readlink() == renewed[0]
        assert any("nginx --certificate=" in each for each in machine.asked("python"))


class TestInterruption:
    """The shell is killed while nginx looks at what was put."""

    RELOADED = "systemctl reload-or-restart nginx"

    def interrupt(self, machine, source, *options):
        machine.path("nginx-is-killed").touch()
        assert machine.attempt(source, "install", *options).returncode == -9
        machine.path("nginx-is-killed").unlink()

    @pytest.mark.parametrize("which", ["first", "second"])
    def test_nginx_reads_what_an_interrupted_install_has_put(self, machine, which):
        source = machine.release("old")
        if which == "second":
            machine.run(source, "install", *OPTIONS)
            source = machine.release("new")
        self.interrupt(machine, source, *OPTIONS)

        machine.run(source, "install")

        assert self.RELOADED in machine.asked("systemctl")
        machine.run(source, "install")
        assert self.RELOADED not in machine.asked("systemctl")
        files = {path.name for path in machine.path("etc/nginx/conf.d").iterdir()}
        assert files == {"clinic.conf"}

    def test_what_nginx_has_read_comes_back_after_an_interruption(self, machine):
        machine.run(machine.release("old"), "install", *OPTIONS)
        source = machine.release("new")
        self.interrupt(machine, source)
        machine.path("nginx-is-broken").touch()

        assert machine.attempt(source, "install").returncode

        assert machine.path("etc/nginx/conf.d/clinic.conf").read_text() == "# old\n"


class TestPatternsOfNginx:
    """nginx compiles the patterns by which it finds stored pages, if told to once."""

    @pytest.fixture
    def source(self, machine):
        return machine.release("release")

    @pytest.fixture
    def ours(self, machine):
        return machine.path("etc/nginx/modules-enabled/60-clinic.conf")

    def test_they_are_compiled(self, machine, source, ours):
        machine.run(source, "install", *OPTIONS)

        assert ours.read_text() == "pcre_jit on;\n"
        assert "systemctl reload-or-restart nginx" in machine.asked("systemctl")

    @pytest.mark.parametrize("name", ["nginx.conf", "modules-enabled/10-own.conf"])
    def test_the_machines_own_word_on_it_counts(self, machine, source, ours, name):
        own = machine.path(f"etc/nginx/{name}")
        own.write_text("user www-data;\n# pcre_jit on;\n")
        machine.run(source, "install", *OPTIONS)
        assert ours.exists()
        linked = machine.path("own.conf")
        linked.write_text("user www-data;  pcre_jit off;\n")
        own.unlink()
        own.symlink_to(linked)

        machine.run(source, "install")

        assert not ours.exists()
        assert "systemctl reload-or-restart nginx" in machine.asked("systemctl")
        machine.run(source, "install")
        assert "systemctl reload-or-restart nginx" not in machine.asked("systemctl")

    def test_an_nginx_that_refuses_goes_on_without(self, machine, source, ours):
        machine.path("nginx-is-broken").touch()

        assert machine.attempt(source, "install", *OPTIONS).returncode

        assert not ours.exists()

    def test_an_nginx_that_has_no_such_folder_goes_on_without(
        self, machine, source, ours
    ):
        ours.parent.rmdir()

        machine.run(source, "install", *OPTIONS)
