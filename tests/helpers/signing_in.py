"""What tests do as somebody who signs in by hand."""

import base64
import hashlib
import hmac
import re
import time

from django.test import Client
from django.urls import reverse

PASSWORD = "password"


def totp(secret, steps=0):
    """Return what an authenticator app shows ``steps`` half minutes from now.

    After RFC 6238, and apart from the code under test.
    """
    counter = int(time.time() // 30) + steps
    key = base64.b32decode(secret.replace(" ", ""))
    digest = hmac.digest(key, counter.to_bytes(8), hashlib.sha1)
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4]) & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def sign_in(client, name, password=PASSWORD, **headers):
    data = {"login": name, "password": password}
    return client.post(reverse("account_login"), data, **headers)


def give_code(client, code, **headers):
    return client.post(reverse("mfa_authenticate"), {"code": code}, **headers)


def set_up(client):
    """Set up the second factor of whoever is signed in, and return the secret."""
    url = reverse("mfa_activate_totp")
    form = client.get(url).context["form"]
    data = {"code": totp(form.secret), "sealed": form.initial["sealed"]}
    response = client.post(url, data)
    assert response["Location"] == reverse("mfa_view_recovery_codes")
    return form.secret


def recovery_codes(client):
    html = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    return re.findall(r"<code>(\d+)</code>", html)


def from_address(address):
    """Return a browser elsewhere."""
    return Client(REMOTE_ADDR=address)
