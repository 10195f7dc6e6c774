"""What one editor's process does: change something, and look at once what shows.

Run as ``python -m tests.deploy.editing SLUG CHANGES SEED [killed]``; prints as JSON
which changes were made, how many were killed, and every answer that was an old one.
"""

import json
import os
import random
import sys
from contextlib import ExitStack
from http.client import HTTPException
from itertools import count, cycle
from unittest import mock

import django

django.setup()

from delivery import shared  # noqa: E402
from tests.deploy.changes import UNCHANGED  # noqa: E402
from tests.deploy.changes_of_content import CHANGES  # noqa: E402
from tests.deploy.killing import make_in_a_child  # noqa: E402
from tests.deploy.own_content import EDITORS, ELSEWHERE, Own  # noqa: E402
from tests.helpers.behind_nginx import ask  # noqa: E402
from tests.helpers.linked_generations import without_limit  # noqa: E402
from tests.helpers.shared_generations import unlimited  # noqa: E402

UNAFFECTED = 2  # addresses that are looked at after each change


def main(slug, changes, seed, killed=""):
    script = mock.patch("delivery.shared._SCRIPT", unlimited(shared._SCRIPT))
    editor = Editor(slug, seed, may_be_killed=bool(killed))
    with ExitStack() as at_once:
        # One generation a second would hide what is wrong.
        at_once.enter_context(script)
        at_once.enter_context(without_limit())
        for number, name in zip(range(changes), editor.kinds(), strict=False):
            editor.make(name, f"Title {slug} {seed}.{number:04}")
    sys.stdout.write(
        json.dumps(
            {"made": editor.made, "killed": editor.killed, "stale": editor.stale}
        )
    )


class Editor:
    """Makes changes, and compares what readers get with what the database has."""

    def __init__(self, slug, seed, *, may_be_killed):
        self.own, self.may_be_killed = Own(slug), may_be_killed
        self.chance = random.Random(f"{slug} {seed}")  # noqa: S311
        self.made, self.stale, self.killed = [], [], 0
        self.seen = self.own.seen()
        self.look("nothing")

    def kinds(self):
        """Yield every kind in turn; several editors begin at different ones."""
        every = sorted(CHANGES)
        random.Random(0).shuffle(every)  # noqa: S311
        part = EDITORS.index(self.own.slug) * len(every) // len(EDITORS)
        return cycle(every[part:] + every[:part])

    def make(self, name, title):
        def change():
            return CHANGES[name](self.own, title)

        if self.may_be_killed and self.chance.random() < 0.75:
            self.killed += make_in_a_child(change, self.chance)
            self.look(name)
        else:
            for state in change():
                self.look(name, committed=state != UNCHANGED)
        self.made.append(name)

    def look(self, name, *, committed=True):
        """Ask for what was affected twice, for something else, and for the menu."""
        if not committed:
            for path in ELSEWHERE:
                self.ask(name, self.seen[path], may_change=False)
            return
        before, self.seen = self.seen, self.own.seen()
        affected = [path for path in self.seen if self.seen[path] != before.get(path)]
        others = sorted(self.seen.keys() - affected)
        others = self.chance.sample(others, min(UNAFFECTED, len(others)))
        for path in [*affected, *others, *affected]:
            self.ask(name, self.seen[path])

    def ask(self, name, expected, *, may_change=True):
        way = self.chance.choice(os.environ["WAYS"].split())
        status, text = _ask(way, expected.path)
        if expected.is_answered_by(status, text):
            return
        # By the clock, something may be over since.
        now = self.own.seen()[expected.path] if may_change else expected
        if now != expected:
            self.seen[now.path] = now
            self.ask(name, now)
            return
        self.stale.append([len(self.made), name, way, expected, status])


_visitors = count()


def _ask(way, path):
    number = next(_visitors)
    visitor = f"127.{1 + os.getpid() % 250}.{number // 250 % 250}.{1 + number % 250}"
    try:
        status, headers, content = ask(
            way, os.environ["SITE_HOST"], path, visitor=visitor
        )
    except (OSError, HTTPException) as error:  # who was to answer was killed
        return repr(error), ""
    return status, headers.get("Location", "") + content.decode()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), *sys.argv[4:])
