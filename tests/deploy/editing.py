"""What one editor's process does: change a page, and look at once whether it shows.

Run as ``python -m tests.deploy.editing SLUG CHANGES SEED``; prints as JSON how many
changes were made, and every answer that was older than its change.
"""

import json
import os
import random
import sys
from http.client import HTTPException
from itertools import count
from unittest import mock

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from wagtail.models import Page  # noqa: E402

from delivery import shared  # noqa: E402
from tests.helpers.behind_nginx import ask  # noqa: E402
from tests.helpers.shared_generations import unlimited  # noqa: E402

CHANGES = {}


def change(function):
    CHANGES[function.__name__] = function
    return function


def page_of(slug):
    return Page.objects.get(slug=slug).specific


@change
def save(slug, title):
    page = page_of(slug)
    page.title = title
    page.save()


@change
def save_one_field(slug, title):
    page = page_of(slug)
    page.title = title
    page.save(update_fields=["title"])


@change
def publish(slug, title):
    page = page_of(slug)
    page.title = title
    page.save_revision().publish()


@change
def update(slug, title):
    Page.objects.filter(slug=slug).update(title=title)


@change
def bulk_update(slug, title):
    page = Page.objects.get(slug=slug)
    page.title = title
    Page.objects.bulk_update([page], ["title"])


@change
def raw(slug, title):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE wagtailcore_page SET title = %s WHERE slug = %s", [title, slug]
        )


@change
def after_a_savepoint(slug, title):
    with transaction.atomic():
        with transaction.atomic():
            update(slug, "Never")
            transaction.set_rollback(True)
        update(slug, title)


@change
def after_what_was_rolled_back(slug, title):
    with transaction.atomic():
        update(slug, "Never")
        transaction.set_rollback(True)
    update(slug, title)


@change
def unpublished_and_published(slug, title):
    page_of(slug).unpublish()
    publish(slug, title)


def main(slug, changes, seed):
    chance = random.Random(seed)  # noqa: S311
    # A generation starts with each change: one a second would hide what is wrong.
    start = count(2_000_000_000 + seed * 10_000_000)
    with (
        mock.patch("delivery.linked.time.time", side_effect=start),
        mock.patch("delivery.shared._SCRIPT", unlimited(shared._SCRIPT)),
    ):
        stale = list(_edit(slug, changes, chance))
    sys.stdout.write(json.dumps({"changes": changes, "stale": stale}))


def _edit(slug, changes, chance):
    ways = os.environ["WAYS"].split()
    for number in range(changes):
        title = f"Title {slug} {number} of {changes}"
        name = chance.choice(sorted(CHANGES))
        CHANGES[name](slug, title)
        # The menu of every page shows the title.
        for path in (f"/{slug}/", "/", chance.choice(["/about/", "/about/?a=1"])):
            for _again in range(2):
                way = chance.choice(ways)
                status, content = _ask(way, path)
                if status != 200 or title.encode() not in content:
                    yield [number, name, way, path, status]


_visitors = count()


def _ask(way, path):
    number = next(_visitors)
    visitor = f"127.{1 + os.getpid() % 250}.{number // 250 % 250}.{1 + number % 250}"
    try:
        status, _headers, content = ask(
            way, os.environ["SITE_HOST"], path, visitor=visitor
        )
    except (OSError, HTTPException) as error:  # who was to answer was killed
        return repr(error), b""
    return status, content


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
