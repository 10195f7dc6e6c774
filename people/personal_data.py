"""Profiles, which are listed for somebody to see to, and never erased by themselves."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.persons.person import Person
from core.persons.registry import Item, PersonalData, Record
from people.models import PersonPage

PROFILE = "profile"  # a kind of name: the primary key


class Profiles(PersonalData):
    """Of those who write, review and treat here."""

    code = "profiles"
    name = _("Profiles")

    def find(self, person: Person) -> Iterator[Item]:
        named = Q(pk__in=map(int, person.of(PROFILE)))
        for word in person.words:
            named |= Q(title__iexact=word)
        for page in PersonPage.objects.filter(named):
            yield Item(
                str(page.pk),
                gettext("Profile {number}").format(number=page.pk),
                url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
                by_hand=gettext(
                    "Articles and reviews name this person as responsible. Take the "
                    "profile from them and delete it, if nothing forbids that."
                ),
            )

    def export(self, item: Item) -> Record:
        page = PersonPage.objects.get(pk=item.key)
        return Record(
            item.label,
            [
                (gettext("Name"), page.title),
                (gettext("Post nominals"), page.post_nominals),
                (gettext("Job title"), page.job_title),
                (gettext("Organisation"), page.organisation),
                (gettext("Summary"), page.summary),
            ],
        )

    def erase(self, item: Item) -> bool:
        return False
