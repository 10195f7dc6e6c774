"""Links by which people come to the page of their own consents."""

import hashlib
import secrets
import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import encryption
from core.encrypted_fields import EncryptedTextField
from core.persons.person import CODE, EMAIL, Person, normalised
from testimonials.models.subject import Subject

LINK_LIFETIME = timedelta(days=30)
_TOKEN_BYTES = 32


def _hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def email_hashes(email: str) -> list[str]:
    """Return the keyed hashes of an address under every key, however it is typed.

    Raises:
        core.encryption.KeysUnusableError: There is no key.
    """
    return encryption.digests(f"subject-link:{normalised(email)}")


class SubjectLinkQuerySet(models.QuerySet["SubjectLink"]):
    """Completes the sentence “links …”."""

    def usable(self) -> "SubjectLinkQuerySet":
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())

    def with_token(self, token: str) -> "SubjectLink | None":
        """Return the usable link of ``token``, None when there is none."""
        links = self.usable().select_related("subject").defer("email")
        return links.filter(token_hash=_hash_of(token)).first()

    def end(self, subject: Subject) -> int:
        """End the links of ``subject``; return how many there were."""
        running = self.filter(subject=subject, revoked_at=None)
        return running.update(revoked_at=timezone.now())

    @transaction.atomic
    def issue(
        self, subject: Subject, email: str, user: Any
    ) -> "tuple[SubjectLink, str]":
        """Make a link in place of those before; return it and its token, kept nowhere.

        Raises:
            core.encryption.KeysUnusableError: There is no key to keep the address with.
        """
        # Of two that are made at once, one ends the other.
        Subject.objects.select_for_update().get(pk=subject.pk)
        now, token = timezone.now(), secrets.token_urlsafe(_TOKEN_BYTES)
        self.end(subject)
        link = self.create(
            subject=subject,
            email=email,
            email_hash=email_hashes(email)[0],
            issued_by=user,
            token_hash=_hash_of(token),
            expires_at=now + LINK_LIFETIME,
        )
        return link, token


class SubjectLink(models.Model):
    """A link that was mailed to a subject; of its token only a hash is kept."""

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(
        Subject,
        on_delete=models.CASCADE,
        related_name="links",
        verbose_name=_("subject"),
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    email = EncryptedTextField(_("e-mail address"))
    # By which somebody is found who asks for what is kept of them: null before it was
    # worked out.
    email_hash = models.CharField(  # noqa: DJ001
        max_length=90, null=True, db_index=True, editable=False
    )
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("sent by"),
    )
    created_at = models.DateTimeField(_("sent"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("expires at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True)

    objects = SubjectLinkQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("link to one's consents")
        verbose_name_plural = _("links to one's consents")
        default_permissions = ()
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return gettext("Link {number}").format(number=str(self.uuid)[:8])

    @property
    def masked_email(self) -> str:
        """The address as staff may see it, such as ``r…@example.org``.

        Enough to see that it was the wrong one; dots alone where it cannot be read.
        """
        try:
            name, _at, domain = str(self.email).rpartition("@")
        except encryption.EncryptionError:
            return "…"
        return f"{name[:1]}…@{domain}"

    @property
    def is_usable(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()


def subjects_of(person: Person) -> QuerySet[Subject]:
    """Return the subjects by their codes, and by where links were sent to them."""
    hashes = [each for email in person.of(EMAIL) for each in email_hashes(email)]
    links = SubjectLink.objects.filter(email_hash__in=hashes).values("subject")
    return Subject.objects.filter(
        Q(reference_code__in=person.of(CODE)) | Q(pk__in=links)
    )
