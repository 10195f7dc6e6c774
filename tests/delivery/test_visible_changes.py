"""What anybody can see starts a generation; what nobody can see starts none."""

import pytest
from django.core.management import call_command
from django.db import NotSupportedError, connection
from django.utils import timezone
from psycopg.sql import SQL, Identifier
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction, Site

from articles.models.article_page import ArticlePage
from core.models.images import SiteImage
from core.models.site_settings import NavigationSettings
from delivery.visibility import changes_pages
from tests.helpers.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    SiteImageFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(home):
    index = ArticleIndexPageFactory(parent=home, slug="blog")
    return ArticlePageFactory(parent=index, slug="rest", title="Rest and work")


def seen():
    return connection.visible_changes


def changed(change):
    before = seen()
    change()
    return seen() > before


def raw(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def renamed(article, title="Work and rest"):
    article.title = title
    return article


VISIBLE = {
    "publish": lambda a: renamed(a).save_revision().publish(),
    "unpublish": lambda a: a.unpublish(),
    "save": lambda a: renamed(a).save(),
    "save of one field": lambda a: renamed(a).save(update_fields=["title"]),
    "slug": lambda a: Page.objects.filter(pk=a.pk).update(slug="other"),
    "move": lambda a: a.move(Page.objects.get(depth=2), "last-child"),
    "delete": lambda a: a.delete(),
    "delete by queryset": lambda a: ArticlePage.objects.filter(pk=a.pk).delete(),
    "alias": lambda a: a.create_alias(update_slug="alias"),
    "update": lambda a: Page.objects.update(title="x"),
    "update of a type of page": lambda a: ArticlePage.objects.update(standfirst="x"),
    "bulk update": lambda a: Page.objects.bulk_update([renamed(a)], ["title"]),
    "raw update": lambda a: raw("UPDATE wagtailcore_page SET title = 'x'"),
    "raw update, small": lambda a: raw("update wagtailcore_page set title='x'"),
    "raw delete": lambda a: raw("DELETE FROM core_navigationsettings"),
    "field with a function": lambda a: raw(
        "UPDATE wagtailcore_page SET draft_title = lower(title), title = 'x'"
    ),
    "hidden and shown fields": lambda a: Page.objects.update(numchild=0, title="x"),
    "dates": lambda a: Page.objects.update(expire_at=timezone.now()),
    "live": lambda a: Page.objects.update(live=False),
    "restriction": lambda a: PageViewRestriction.objects.create(page=a, password="x"),
    "redirect": lambda a: Redirect.objects.create(old_path="/x", redirect_page=a),
    "site": lambda a: Site.objects.update(site_name="x"),
    "navigation": lambda a: NavigationSettings.objects.create(site=Site.objects.get()),
    "tag": lambda a: SiteImageFactory().tags.add("x"),
    "image": lambda a: SiteImageFactory(),
    "focal point": lambda a: SiteImage.objects.update(focal_point_x=1),
    "version deleted": lambda a: a.save_revision().delete(),
    "upsert": lambda a: SiteImage.objects.bulk_create(
        [SiteImageFactory.build(pk=1)],
        update_conflicts=True,
        update_fields=["title"],
        unique_fields=["pk"],
    ),
}


@pytest.mark.parametrize("name", VISIBLE)
def test_a_change_that_readers_see_is_noticed(article, name):
    assert changed(lambda: VISIBLE[name](article))


def saved_as_draft(article):
    for title in ("One", "Two"):
        renamed(article, title).save_revision()


def drafted(article):
    article.get_parent().add_child(
        instance=ArticlePage(title="New", slug="new", live=False)
    )


def deleted_renditions(article):
    image = SiteImageFactory()
    image.get_rendition("width-20")
    before = seen()
    image.renditions.all().delete()
    assert seen() > before


HIDDEN = {
    "draft": saved_as_draft,
    "new draft": drafted,
    "nothing due": lambda a: call_command("publish_scheduled"),
    "locked": lambda a: Page.objects.update(locked=True, locked_by=None),
}


@pytest.mark.parametrize("name", HIDDEN)
def test_a_change_that_no_reader_sees_is_silent(article, name):
    call_command("publish_scheduled")
    assert not changed(lambda: HIDDEN[name](article))


@pytest.mark.skipif(connection.vendor != "postgresql", reason="Its driver takes them")
def test_statements_that_are_no_text_are_looked_at():
    table = Identifier("wagtailcore_page")
    for sql in (
        SQL("UPDATE {} SET title = %s").format(table),
        SQL("UPDATE wagtailcore_page SET title = %s"),
        b"UPDATE wagtailcore_page SET title = %s",
    ):
        assert changed(lambda sql=sql: raw(sql, "x"))
    for sql in (
        SQL("SELECT title FROM {}").format(table),
        SQL("UPDATE {} SET draft_title = title").format(table),
        b"SELECT 1",
    ):
        assert not changed(lambda sql=sql: raw(sql))
    with connection.cursor() as cursor:
        before = seen()
        cursor.executemany(SQL("UPDATE {} SET title = %s").format(table), [["x"]])
    assert seen() > before


def test_a_new_page_that_is_live_is_noticed_among_drafts():
    sql = 'INSERT INTO "wagtailcore_page" ("path", "live", "title") VALUES (%s, %s, %s)'

    assert changes_pages(sql, ("1", True, "x"), False)
    assert not changes_pages(sql, ("1", False, "x"), False)
    assert changes_pages(sql, [("1", False, "x"), ("2", True, "x")], True)
    assert changes_pages(
        f"{sql}, (%s, %s, %s)", ("1", False, "x", "2", True, "x"), False
    )
    # Not understood: visible.
    assert changes_pages(f"{sql}, ('2', %s, %s)", ("1", False, "x", True, "x"), False)
    mixed = sql.replace(
        "(%s, %s, %s)", "('1', %s, 't'), (%s, true, 't'), (%s, %s, 't')"
    )
    assert changes_pages(mixed, (False, "2", "3", False), False)
    assert changes_pages('INSERT INTO "wagtailcore_page" SELECT * FROM x', (), False)
    assert changes_pages(sql, None, False)
    rows = iter([("1", False, "x")])
    assert changes_pages(sql, rows, True)
    assert list(rows), "the rows are the database's to read"


@pytest.mark.parametrize(
    "sql",
    [
        'CREATE TABLE "x" (id int)',
        'ALTER TABLE "django_session" ADD COLUMN x int',
        "TRUNCATE core_topic",
        'WITH x AS (DELETE FROM "core_topic" RETURNING 1) SELECT * FROM x',
        "SELECT * INTO core_topic FROM x",
        "MERGE INTO core_topic USING x ON true WHEN MATCHED THEN DELETE",
        "COMMIT",
        "something new",
        'SELECT 1; DELETE FROM "core_topic"',
        'DELETE FROM "django_session"; DELETE FROM "core_topic"',
        'UPDATE ONLY "core_topic" SET name = 1',
        """UPDATE "wagtailcore_page" SET numchild = '(', title = 'x', locked = ')'""",
        'UPDATE "wagtailcore_page" SET numchild = f(g(1), title = 2)',
        "UPDATE wagtailcore_page SET locked = 1 -- WHERE\n, title = %s",
        "UPDATE wagtailcore_page SET locked = 1, /* WHERE */ title = %s",
        "UPDATE wagtailcore_page SET locked = $$x WHERE $$, title = %s",
        'UPDATE wagtailcore_page SET locked = "x WHERE ", title = %s',
        "UPDATE wagtailcore_page SET locked = a IS DISTINCT FROM b, title = %s",
        "UPDATE wagtailcore_page /* SET locked = 1 WHERE */ SET title = %s",
        'EXPLAIN ANALYZE UPDATE "core_topic" SET name = %s',
        'EXPLAIN (BUFFERS, ANALYZE) DELETE FROM "core_topic"',
        '/* hidden */ UPDATE "django_session" SET x = 1',
        'UPDATE "django_session2" SET x = 1',
    ],
)
def test_a_statement_that_is_not_known_counts_as_visible(sql):
    assert changes_pages(sql, (), False)


@pytest.mark.parametrize(
    "sql",
    [
        'SELECT "x" FROM "wagtailcore_page" FOR UPDATE',
        "  select 1",
        "SELECT 1;",
        '(SELECT "x" FROM "core_topic") UNION (SELECT "y" FROM "core_topic")',
        'SAVEPOINT "x"',
        "BEGIN IMMEDIATE",
        "PRAGMA foreign_keys",
        'EXPLAIN SELECT "x" FROM "core_topic"',
        "VACUUM",
        "VACUUM INTO %s",
        'REINDEX "core_topic"',
        'CREATE UNIQUE INDEX CONCURRENTLY "x" ON "core_topic" ("y")',
        'DROP INDEX CONCURRENTLY "x"',
        "UPDATE wagtailcore_page SET numchild=numchild-1 WHERE path = %s",
        'UPDATE "wagtailcore_page" SET "locked" = NULL, '
        '"numchild" = ("wagtailcore_page"."numchild" + %s) WHERE "x" = %s',
        'UPDATE "django_session" SET "session_data" = %s',
        'DELETE FROM "wagtailsearch_indexentry_fts" WHERE rowid = 1',
        "INSERT OR REPLACE INTO wagtailsearch_indexentry_fts(x) VALUES (1)",
        'INSERT INTO "core_siterendition" ("x") VALUES (1)',
    ],
)
def test_a_statement_that_shows_nowhere_is_silent(sql):
    assert not changes_pages(sql, (), False)


@pytest.mark.parametrize("name", ["callproc", "copy", "executescript", "stream"])
def test_a_cursor_executes_nothing_that_is_not_watched(name):
    with (
        connection.cursor() as cursor,
        pytest.raises(NotSupportedError, match="watched"),
    ):
        getattr(cursor, name)("UPDATE wagtailcore_page SET title = 'x'")


def test_an_insertion_that_may_replace_is_no_insertion():
    assert changes_pages(
        'INSERT INTO "core_siterendition" ("x") VALUES (1) ON CONFLICT (x) DO UPDATE '
        "SET x = 2",
        (),
        False,
    )
    assert changes_pages(
        'INSERT OR REPLACE INTO "core_siterendition" ("x") VALUES (1)', (), False
    )


def test_a_rendition_that_goes_is_noticed(db):
    deleted_renditions(None)
