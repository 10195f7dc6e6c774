"""What visitors send waits in memory for the site, as nginx is told."""

import re
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command

from articles.importing.reading.sources import LARGEST

DEPLOY = settings.ROOT / "deploy"


@pytest.fixture
def server(settings, tmp_path):
    settings.PAGE_STORE = str(tmp_path)
    written = StringIO()
    call_command("nginx", "--bodies=/run/bodies", stdout=written)
    return written.getvalue().partition("server_tokens off;")[2]


def test_what_visitors_send_touches_no_disk(server):
    everywhere = server.partition("location")[0]

    assert "client_body_temp_path /run/bodies;" in everywhere
    # The files that Django keeps, and 12 MB of what was typed.
    assert "client_max_body_size 54525952;" in everywhere


def test_one_address_fills_little_of_the_room_for_all(server):
    """However slowly it sends what it may."""
    site = re.search(r"location @clinic_sends {(.*?)\n  }", server, re.S)[1]
    most = int(re.search(r"limit_conn clinic_sends (\d+);", site)[1])
    largest = int(re.search(r"client_max_body_size (\d+);", server)[1])
    room = re.search(
        r"size=(\d+)m", (DEPLOY / "units/run-clinic-bodies.mount").read_text()
    )

    assert 4 * most * largest < int(room[1]) * 1024**2


def test_that_room_stays_with_nginx_when_the_site_is_installed_anew():
    lines = map(str.split, (DEPLOY / "tmpfiles.conf").read_text().splitlines())
    folders = {line[1]: line[2:] for line in lines if line and line[0] == "d"}

    assert folders["/run/clinic/bodies"] == ["0700", "www-data", "root"]


@pytest.mark.parametrize("way", ["films", "staff"])
def test_what_staff_send_has_room_on_a_disk(server, way):
    admin = re.search(rf"location @clinic_{way} {{(.*?)\n  }}", server, re.S)[1]

    assert "client_body_temp_path /var/lib/nginx/body;" in admin
    assert "proxy_pass http://clinic_site$request_uri;" in admin
    assert "limit_conn clinic_open" in admin


def test_all_that_staff_may_import_at_once_fits(server):
    admin = re.search(r"location /admin/ {(.*?)\n  }", server, re.S)[1]
    largest = int(re.search(r"client_max_body_size (\d+);", admin)[1])

    assert largest >= LARGEST + settings.DATA_UPLOAD_MAX_MEMORY_SIZE
