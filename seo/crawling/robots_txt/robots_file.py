"""The text of robots.txt (RFC 9309)."""

from wagtail.models import Site

from seo.crawling.robots_txt.models import RobotsTxt


def written(site: Site | None, sitemap: str) -> str:
    """Return the text of robots.txt.

    Args:
        site: Whose it is; None where the request is for none.
        sitemap: The address of the sitemap, "" for none.
    """
    found = RobotsTxt.objects.filter(site=site).first() if site else None
    groups = []
    if found and found.blocked:
        names = [f"User-agent: {token}" for token in found.blocked]
        groups.append("\n".join([*names, "Disallow: /"]))
    closed = [f"Disallow: {path}" for path in (found.paths if found else [])]
    groups.append("\n".join(["User-agent: *", *(closed or ["Disallow:"])]))
    if sitemap:
        groups.append(f"Sitemap: {sitemap}")
    return "\n\n".join(groups) + "\n"
