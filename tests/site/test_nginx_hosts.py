"""Which hosts nginx answers, by what ALLOWED_HOSTS says."""

import pytest

from tests.helpers.production import REQUIRED, run


def printed(hosts, folder):
    environment = REQUIRED | {"ALLOWED_HOSTS": hosts, "PAGE_STORE": str(folder)}
    return run("manage.py", "nginx", environment=environment)


def test_hosts_are_named_however_they_were_typed(tmp_path):
    done = printed("WWW.Clinic.example, clinic.example ,.other.example", tmp_path)

    assert "server_name clinic.example www.clinic.example;" in done.stdout


@pytest.mark.parametrize("hosts", [".clinic.example", "*", "[::1]"])
def test_a_site_with_no_host_that_nginx_can_name_is_told_so(hosts, tmp_path):
    done = printed(hosts, tmp_path)

    assert done.returncode == 1
    assert done.stderr.startswith("CommandError: ALLOWED_HOSTS names no host whole")
