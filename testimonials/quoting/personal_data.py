"""Pages that quote somebody, and so must be seen to when they are forgotten."""

from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, ReferenceIndex

from core.persons.person import PAGE, Person, name
from core.persons.registry import Item, PersonalData, Record
from testimonials.models.subject import Subject
from testimonials.models.subject_link import subjects_of
from testimonials.quoting.versions import QuotingVersions

_QUOTING = "quotation"  # a kind of name: a page that quotes, and its version


class Quotations(PersonalData):
    """Other pages that quote a story of the person, or show it.

    The block shows nothing once the story is gone, and its words are still there.
    """

    code = "quotations"
    name = _("Pages that quote the person or the story")

    def find(self, person: Person) -> Iterator[Item]:
        quoting = {int(each.partition(":")[0]): each for each in person.of(_QUOTING)}
        pks = _quoting(person)
        for page in Page.objects.filter(pk__in=pks | set(quoting)).order_by("pk"):
            # Once the story is gone no reference leads to it: the version tells whether
            # somebody has seen to the page.
            if page.pk not in pks and quoting[page.pk] != _version(page):
                continue
            yield Item(
                str(page.pk),
                gettext("Page {number}").format(number=page.pk),
                url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
                by_hand=gettext(
                    "It quotes the person or their story, or links to it. Take that "
                    "out and publish."
                ),
            )

    def widen(self, person: Person) -> Person:
        """Add the pages, which nothing leads to once the story is gone."""
        pages = Page.objects.filter(pk__in=_quoting(person))
        names = {name(_QUOTING, _version(page)) for page in pages}
        return person.widened(Person(frozenset(names)))

    def export(self, item: Item) -> Record:
        return Record(item.label, [])

    def erase(self, item: Item) -> bool:
        return False


def _quoting(person: Person) -> set[int]:
    """Return the pages that refer to a story of the person, or quote them.

    The stories themselves are not among them.
    """
    stories = person.of(PAGE)
    types = ContentType.objects
    subjects = [str(subject.pk) for subject in subjects_of(person)]
    references = ReferenceIndex.objects.filter(
        Q(to_content_type=types.get_for_model(Page), to_object_id__in=stories)
        | Q(to_content_type=types.get_for_model(Subject), to_object_id__in=subjects),
        base_content_type=types.get_for_model(Page),
    )
    pks = set(references.values_list("object_id", flat=True)) - set(stories)
    # Drafts are in no index of references.
    return set(map(int, pks)) | QuotingVersions().in_use(person)


def _version(page: Page) -> str:
    version = page.live_revision_id or page.latest_revision_id
    return f"{page.pk}:{version or 0}"
