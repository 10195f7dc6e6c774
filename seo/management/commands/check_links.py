"""``manage.py check_links``: looks at every link of the site."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from seo.links.models import LinkTarget
from seo.links.others import check_others, is_allowed
from seo.links.walking import begin, go_on


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

    def handle(self, *args: Any, others: bool, **options: Any) -> None:
        if not others:
            walk = begin()
            go_on(walk, say=lambda walk: self._say(f"{walk.done} of {walk.total}"))
            walk.refresh_from_db()
            if not walk.finished_at:
                self.stdout.write(
                    "It was cancelled, or another process goes on with it. What was "
                    "found is kept."
                )
                return
        if is_allowed():
            for target in check_others():
                self._say(f"{target.get_verdict_display()}: {target.address}")
        Verdict = LinkTarget.Verdict  # noqa: N806  a class
        fine = (Verdict.FINE, Verdict.UNKNOWN)
        wrong = LinkTarget.objects.exclude(verdict__in=fine).count()
        self.stdout.write(f"Addresses that need a look: {wrong}")

    def _say(self, line: str) -> None:
        if self.verbosity > 1:
            self.stdout.write(line)

    def execute(self, *args: Any, **options: Any) -> Any:
        self.verbosity = options["verbosity"]
        return super().execute(*args, **options)
