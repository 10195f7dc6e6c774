"""Somebody of the staff signs in, through nginx."""

import re
from http.client import HTTPConnection
from urllib.parse import urlencode


def sign_in(served):
    """Post the form for signing in; return status and headers."""
    connection = HTTPConnection(f"127.0.0.1:{served.port}", timeout=60)
    host = {"Host": served.host}
    connection.request("GET", "/admin/login/", headers=host)
    answer = connection.getresponse()
    token = re.search(
        r'name="csrfmiddlewaretoken" value="(\w+)"', answer.read().decode()
    )[1]
    cookie = answer.getheader("Set-Cookie").partition(";")[0]
    fields = {
        "csrfmiddlewaretoken": token,
        "login": "editor",
        "password": "password",
    }
    connection.request(
        "POST",
        "/admin/login/",
        urlencode(fields),
        {
            **host,
            "Cookie": cookie,
            "Content-Type": "application/x-www-form-urlencoded",
        },
    )
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, dict(answer.getheaders())
