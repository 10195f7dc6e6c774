"""Links by e-mail that lead an applicant back, and the codes that open them."""

import hashlib
import secrets
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from applications.models.applications import Application
from applications.models.drafts import Draft
from core import encryption
from core.encrypted_fields import EncryptedTextField

LINK_LIFETIME = timedelta(days=30)
CODE_LIFETIME = timedelta(minutes=10)
CODE_DIGITS = 6
TRIES = 5  # of one code
# Nobody types so many wrong ones: the codes of a link that asks for more are guessed.
MOST_CODES = 10
# A second press of the button does not make the code wrong that is on its way.
PAUSE = timedelta(seconds=30)
# So many e-mails with links go to one address in so long.
MAILS_IN_INTERVAL = 3
MAIL_INTERVAL = timedelta(hours=1)
# So many links to drafts are made for one, some by each of those e-mails.
LINKS_IN_INTERVAL = 20
_TOKEN_BYTES = 32


def hash_of(secret: str) -> str:
    """Return what is kept of a random secret: a SHA-256 in hexadecimal digits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _new_token() -> str:
    return secrets.token_urlsafe(_TOKEN_BYTES)


class AccessLinkQuerySet(models.QuerySet["AccessLink"]):
    """Completes the sentence “links …”."""

    def usable(self) -> "AccessLinkQuerySet":
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())

    def with_token(self, token: str) -> "AccessLink | None":
        """Return the usable link of ``token``, None when there is none."""
        return self.usable().filter(token_hash=hash_of(token)).first()

    def issue(
        self,
        email: str,
        *,
        application: Application | None = None,
        draft: Draft | None = None,
        contact_hash: str = "",
    ) -> "tuple[AccessLink, str]":
        """Make a link; return it and its token, kept nowhere.

        Args:
            email: Whom its codes are mailed to.
            application: Where it leads; or
            draft: where it leads.
            contact_hash: Of ``email``, by which a draft's link is sent again.
        """
        token = _new_token()
        link = self.create(
            application=application,
            draft=draft,
            email=email,
            contact_hash=contact_hash,
            token_hash=hash_of(token),
            expires_at=timezone.now() + LINK_LIFETIME,
        )
        return link, token

    def to_drafts_of(self, hashes: list[str]) -> "list[AccessLink]":
        """Return the latest link to each living draft of a person.

        Args:
            hashes: Of their address, under every key.
        """
        links = self.filter(
            contact_hash__in=hashes, draft__expires_at__gt=timezone.now()
        ).select_related("draft__definition__page")
        latest = {link.draft_id: link for link in links.order_by("created_at")}
        return list(latest.values())

    def revoke(self) -> None:
        """Have them lead nowhere, and close what they opened."""
        self.filter(revoked_at=None).update(revoked_at=timezone.now())


class AccessLink(models.Model):
    """A link that was mailed to an applicant, and its latest code.

    The link alone opens nothing: it lets somebody have a code mailed to the address
    that it was sent to. Of token and code only hashes are kept.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    application = models.ForeignKey(
        Application,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="links",
        verbose_name=_("application"),
    )
    draft = models.ForeignKey(
        Draft,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="links",
        verbose_name=_("draft"),
    )
    contact_hash = models.CharField(
        max_length=90,
        blank=True,
        default="",
        db_default="",
        db_index=True,
        editable=False,
    )
    email = EncryptedTextField(_("e-mail address"))
    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires at"), db_index=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    code_digest = models.CharField(max_length=90, blank=True, editable=False)
    code_expires_at = models.DateTimeField(null=True, editable=False)
    code_tries = models.PositiveSmallIntegerField(default=0, editable=False)
    # The browser that it has opened the link in; no other does it open it in again.
    code_used_by = models.CharField(max_length=64, blank=True, editable=False)
    # Since one was last used.
    codes_sent = models.PositiveSmallIntegerField(default=0, editable=False)
    # Counts how often somebody has closed what the link had opened.
    closings = models.PositiveIntegerField(default=0, editable=False)

    wagtail_reference_index_ignore = True

    objects = AccessLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("access link")
        verbose_name_plural = _("access links")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(application__isnull=True) ^ Q(draft__isnull=True),
                name="leads_to_one",
            )
        ]

    def __str__(self) -> str:
        return gettext("Link {number}").format(number=str(self.uuid)[:8])

    @property
    def page(self) -> Any:
        """The form that it is about."""
        filled_in = self.application or self.draft
        return filled_in.definition.page if filled_in else None

    @property
    def leads_until(self) -> datetime:
        """When it ends: with the draft that it leads to, if that ends sooner."""
        if self.draft is None:
            return self.expires_at
        return min(self.expires_at, self.draft.expires_at)

    @property
    def is_one_of_many(self) -> bool:
        """Whether more were made for its address than a person asks for.

        Strangers at many places would fill somebody's mailbox.
        """
        recently = timezone.now() - MAIL_INTERVAL
        made = AccessLink.objects.filter(
            contact_hash=self.contact_hash, created_at__gt=recently
        )
        return made.count() > LINKS_IN_INTERVAL

    def new_token(self) -> str:
        """Return a new token in place of the last, which ends."""
        token = _new_token()
        AccessLink.objects.filter(pk=self.pk).update(token_hash=hash_of(token))
        return token

    @property
    def is_spent(self) -> bool:
        """Whether no further code is sent for it."""
        return self.codes_sent >= MOST_CODES

    def new_code(self) -> str | None:
        """Return a new code in place of the last, None while that is on its way."""
        code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
        now = timezone.now()
        is_due = (
            Q(code_expires_at=None)
            | Q(code_expires_at__lt=now + CODE_LIFETIME - PAUSE)
            | ~Q(code_used_by="")
        )
        made = (
            AccessLink.objects.usable()
            .filter(is_due, pk=self.pk, codes_sent__lt=MOST_CODES)
            .update(
                code_digest=encryption.digest(self._bound(code)),
                code_expires_at=now + CODE_LIFETIME,
                code_tries=0,
                code_used_by="",
                codes_sent=F("codes_sent") + 1,
            )
        )
        return code if made else None

    def admits(self, code: str, browser: str) -> bool:
        """Count a try, and return whether ``code`` is right and still opens the link.

        Of several browsers at once it opens the link in one, there as often as asked.

        Args:
            code: Digits alone.
            browser: What tells this browser from others, of 64 characters at most.
        """
        one = AccessLink.objects.usable().filter(pk=self.pk)
        counted = one.filter(
            code_expires_at__gt=timezone.now(), code_tries__lt=TRIES
        ).update(code_tries=F("code_tries") + 1)
        digest = one.values_list("code_digest", flat=True).first() or ""
        if not counted or not encryption.digest_matches(digest, self._bound(code)):
            return False
        opened = one.filter(code_digest=digest, code_used_by__in=["", browser])
        return bool(opened.update(code_used_by=browser, codes_sent=0))

    def close(self) -> None:
        """Close what the link had opened, in every browser.

        The code ends too: whoever next sits at a shared device finds it in its history.
        """
        AccessLink.objects.filter(pk=self.pk).update(
            closings=F("closings") + 1, code_digest="", code_expires_at=None
        )

    def _bound(self, code: str) -> str:
        return f"{self._meta.label}:{self.pk.hex}:{code}"


class LinkRequest(models.Model):
    """An address that somebody asked to have links sent to, known to us or not.

    Every request makes one, so that the answer takes as long for a stranger's address;
    whether there is anything to send is found out later, by a task.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contact_hash = models.CharField(max_length=90, db_index=True, editable=False)
    # Under older keys, as those have it who applied while these were the first.
    older_hashes = models.JSONField(default=list, editable=False)
    created_at = models.DateTimeField(
        _("created at"), default=timezone.now, db_index=True
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("link request")
        verbose_name_plural = _("link requests")
        default_permissions = ()

    def __str__(self) -> str:
        return gettext("Link request {number}").format(number=str(self.uuid)[:8])

    @property
    def hashes(self) -> list[str]:
        """The hashes by which the address may be kept."""
        return [self.contact_hash, *self.older_hashes]

    def claim(self) -> bool:
        """Return whether links may be sent for it now, and if so record it.

        Of tasks that run twice one sends, and nobody's mailbox is filled by a stranger.
        """
        recently = timezone.now() - MAIL_INTERVAL
        answered = LinkRequest.objects.filter(
            contact_hash=self.contact_hash, answered_at__gt=recently
        )
        if answered.count() >= MAILS_IN_INTERVAL:
            return False
        mine = LinkRequest.objects.filter(pk=self.pk, answered_at=None)
        return bool(mine.update(answered_at=timezone.now()))
