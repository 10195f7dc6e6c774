"""``manage.py check_links``: looks at every link of the site."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from seo.links.models import LinkTarget
from seo.links.others import check_others, is_allowed
from seo.links.walking import begin, go_on

_FINE = (LinkTarget.Verdict.FINE, LinkTarget.Verdict.UNKNOWN)


class Command(BaseCommand):
    help = (
        "Walk through all pages as readers get them, and keep for the reports where "
        "their links lead. Let it run each night. May be interrupted and repeated: it "
        "goes on where it was. Asks other sites only where LINKS_TO_OTHERS is on."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--others", action="store_true", help="ask other sites alone"
        )

    def handle(self, *args: Any, others: bool, verbosity: int, **options: Any) -> None:
        def say(line: str) -> None:
            if verbosity > 1:
                self.stdout.write(line)

        if not others:
            walk = begin()
            go_on(walk, say=lambda walk: say(f"{walk.done} of {walk.total}"))
            walk.refresh_from_db()
            if not walk.finished_at:
                self.stdout.write(
                    "It was cancelled, or another process goes on with it. What was "
                    "found is kept."
                )
                return
        if is_allowed():
            for target in check_others():
                say(f"{target.get_verdict_display()}: {target.address}")
        wrong = LinkTarget.objects.exclude(verdict__in=_FINE).count()
        self.stdout.write(f"Addresses that need a look: {wrong}")
