"""Who asks for what is not there: readers, crawlers, and scanners for weaknesses."""

import re

# What scanners look for, which this site has never had. One row stands for all of it.
SCANNERS = "{scanners}"
_SCANNED = re.compile(
    r"/(?:\.(?!well-known)|(?:wp-(?:login|admin|includes|config|json|cron|signup)"
    r"|xmlrpc|wlwmanifest|php-?my-?admin|pma|adminer|phpinfo|phpunit|eval-stdin|cgi-bin"
    r"|vendor|actuator|solr|boaform|hnap1|owa|ecp|autodiscover|server-status|telescope"
    r"|_ignition|druid|jenkins|struts|login\.action|manager/html|shell|config\.php"
    r"|administrator|setup\.cgi|console|etc/passwd|proc/self)(?![a-z0-9]))"
    r"|\.\./|\.(?:sql|bak|swp|ini|ya?ml|pem|key)$|\$\{|[<>]",
    re.IGNORECASE,
)
_CRAWLER = re.compile(
    r"bot|crawl|spider|slurp|archiv|preview|fetch|monitor|scan|curl|wget|python|java/"
    r"|go-http|okhttp|axios|headless|lighthouse|http-?client|libwww|feed",
    re.IGNORECASE,
)


def is_scan(path: str) -> bool:
    """Return whether an address is asked for by scanners alone."""
    return bool(_SCANNED.search(path))


def is_crawler(user_agent: str) -> bool:
    """Return whether a program asks, and nobody waits for its answer.

    Of its name nothing is kept.
    """
    return not user_agent or bool(_CRAWLER.search(user_agent))
