"""The points that Mozilla's HTTP Observatory gives for an answer.

Follows https://github.com/mdn/mdn-http-observatory as read in November 2026. Its
modifiers stand in ``src/grader/charts.js``, their sum in ``src/scanner/index.js``; each
rule names the file of ``src/analyzer/tests/`` that decides it. Left out is what an
answer cannot show: certificates, and 5 points for hosts that browsers have built in.
"""

import re
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlsplit

import lxml.html

BROAD = {"*", "http:", "https:", "ftp:", "http://*", "https://*"}
BROAD |= {"http://*.*", "https://*.*"}
INLINE = {"'unsafe-inline'", "data:"}
SIX_MONTHS = 15_552_000  # seconds
BONUS_FROM = 90  # points without any bonus


@dataclass
class Answer:
    """What a scan sees.

    Attributes:
        url: The address, https.
        headers: By their names in lower case.
        cookies: The ``Set-Cookie`` headers.
        html: The body.
        redirect: Where the same address without TLS leads; "" where it answers itself.
    """

    url: str
    headers: dict[str, str]
    cookies: list[str]
    html: str
    redirect: str


def points(answer):
    """Return the sum, where bonuses count only if few points are lost."""
    modifiers = modifiers_of(answer).values()
    lost = sum(modifier for modifier in modifiers if modifier < 0)
    return 100 + (sum(modifiers) if 100 + lost >= BONUS_FROM else lost)


def modifiers_of(answer):
    """Return what each rule adds or takes away."""
    return {rule.__name__: rule(answer) for rule in RULES}


def policy_of(answer):
    """Return the Content-Security-Policy as {directive: sources}."""
    directives = answer.headers.get("content-security-policy", "").lower().split(";")
    return {words[0]: set(words[1:]) for words in map(str.split, directives) if words}


def content_security_policy(answer):
    """csp.js."""
    policy = policy_of(answer)
    if not policy:
        return -25
    default = policy.get("default-src", {"*"})
    script = set(policy.get("script-src", default))
    style = set(policy.get("style-src", default))
    objects = policy.get("object-src", default)
    for sources in (script, style):
        if any(re.match("'(nonce|sha256|sha384|sha512)-", each) for each in sources):
            sources.discard("'unsafe-inline'")
    passive = {
        source
        for name in ("img-src", "media-src")
        for source in policy.get(name, default)
    }
    active = script.union(
        *(policy[name] for name in policy.keys() - {"img-src", "media-src"})
    )
    if script & (BROAD | INLINE) or objects & BROAD:
        return -20
    if any(source.startswith(("http:", "ftp:")) for source in active):
        return -20
    if "'unsafe-eval'" in script | style:
        return -10
    if any(source.startswith(("http:", "ftp:")) for source in passive):
        return -10
    if style & (BROAD | INLINE):
        return 0
    return 10 if default == {"'none'"} else 5


def cookies(answer):
    """cookies.js."""
    if not answer.cookies:
        return 0
    worst = 5
    protected = strict_transport_security(answer) >= 0
    for line in answer.cookies:
        [(name, cookie)] = SimpleCookie(line).items()
        is_session = any(part in name.lower() for part in ("login", "sess"))
        same_site = cookie["samesite"].lower()
        if is_session and not cookie["secure"]:
            worst = min(worst, -10 if protected else -40)
        if is_session and not cookie["httponly"]:
            worst = min(worst, -30)
        if not cookie["secure"]:
            worst = min(worst, -5 if protected else -20)
        if not same_site:
            worst = min(worst, -20 if "csrf" in name.lower() else 0)
        elif same_site not in ("lax", "strict", "none"):
            worst = min(worst, -20)
    return worst


def cross_origin_resource_sharing(answer):
    """cors.js: an origin is let in by name, with the visitor's cookies."""
    allowed = answer.headers.get("access-control-allow-origin", "*")
    credentials = answer.headers.get("access-control-allow-credentials", "")
    return -50 if allowed != "*" and credentials.lower() == "true" else 0


def redirection(answer):
    """redirection.js."""
    first, here = urlsplit(answer.redirect), urlsplit(answer.url)
    if not answer.redirect:
        return -20
    if first.scheme != "https":
        return -10
    return 0 if first.hostname == here.hostname else -5


def referrer_policy(answer):
    """referrer-policy.js: the last value that is known counts."""
    good = {
        "no-referrer",
        "same-origin",
        "strict-origin",
        "strict-origin-when-cross-origin",
    }
    bad = {
        "origin",
        "origin-when-cross-origin",
        "unsafe-url",
        "no-referrer-when-downgrade",
    }
    header = answer.headers.get("referrer-policy")
    if header is None:
        return 0
    known = [
        value for value in re.split(r"\s*,\s*", header.lower()) if value in good | bad
    ]
    return 5 if known and known[-1] in good else -5


def strict_transport_security(answer):
    """strict-transport-security.js."""
    header = answer.headers.get("strict-transport-security", "")
    match = re.search(r"(?:^|;)\s*max-age=(\d+)", header.lower())
    if not match or "," in header:
        return -20
    return 0 if int(match[1]) >= SIX_MONTHS else -10


def subresource_integrity(answer):
    """subresource-integrity.js: scripts of other hosts, and bonus for hashes."""
    given, here = 0, urlsplit(answer.url)
    for script in lxml.html.fromstring(answer.html or "<p>").iter("script"):
        source = urlsplit(script.get("src", ""))
        hashed = bool(script.get("integrity"))
        if source.netloc and (not source.scheme or source.hostname != here.hostname):
            secure = source.scheme == "https"
            if not (secure and hashed):
                given = min(given, -5 if secure else -20 if hashed else -50)
        elif hashed and given == 0:
            given = 5
    return given


def x_content_type_options(answer):
    """x-content-type-options.js."""
    header = answer.headers.get("x-content-type-options", "")
    return 0 if header.strip().lower() == "nosniff" else -5


def x_frame_options(answer):
    """x-frame-options.js: the policy's frame-ancestors outranks the header."""
    if "frame-ancestors" in policy_of(answer):
        return 5
    header = answer.headers.get("x-frame-options", "").strip().lower()
    return 0 if header in ("deny", "sameorigin") else -20


def cross_origin_resource_policy(answer):
    """cross-origin-resource-policy.js."""
    header = answer.headers.get("cross-origin-resource-policy", "cross-origin")
    given = {"same-origin": 10, "same-site": 10, "cross-origin": 0}
    return given.get(header.strip().lower(), -5)


RULES = (
    content_security_policy,
    cookies,
    cross_origin_resource_sharing,
    redirection,
    referrer_policy,
    strict_transport_security,
    subresource_integrity,
    x_content_type_options,
    x_frame_options,
    cross_origin_resource_policy,
)
