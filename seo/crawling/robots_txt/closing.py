"""Which line of robots.txt forbids an address."""

from urllib.parse import urlsplit

from seo.crawling.robots_txt.models import RobotsTxt
from seo.crawling.robots_txt.paths import closing


class Closed:
    """What the sites' robots.txt forbid search engines, read once."""

    def __init__(self) -> None:
        kept = RobotsTxt.objects.select_related("site")
        self._paths = {
            each.site.hostname.lower(): each.paths for each in kept if each.paths
        }
        self._blocked = {
            each.site.hostname.lower(): each.blocked for each in kept if each.blocked
        }

    def line(self, address: str) -> str:
        """Return the line that forbids an absolute address to search engines, or ""."""
        parts = urlsplit(address)
        host = parts.hostname or ""
        if "Googlebot" in self._blocked.get(host, ()):
            return "User-agent: Googlebot, Disallow: /"
        path = closing(self._paths.get(host, ()), parts.path or "/")
        return f"Disallow: {path}" if path else ""
