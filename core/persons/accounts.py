"""Accounts of staff, which an administrator closes by hand."""

from collections.abc import Iterator

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.persons.person import EMAIL, Person
from core.persons.registry import Item, PersonalData, Record


class Accounts(PersonalData):
    """Whoever works here, by the address of the account."""

    code = "accounts"
    name = _("Accounts of staff")

    def find(self, person: Person) -> Iterator[Item]:
        for email in person.of(EMAIL):
            for user in get_user_model()._default_manager.filter(email__iexact=email):
                yield Item(
                    str(user.pk),
                    gettext("Account {number}").format(number=user.pk),
                    url=reverse("wagtailusers_users:edit", args=[user.pk]),
                    by_hand=gettext(
                        "Logs say by account who did what. Delete it under Settings, "
                        "Users, when nothing it did has to be answered for any more."
                    ),
                )

    def export(self, item: Item) -> Record:
        user = get_user_model()._default_manager.get(pk=item.key)
        rows: list[tuple[str, str | list[str]]] = [
            (gettext("Name"), user.get_full_name()),
            (gettext("User name"), user.get_username()),
            (gettext("E-mail address"), str(getattr(user, "email", ""))),
        ]
        return Record(item.label, rows)

    def erase(self, item: Item) -> bool:
        return False
