"""Nothing inline runs under /admin/, and what would is recognised.

That no address of it prints any is in tests/testimonials/test_consents_by_address.py,
which walks them all.
"""

import pytest
from django.urls import reverse

from tests.helpers.inline_scripts import inline_scripts


@pytest.mark.parametrize(
    "markup",
    [
        "<script>alert(1)</script>",
        "<template><script type='module'>x</script></template>",
        "<p onclick='x'>",
        "<a href=' javascript:x'>",
        "<admin-set-up call='eval'></admin-set-up>",
    ],
)
def test_inline_scripts_are_recognised(markup):
    assert inline_scripts(markup)


class TestPolicy:
    def test_allows_no_inline_script_in_the_admin(self, log_in, home):
        response = log_in(None).get(reverse("wagtailadmin_home"))

        policy = dict(
            directive.strip().split(" ", 1)
            for directive in response.headers["Content-Security-Policy"].split(";")
        )
        assert policy["script-src"] == "'self'"
        assert policy["style-src"] == "'self' 'unsafe-inline'"
        assert policy["img-src"] == "'self' data: blob:"
        assert policy["frame-src"] == "'self'"
        assert policy["default-src"] == "'none'"

    def test_allows_nothing_inline_elsewhere(self, client, home):
        policy = client.get(home.url).headers["Content-Security-Policy"]

        assert "unsafe" not in policy
        assert "blob:" not in policy
        assert "default-src 'none'" in policy
