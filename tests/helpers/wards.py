"""Two forms with what arrived by each, and people with rights to one or the other."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.utils.timezone import localdate
from wagtail.log_actions import log

from applications.applying.entered import finding
from applications.models import (
    Application,
    ApplicationNote,
    DecisionReason,
    DeletedApplication,
    Draft,
    Feedback,
    FurtherQuestion,
    Upload,
)
from applications.models.rights import Right, with_contained
from home.roles import EDITORS, MODERATORS, SEO_SPECIALISTS
from tests.helpers.applicants_files import draft_of, kept
from tests.helpers.factories import UserFactory
from tests.helpers.factories_applications import (
    IDS,
    ApplicationFormPageFactory,
    grant,
    send,
)

OPEN = "view_application"


@dataclass
class Ward:
    """A form, an application by it, and every text that tells of them."""

    form: Any
    application: Application
    upload: Upload
    deleted: DeletedApplication
    feedback: Feedback
    note: ApplicationNote
    question: FurtherQuestion
    reason: DecisionReason
    entry: Draft  # that a colleague types in

    @property
    def pks(self):
        """What stands in addresses, by the kind of record."""
        return {
            "application": self.application.pk,
            "upload": self.upload.pk,
            "form": self.form.pk,
            "note": self.note.pk,
            "question": self.question.pk,
            "reason": self.reason.pk,
            "entry": self.entry.pk,
        }

    @property
    def seen(self):
        """What shows that something has arrived, and by which form."""
        return {self.form.title, self.application.reference, self.deleted.reference}

    @property
    def read(self):
        """What applicants wrote that is not about health."""
        return {
            f"Ada {self.form.slug}",
            self.feedback.text,
            str(self.note.text),
            str(self.question.text),
        }

    @property
    def revealed(self):
        return {f"Vermilionazole {self.form.slug}", f"{self.form.slug}.pdf"}


def ward(home, title, slug):
    """Make a form, an application with a file, one that was deleted, and feedback."""
    # Somebody reads it, who is none of those who ask.
    rights = {Group.objects.get_or_create(name="Elsewhere")[0]: [Right.READ]}
    form = ApplicationFormPageFactory(
        parent=home, title=title, slug=slug, rights=rights
    )
    before = set(Application.objects.values_list("pk", flat=True))
    typed = {"short_text": f"Ada {slug}", "long_text": f"Vermilionazole {slug}"}
    send(Client(), form, **typed)
    application = Application.objects.exclude(pk__in=before).get()
    Application.objects.filter(pk=application.pk).update(suspicion="fast")
    upload = kept(draft_of(form), f"{slug}.pdf")
    Upload.objects.filter(pk=upload.pk).update(
        draft=None, application=application, question=IDS["long_text"]
    )
    log(application, "applications.read", user=UserFactory())
    deleted = DeletedApplication.objects.create(
        reference=f"GONE-{slug[:4]}", form=form, submitted_at=application.submitted_at
    )
    feedback = Feedback.objects.create(pk=uuid4(), form=form, text=f"Hard: {slug}")
    note = ApplicationNote.objects.create(
        application=application, author=UserFactory(), text=f"Noted {slug}"
    )
    question = FurtherQuestion.objects.create(
        application=application, text=f"Which {slug}?"
    )
    return Ward(
        form,
        application,
        upload,
        deleted,
        feedback,
        note,
        question,
        reason=DecisionReason.objects.create(name="Full", text="No place"),
        entry=entered(form, UserFactory()),
    )


def entered(form, officer):
    """Begin an application that came by telephone."""
    draft, _secret = finding.begin(
        form.latest_definition,
        officer,
        channel="telephone",
        consent_given="read_out",
        received_on=localdate(),
        tells_applicant=False,
    )
    return draft


@dataclass(frozen=True)
class Person:
    """Who asks: by a role, or with permissions, rights to the first form, and others.

    ``others`` are those to the second form.
    """

    name: str
    role: str = ""
    permissions: tuple[str, ...] = ()
    rights: tuple[Right, ...] = ()
    others: tuple[Right, ...] = ()
    is_administrator: bool = False

    def may(self, needed, is_own):
        """Return whether ``needed`` (``Expected.needs`` of the table) is granted."""
        if needed is None:
            return False
        if isinstance(needed, tuple):
            return all(self.may(each, is_own) for each in needed)
        if self.is_administrator:
            return True
        if isinstance(needed, Right):
            rights = with_contained(self.rights if is_own else self.others)
            return OPEN in self.permissions and needed in rights
        return needed in self.permissions

    def client(self, wards):
        client = Client()
        if self.name == "nobody":
            return client
        user = UserFactory(is_superuser=self.is_administrator)
        if self.role:
            user.groups.add(Group.objects.get(name=self.role))
        if self.permissions or self.rights:
            group = Group.objects.create(name=f"Group of {self.name}")
            wanted = ["access_admin", *self.permissions]
            group.permissions.set(Permission.objects.filter(codename__in=wanted))
            grant(wards[0].form, group, *self.rights)
            grant(wards[1].form, group, *self.others)
            user.groups.add(group)
        client.force_login(user)
        return client


# Whoever may open applications may see feedback, too: on forms that they read.
_STAFF = (OPEN, "view_feedback", "change_feedback")
_ALL = tuple(Right)
PEOPLE = [
    Person("nobody"),
    Person("editor", role=EDITORS),
    Person("moderator", role=MODERATORS, permissions=("view_formcount",)),
    Person("SEO specialist", role=SEO_SPECIALISTS),
    Person("officer without a right", permissions=_STAFF),
    *(
        Person(f"officer who may {right}", permissions=_STAFF, rights=(right,))
        for right in Right
    ),
    # By what is asked of every form together, such as whether there is a button.
    Person("officer of both", permissions=_STAFF, rights=(Right.SEE,), others=_ALL),
    Person(
        "officer who keeps states",
        permissions=(*_STAFF, "change_applicationstate"),
        rights=(Right.DECIDE,),
    ),
    Person("officer with rights and no permission", rights=_ALL),
    Person("reader of the log", permissions=("view_applicationlogentry",)),
    Person(
        "keeper of reasons",
        permissions=tuple(
            f"{action}_decisionreason" for action in ("add", "change", "delete")
        ),
    ),
    Person("manager of rights", permissions=("manage_rights",)),
    Person("administrator", is_administrator=True),
]
