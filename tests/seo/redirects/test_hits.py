"""How often a redirect is followed is counted by day, and nobody waits for it."""

import threading
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect

from home.roles import SEO_SPECIALISTS
from seo.redirects import counting
from seo.redirects.models import RedirectHits
from tests.helpers.factories import ContentPageFactory


@pytest.fixture
def rule(home):
    cost = ContentPageFactory(parent=home, slug="cost")
    return Redirect.add_redirect("/old", cost)


@pytest.fixture(autouse=True)
def none_waiting():
    counting._waiting.clear()


@pytest.mark.django_db
class TestCount:
    def test_is_kept_by_day(self, client, rule, at):
        today = timezone.now()
        for path in ("/old", "/OLD/?e-mail=a@example.org", "/old"):
            client.get(path)
        at(today + timedelta(days=1))
        client.get("/old")

        days = RedirectHits.objects.order_by("day").values_list("redirect", "count")
        assert list(days) == [(rule.pk, 3), (rule.pk, 1)]

    def test_is_forgotten_after_a_year_and_a_month(self, rule, capsys):
        today = timezone.localdate()
        for days in (400, 401, 3_000):
            RedirectHits.objects.create(
                redirect=rule, day=today - timedelta(days=days), count=1
            )

        call_command("forget_old_hits")

        assert "Days of redirects forgotten: 2" in capsys.readouterr().out
        assert RedirectHits.objects.get().day == today - timedelta(days=400)

    def test_is_no_reader_s(self, client, rule):
        client.head("/old")
        client.get("/nothing/")

        assert not RedirectHits.objects.exists()
        fields = {field.name for field in RedirectHits._meta.get_fields()}
        assert fields == {"id", "redirect", "day", "count"}

    def test_starts_no_new_generation_of_pages(self, client, rule):
        client.get("/old")
        before = connection.visible_changes
        client.get("/old")

        assert connection.visible_changes == before

    def test_of_a_redirect_that_was_deleted_meanwhile_is_dropped(self, client, rule):
        gone = Redirect.objects.get(pk=rule.pk)
        rule.delete()

        counting.count(gone)

        assert not counting._waiting
        assert not RedirectHits.objects.exists()

    def test_is_shown_in_the_list_and_filtered_by(self, client, log_in, rule):
        never = Redirect.add_redirect("/never", "/cost/")
        long_ago = Redirect.add_redirect("/long-ago", "/cost/")
        today = timezone.localdate()
        for redirect, days, count in [(rule, 0, 3), (rule, 29, 4), (rule, 31, 8)]:
            day = today - timedelta(days=days)
            RedirectHits.objects.create(redirect=redirect, day=day, count=count)
        day = today - timedelta(days=40)
        RedirectHits.objects.create(redirect=long_ago, day=day, count=9)
        staff = log_in(SEO_SPECIALISTS)
        url = reverse("wagtailredirects:index")

        shown = {row.old_path: row for row in staff.get(url).context["object_list"]}
        found = {
            use: [
                row.pk
                for row in staff.get(f"{url}?followed={use}").context["object_list"]
            ]
            for use in ("lately", "before", "never")
        }

        assert (shown["/old"].hits_lately, shown["/old"].last_hit) == (7, today)
        assert (shown["/never"].hits_lately, shown["/never"].last_hit) == (0, None)
        assert found == {
            "lately": [rule.pk],
            "before": [long_ago.pk],
            "never": [never.pk],
        }

    @pytest.mark.parametrize(
        ("query", "paths"),
        [
            ("kind=page", ["/old"]),
            ("kind=address", ["/star/*", "/with?x=1"]),
            ("kind=gone", ["/gone"]),
            ("kind=unpublished", []),
            ("pattern=wildcard", ["/star/*"]),
            ("pattern=query", ["/with?x=1"]),
            ("pattern=exact", ["/gone", "/old"]),
            ("origin=True", []),
        ],
    )
    def test_the_list_is_filtered_by_kind(self, log_in, rule, query, paths):
        Redirect.add_redirect("/star/*", "/cost/")
        Redirect.add_redirect("/with?x=1", "/cost/")
        Redirect.add_redirect("/gone")

        answer = log_in(SEO_SPECIALISTS).get(
            f"{reverse('wagtailredirects:index')}?{query}"
        )

        assert [row.old_path for row in answer.context["object_list"]] == paths


@pytest.mark.django_db(transaction=True)
def test_readers_do_not_wait_while_another_writes(client, rule):
    client.get("/old")  # a row of today is there
    holds, ends = threading.Event(), threading.Event()

    def write():
        with transaction.atomic():
            RedirectHits.objects.update(count=5)
            holds.set()
            ends.wait(20)
        connections.close_all()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert holds.wait(20)
        assert client.get("/old").status_code == 301
        assert sum(counting._waiting.values()) == 1
    finally:
        ends.set()
        writer.join()

    client.get("/old")

    assert RedirectHits.objects.get().count == 7
    assert not counting._waiting
