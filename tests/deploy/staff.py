"""Somebody of the staff who works in the admin, through one of the ways to the site."""

import os
from urllib.parse import urlencode

from django.test import Client
from django.urls import reverse

from tests.helpers.behind_nginx import ask
from users.models import User

_TOKEN = "a" * 32  # which Django only compares with the cookie's


def unpublish_and_publish(pk):
    """Yield what does the one and the other by the admin's bulk actions."""
    visitor = Client()
    visitor.force_login(User.objects.get(username="editor"))
    session = visitor.cookies["sessionid"].value
    for action, fields in (("unpublish", {"readers_go": "gone"}), ("publish", {})):
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        yield lambda to=f"{address}?id={pk}&next=/admin/", fields=fields: _post(
            to, session, fields
        )


def _post(path, session, fields):
    way, host = os.environ["WAYS"].split()[0], os.environ["SITE_HOST"]
    status, headers, content = ask(
        way,
        host,
        path,
        "POST",
        body=urlencode({"csrfmiddlewaretoken": _TOKEN, **fields}).encode(),
        Cookie=f"sessionid={session}; csrftoken={_TOKEN}",
        Content_Type="application/x-www-form-urlencoded",
    )
    done = status == 302 and headers["Location"] == "/admin/"
    assert done, (status, headers, content[:3000])
