"""Every link of the site is looked at, as readers meet it."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from articles.models.index_page import ArticleIndexPage
from core.models.site_settings import FooterSettings, NavigationSettings
from home.roles import ADMISSIONS, SEO_SPECIALISTS
from seo.links.models import Link, LinkTarget, LinkWalk, PageReach
from seo.links.tasks import look_at_links
from seo.links.walking import begin, go_on
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    ContentPageFactory,
)

Verdict = LinkTarget.Verdict


@pytest.fixture
def write(home):
    """``write("to-it", '<a href="/it/">it</a>')`` publishes a page that says so."""

    def page(slug, *texts, **values):
        body = [("paragraph", f"<p>{text}</p>") for text in texts]
        return ContentPageFactory(parent=home, slug=slug, body=body, **values)

    return page


def walk(say=lambda walk: None):
    """Go through the whole site; what is left of an earlier walk first."""
    go_on(begin(), say=say)


def link(href, words="read on"):
    return f'<a href="{href}">{words}</a>'


def wrong():
    """Return what is wrong, as (page's slug, address, verdict)."""
    links = Link.objects.exclude(target__verdict=Verdict.FINE).select_related("target")
    return {
        (
            None if each.is_everywhere else each.page.slug,
            each.target.address.removeprefix("http://localhost"),
            each.target.verdict,
        )
        for each in links
    }


class TestVerdicts:
    def test_tell_what_is_dead_redirected_a_draft_or_fine(self, home, write):
        Redirect.add_redirect("/before/", write("there"))
        write("draft", live=False)
        addresses = ["/there/", "/draft/", "/before/", "/nowhere/", "/there", "/x%00/"]
        write("source", *map(link, addresses), link("mailto:a@example.org"))

        walk()

        assert wrong() == {
            ("source", "/draft/", Verdict.DRAFT),
            ("source", "/before/", Verdict.MOVED),
            ("source", "/nowhere/", Verdict.DEAD),
            ("source", "/x%00/", Verdict.DEAD),
            ("source", "/there", Verdict.MOVED),
        }
        moved = LinkTarget.objects.get(address__endswith="/before/")
        assert moved.leads_to == "http://localhost/there/"

    def test_tell_of_places_that_are_gone(self, home, write):
        ContentPageFactory(
            parent=home,
            slug="long",
            body=[("heading", {"text": "Dose", "level": "2", "anchor": "dose"})],
        )
        write("source", link("/long/#dose"), link("/long/#gone"), link("#away"))

        walk()

        assert wrong() == {
            ("source", "/long/#gone", Verdict.ANCHOR),
            ("source", "/source/#away", Verdict.ANCHOR),
        }

    def test_tell_of_the_menu_once(self, home, write):
        write("one"), write("two")
        menu = NavigationSettings.for_site(home.sites_rooted_here.get())
        item = {"page": None, "url": "/nowhere/", "label": "Old", "children": []}
        menu.menu = [("item", item)]
        menu.save()

        walk()

        assert wrong() == {(None, "/nowhere/", Verdict.DEAD)}

    def test_tell_of_links_that_readers_are_not_given(self, home, write, log_in):
        draft, gone = write("draft", title="The draft"), write("gone")
        source = write(
            "source",
            f'Read <a linktype="page" id="{draft.pk}">on</a>, or '
            f'<a linktype="page" id="{gone.pk}">the old list</a>.',
        )
        button = {"heading": "Now", "label": "Go", "page": draft}
        ContentPageFactory(parent=home, slug="with", body=[("call_to_action", button)])
        menu = NavigationSettings.for_site(home.sites_rooted_here.get())
        menu.call_to_action_label, menu.call_to_action_page = "Apply", draft
        menu.save()
        draft.unpublish()
        gone.delete()

        walk()

        assert wrong() == {
            ("source", "/draft/", Verdict.DRAFT),
            ("source", f"page:{gone.pk}", Verdict.DEAD),
            ("with", "/draft/", Verdict.DRAFT),
            (None, "/draft/", Verdict.DRAFT),
        }
        words = Link.objects.filter(page=source).values_list("words", flat=True)
        assert set(words) == {"on", "the old list"}
        text = log_in(SEO_SPECIALISTS).get(reverse("links_report")).content.decode()
        assert "a page that was deleted" in text

    def test_tell_of_the_small_print_once(self, home, write):
        draft, gone = write("draft"), write("gone")
        FooterSettings.objects.create(
            site=home.sites_rooted_here.get(),
            small_print=f'<p><a linktype="page" id="{draft.pk}">The draft</a>, '
            f'<a linktype="page" id="{gone.pk}">the old list</a></p>',
        )
        write("one"), write("two")
        draft.unpublish()
        gone.delete()

        walk()

        assert wrong() == {
            (None, "/draft/", Verdict.DRAFT),
            (None, f"page:{gone.pk}", Verdict.DEAD),
        }

    def test_follow_what_changes(self, home, write):
        page = write("source", link("/later/"))
        walk()
        assert wrong() == {("source", "/later/", Verdict.DEAD)}

        write("later")
        walk()
        assert wrong() == set()

        page.unpublish()
        walk()
        assert not Link.objects.filter(page=page).exists()


class TestReach:
    def test_is_in_clicks_from_the_front_page_through_pages_of_lists(
        self, home, write, monkeypatch
    ):
        monkeypatch.setattr(ArticleIndexPage, "page_size", 1)
        index = ArticleIndexPageFactory(parent=home, slug="blog")
        articles = [ArticlePageFactory(parent=index) for _number in range(3)]
        home.body = [("paragraph", f"<p>{link('/blog/')} {link('/first/')}</p>")]
        home.save_revision().publish()
        write("first", link("/second/"))
        write("second")
        write("alone")

        walk()

        clicks = dict(PageReach.objects.values_list("page__slug", "depth"))
        assert clicks["front"] == 0
        assert (clicks["blog"], clicks["first"], clicks["second"]) == (1, 1, 2)
        assert {clicks[article.slug] for article in articles} == {2}
        assert clicks["alone"] is None


class TestWalking:
    def test_is_gone_on_with_after_an_interruption(self, home, write):
        for name in "abc":
            write(name, link(f"/no-{name}/"))

        def interrupt(walk):
            if walk.done == 2:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            walk(interrupt)
        said = []
        walk(lambda walk: said.append(walk.done))

        assert said == [3, 4]
        assert len(wrong()) == 3
        assert LinkWalk.objects.count() == 1

    def test_ends_when_it_is_cancelled_and_keeps_what_was_found(self, log_in, write):
        write("a"), write("b")
        client = log_in(SEO_SPECIALISTS)

        def stop(walk):
            client.post(reverse("look_at_links"), {"do": "stop"})

        walk(stop)

        assert PageReach.objects.count() == 1
        assert LinkWalk.objects.get().cancelled_at

    def test_is_one_process_at_a_time(self, write):
        write("a")
        said = []

        def second(walk):
            said.append(go_on(begin()))

        walk(second)

        assert said == [False, False]
        assert LinkWalk.objects.get().finished_at

    def test_pauses_so_that_e_mails_do_not_wait(self, write):
        write("a", link("/nowhere/"))

        assert go_on(begin(), seconds=0)

        assert PageReach.objects.count() == 1
        look_at_links.call(begin().pk)
        assert wrong() == {("a", "/nowhere/", Verdict.DEAD)}
        assert LinkWalk.objects.get().finished_at

    def test_that_was_stopped_before_it_began_does_not_begin(self, write):
        write("a")
        begun = begin()
        LinkWalk.objects.update(cancelled_at=timezone.now())

        look_at_links.call(begun.pk)

        assert not PageReach.objects.exists()

    def test_goes_on_when_a_page_is_deleted_meanwhile(self, home, write):
        pages = [write("a"), write("b", link("/nowhere/"))]

        def delete(walk):
            if walk.done == 1:
                pages[0].delete()

        walk(delete)

        assert wrong() == {("b", "/nowhere/", Verdict.DEAD)}

    def test_outlives_a_change_of_the_host(self, home, write, settings):
        settings.ALLOWED_HOSTS = ["*"]
        write("a", link("http://old.example/x/"), link("http://localhost/y/"))
        walk()
        Site.objects.update(hostname="old.example")

        walk()

        assert LinkTarget.objects.get(address="http://localhost/y/").is_external
        assert ("a", "http://old.example/x/", Verdict.DEAD) in wrong()


class TestReports:
    def test_name_page_words_and_what_is_there(self, log_in, write, capsys):
        write("source", link("/nowhere/", "the old price list"))
        call_command("check_links")
        assert "need a look: 1" in capsys.readouterr().out
        client = log_in(SEO_SPECIALISTS)

        text = client.get(reverse("links_report")).content.decode()
        assert "the old price list" in text
        assert "http://localhost/nowhere/" in text
        assert "Nothing is there" in text
        assert "Looked at 2 pages" in text
        exported = client.get(reverse("links_report"), {"export": "csv"})
        assert "the old price list" in exported.getvalue().decode()

    def test_list_pages_that_no_link_leads_to(self, log_in, home, write):
        write("alone", title="Alone"), write("known", title="Known")
        home.body = [("paragraph", f"<p>{link('/known/')}</p>")]
        home.save_revision().publish()
        walk()
        client = log_in(SEO_SPECIALISTS)

        listed = client.get(reverse("reach_report"), {"orphans": "true"})

        titles = [page.title for page in listed.context["object_list"]]
        assert titles == ["Alone"]
        exported = client.get(reverse("reach_report"), {"export": "csv"})
        assert "No link leads there" in exported.getvalue().decode()

    def test_begin_a_walk_by_a_button(self, log_in, write):
        write("source", link("/nowhere/"))
        client = log_in(SEO_SPECIALISTS)
        before = client.get(reverse("links_report")).content.decode()
        assert "Nobody has looked at the links yet" in before
        assert "No link needs a look" not in before

        client.post(reverse("look_at_links"), follow=True)

        assert "/nowhere/" in client.get(reverse("links_report")).content.decode()

    def test_say_that_all_is_well_once_somebody_has_looked(self, log_in, write):
        write("source", "<p>Words alone.</p>")
        walk()
        client = log_in(SEO_SPECIALISTS)

        text = client.get(reverse("links_report")).content.decode()

        assert "No link needs a look." in text

    def test_are_not_for_admissions(self, log_in):
        client = log_in(ADMISSIONS)

        assert client.get(reverse("links_report")).status_code == 302
        client.post(reverse("look_at_links"))
        assert not LinkWalk.objects.exists()
