"""Invitations by which a clinician without an account reviews one draft."""

import hashlib
import secrets
import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision, TaskState

from core import encryption
from core.encrypted_fields import EncryptedTextField
from people.models import PersonPage

LINK_LIFETIME = timedelta(days=14)
CODE_LIFETIME = timedelta(minutes=10)
CODE_DIGITS = 6
TRIES = 5  # of one code
# Nobody needs so many: the codes of an invitation that asks for more are guessed.
MOST_CODES = 10
# A second press of the button does not make the code wrong that is on its way.
PAUSE = timedelta(seconds=30)
_TOKEN_BYTES = 32


def _hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Completes the sentence “invitations …”."""

    def usable(self) -> "InvitationQuerySet":
        """Return those whose link leads to a draft that still waits for its review."""
        return self.filter(
            used_at=None,
            revoked_at=None,
            expires_at__gt=timezone.now(),
            revision__isnull=False,
            task_state__status=TaskState.STATUS_IN_PROGRESS,
        )

    def with_token(self, token: str) -> "Invitation | None":
        """Return the usable invitation of ``token``, None when there is none."""
        found = self.usable().select_related("person", "revision", "task_state")
        return found.defer("email").filter(token_hash=_hash_of(token)).first()

    def of(self, page: Any) -> "InvitationQuerySet":
        """Return those to review a page, the newest first."""
        return self.filter(page=page.pk).order_by("-created_at", "-pk")

    def over(self) -> "InvitationQuerySet":
        """Return those that lead nowhere any more and still hold an address."""
        return self.filter(has_address=True).exclude(pk__in=self.usable().values("pk"))

    @transaction.atomic
    def issue(
        self, page: Any, task_state: Any, person: Any, email: str, user: Any
    ) -> "tuple[Invitation, str]":
        """Invite to the latest version; return the invitation and its token.

        The token is kept nowhere. An earlier invitation of the same person ends.

        Raises:
            core.encryption.KeysUnusableError: There is no key to keep the address with.
        """
        # Of two that are made at once, one ends the other.
        Page.objects.select_for_update().filter(pk=page.pk).values_list("pk").first()
        for earlier in self.of(page).filter(person=person, revoked_at=None):
            earlier.end()
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        invitation = self.create(
            page_id=page.pk,
            revision=page.get_latest_revision(),
            task_state=task_state,
            person=person,
            email=email,
            has_address=True,
            invited_by=user,
            token_hash=_hash_of(token),
            expires_at=timezone.now() + LINK_LIFETIME,
        )
        return invitation, token


class Invitation(models.Model):
    """One person is asked to review one version of a page, by a mailed link.

    The link shows the draft; a decision needs a code that is mailed besides. Of token
    and code only hashes are kept, and of the address nothing once it is over.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    page: Any = models.ForeignKey(
        Page, on_delete=models.CASCADE, related_name="+", verbose_name=_("page")
    )
    revision = models.ForeignKey(
        Revision,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("version"),
    )
    task_state = models.ForeignKey(
        TaskState,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("step of the workflow"),
    )
    person: Any = models.ForeignKey(
        PersonPage,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("reviewer"),
    )
    email = EncryptedTextField(_("e-mail address"), blank=True)
    has_address = models.BooleanField(default=False, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("invited by"),
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("sent"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("works until"))
    revoked_at = models.DateTimeField(null=True, editable=False)
    used_at = models.DateTimeField(null=True, editable=False)

    code_digest = models.CharField(max_length=90, blank=True, editable=False)
    code_expires_at = models.DateTimeField(null=True, editable=False)
    code_tries = models.PositiveSmallIntegerField(default=0, editable=False)
    codes_sent = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = InvitationQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("invitation to a review")
        verbose_name_plural = _("invitations to reviews")
        default_permissions = ()
        permissions = [("invite_reviewer", "Can invite reviewers without an account")]
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return gettext("Invitation {number}").format(number=str(self.uuid)[:8])

    @property
    def masked_email(self) -> str:
        """The address as staff may see it, such as ``r…@example.org``.

        Dots alone where it cannot be read, or is kept no more.
        """
        try:
            name, _at, domain = str(self.email).rpartition("@")
        except encryption.EncryptionError:
            return "…"
        return f"{name[:1]}…@{domain}" if name else "…"

    @property
    def state(self) -> Any:
        """What has come of it, as staff read it."""
        if self.used_at:
            return _("Answered")
        if self.revoked_at:
            return _("Ended")
        if self.expires_at <= timezone.now():
            return _("Expired")
        if self.task_state.status != TaskState.STATUS_IN_PROGRESS:
            return _("Over: the page no longer waits for this review")
        return _("Waiting for an answer")

    @property
    def is_usable(self) -> bool:
        return Invitation.objects.usable().filter(pk=self.pk).exists()

    @property
    def is_spent(self) -> bool:
        """Whether no further code is sent for it."""
        return self.codes_sent >= MOST_CODES

    def end(self) -> None:
        """Have it lead nowhere, and forget its address."""
        if self.revoked_at is None and self.used_at is None:
            self.revoked_at = timezone.now()
        self.code_digest = ""
        self.forget_address()

    def note_use(self) -> bool:
        """Use it up; return False where somebody else has, or it has ended."""
        now = timezone.now()
        unused = Invitation.objects.filter(pk=self.pk, used_at=None, revoked_at=None)
        if not self.is_usable or not unused.update(used_at=now):
            return False
        self.used_at = now
        return True

    def forget_address(self) -> None:
        """Keep who was invited and when, and no longer at which address."""
        self.email = ""
        self.has_address = False
        self.save(update_fields=["email", "has_address", "revoked_at", "code_digest"])

    def new_code(self) -> str | None:
        """Return a new code in place of the last, None while that is on its way.

        One whose tries are used up is replaced at once.
        """
        code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
        now = timezone.now()
        is_due = (
            Q(code_expires_at=None)
            | Q(code_expires_at__lt=now + CODE_LIFETIME - PAUSE)
            | Q(code_tries__gte=TRIES)
        )
        made = Invitation.objects.filter(
            is_due, pk=self.pk, codes_sent__lt=MOST_CODES
        ).update(
            code_digest=encryption.digest(self._bound(code)),
            code_expires_at=now + CODE_LIFETIME,
            code_tries=0,
            codes_sent=F("codes_sent") + 1,
        )
        return code if made else None

    def admits(self, code: str) -> bool:
        """Count a try, and return whether ``code`` is right and still works.

        Args:
            code: Digits alone.
        """
        one = Invitation.objects.filter(pk=self.pk)
        counted = one.filter(
            code_expires_at__gt=timezone.now(), code_tries__lt=TRIES
        ).update(code_tries=F("code_tries") + 1)
        digest = one.values_list("code_digest", flat=True).first() or ""
        return bool(counted and encryption.digest_matches(digest, self._bound(code)))

    def _bound(self, code: str) -> str:
        return f"{self._meta.label}:{self.pk.hex}:{code}"
