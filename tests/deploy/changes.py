"""Every kind of change that readers see, made to what an editor has alone.

Each is a generator: it yields where its editor looks at the site, once what was done so
far is committed. After `UNCHANGED` it is not, and readers see what they saw before.
Each starts from whatever somebody who was killed has left.
"""

from django.contrib.auth.models import Group
from django.db import connection, transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction

from core.models.topics import Topic
from home.models import ContentPage
from tests.deploy.staff import unpublish_and_publish

UNCHANGED = "unchanged"

CHANGES = {}


def change(function):
    CHANGES[function.__name__] = function
    return function


# --- How a title is stored ------------------------------------------------------------


@change
def save(own, title):
    page = own.page()
    page.title = title
    page.save()
    yield


@change
def save_one_field(own, title):
    page = own.page()
    page.title = title
    page.save(update_fields=["title"])
    yield


@change
def publish(own, title):
    page = own.page()
    page.title = title
    page.save_revision().publish()
    yield


def retitle(own, title):
    Page.objects.filter(pk=own.pk).update(title=title)


@change
def update(own, title):
    retitle(own, title)
    yield


@change
def bulk_update(own, title):
    pages = [Page.objects.get(pk=own.pk), Page.objects.get(pk=own.story)]
    for page, prefix in zip(pages, ("", "Story "), strict=True):
        page.title = prefix + title
    Page.objects.bulk_update(pages, ["title"])
    yield


@change
def raw(own, title):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE wagtailcore_page SET title = %s WHERE id = %s", [title, own.pk]
        )
    yield


@change
def raw_in_a_transaction(own, title):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE core_topic SET name = %s WHERE id = %s", [title, own.number]
        )
        cursor.execute("SELECT 1")
    yield


@change
def after_a_savepoint(own, title):
    with transaction.atomic():
        with transaction.atomic():
            retitle(own, "Never")
            transaction.set_rollback(True)
        retitle(own, title)
    yield


@change
def after_what_was_rolled_back(own, title):
    with transaction.atomic():
        retitle(own, "Never")
        transaction.set_rollback(True)
    yield UNCHANGED
    retitle(own, title)
    yield


@change
def in_a_long_transaction(own, title):
    with transaction.atomic():
        retitle(own, title)
        yield UNCHANGED  # readers ask while it is open, and pages are kept
        Topic.objects.filter(pk=own.number).update(name=title)
        yield UNCHANGED
    yield


# --- Where a page is, and whether -----------------------------------------------------


@change
def slug(own, title):
    page = own.page()
    page.slug = f"{own.slug}-x" if page.slug == own.slug else own.slug
    page.save()
    yield


@change
def a_new_page(own, title):
    _new_note(own, title)
    yield


def _new_note(own, title):
    # With the address of one that was deleted: readers may have been told of it.
    for note in filter(None, [own.note()]):
        _delete(note)
    page = ContentPage(title=title, slug="note")
    return own.page().add_child(instance=page)


@change
def a_draft_that_is_published(own, title):
    note = _new_note(own, "Not yet")
    note.unpublish()
    yield
    note.title = title
    note.save_revision().publish()
    yield


@change
def moved(own, title):
    note = own.note() or _new_note(own, title)
    yield
    above = own.beside if note.get_parent().pk == own.pk else own.pk
    note.move(Page.objects.get(pk=above), pos="last-child")
    yield


@change
def deleted(own, title):
    note = own.note() or _new_note(own, title)
    yield
    _delete(note)
    yield


@transaction.atomic
def _delete(pages):
    # As the admin does: whoever is killed between its statements leaves the page above
    # with a wrong number of pages beneath it, and the next one cannot be added.
    pages.delete()


@change
def deleted_as_a_queryset(own, title):
    note = own.note() or _new_note(own, title)
    yield
    _delete(Page.objects.filter(pk=note.pk))
    yield


@change
def an_alias(own, title):
    for old in filter(None, [own.alias()]):
        _delete(old)
    beside = Page.objects.get(pk=own.beside)
    own.page().create_alias(parent=beside, update_slug="alias")
    yield
    yield from publish(own, title)


@change
def unpublished_and_published(own, title):
    own.page().unpublish()
    yield
    yield from publish(own, title)


@change
def a_bulk_action_of_the_admin(own, title):
    retitle(own, title)
    for action in unpublish_and_publish(own.pk):
        action()
        yield


@change
def a_view_restriction(own, title):
    PageViewRestriction.objects.filter(page=own.pk).delete()
    restriction = PageViewRestriction.objects.create(
        page=own.page(), restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.set(Group.objects.all()[:1])
    yield
    restriction.delete()
    yield


@change
def a_redirect(own, title):
    target = {"redirect_link": f"/about/?{title.replace(' ', '-')}"}
    Redirect.objects.update_or_create(old_path=own.old_path, defaults=target)
    yield
