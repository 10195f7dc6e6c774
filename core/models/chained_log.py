"""Log entries that can be added and not changed, and where each chain ends."""

import secrets
from typing import Any, NoReturn

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models.audit_log import (
    BaseLogEntry,
    BaseLogEntryManager,
    LogEntryQuerySet,
)

from core import encryption
from core.models import log_chain


class LogIsAppendOnly(Exception):
    """Somebody tried to change or delete an entry."""


class ChainedLogQuerySet(LogEntryQuerySet):
    """Reads entries, and nothing else."""

    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise LogIsAppendOnly

    update = delete = bulk_create = bulk_update = _refuse
    aupdate = adelete = abulk_create = abulk_update = _refuse

    def erase_words(self) -> int:
        """Take away what entries say, for somebody who is to be forgotten.

        Who did what, and when, stays, and so does the chain. Return how many.
        """
        return super().update(label="", data={}, salt="")


class ChainedLogManager(BaseLogEntryManager.from_queryset(ChainedLogQuerySet)):  # type: ignore[misc]
    """Adds entries by Wagtail's ``log_action``."""

    def get_queryset(self) -> ChainedLogQuerySet:
        return ChainedLogQuerySet(self.model, using=self._db)

    def gather(self) -> int:
        """Chain what was written into another log meanwhile; return how much."""
        return 0


class LogEnd(models.Model):
    """The last entry of a chain, sealed with a key that the database does not hold."""

    # The label of the model of its entries.
    log = models.CharField(max_length=100, primary_key=True, editable=False)
    number = models.PositiveBigIntegerField(default=0, editable=False)
    digest = models.CharField(max_length=64, default=log_chain.START, editable=False)
    # Empty once the end before it was not sealed by this site; it stays so.
    seal = models.CharField(max_length=90, blank=True, default="", editable=False)

    class Meta:
        verbose_name = _("end of a log")
        verbose_name_plural = _("ends of logs")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.log}, {self.number}"

    @property
    def is_sealed(self) -> bool:
        """Whether it is as this site has left it, under a key that it has."""
        return encryption.digest_matches(self.seal, self.sealed_text)

    def sealed(self) -> "LogEnd":
        """Return it with a seal on what it holds now."""
        self.seal = encryption.digest(self.sealed_text)
        return self

    @property
    def sealed_text(self) -> str:
        return log_chain.sealed_text(self.log, self.number, self.digest)


class ChainedLogEntry(BaseLogEntry):
    """An entry of Wagtail's log that is bound to all before it.

    Raises:
        LogIsAppendOnly: It is saved a second time, or deleted.
        core.encryption.KeysUnusableError: There is no key to seal it with.
    """

    number = models.PositiveBigIntegerField(unique=True, editable=False)
    object_id = models.CharField(max_length=255, db_index=True, editable=False)
    salt = models.CharField(max_length=32, blank=True, editable=False)
    words_digest = models.CharField(max_length=64, editable=False)
    digest = models.CharField(max_length=64, editable=False)

    objects = ChainedLogManager()

    class Meta(BaseLogEntry.Meta):
        abstract = True
        default_permissions = ("view",)
        verbose_name = _("log entry")

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise LogIsAppendOnly
        with transaction.atomic():
            end = self._end()
            was_sealed = end.is_sealed
            self.number = end.number + 1
            self.salt = secrets.token_hex(16)
            self.words_digest = log_chain.words_digest(self.salt, self.label, self.data)
            self.digest = log_chain.entry_digest(end.digest, self.covered)
            super().save(*args, force_insert=True)
            end.number, end.digest, end.seal = self.number, self.digest, ""
            # What somebody else has written gets no seal by a further entry.
            (end.sealed() if was_sealed else end).save()

    def _end(self) -> LogEnd:
        """Return the end of the chain, locked until this transaction ends."""
        last = type(self).objects.order_by("-number").first()
        # It is there from the migration on. Taken away, it comes back without a seal.
        LogEnd.objects.get_or_create(
            log=self._meta.label,
            defaults={"number": last.number, "digest": last.digest} if last else {},
        )
        return LogEnd.objects.select_for_update().get(log=self._meta.label)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise LogIsAppendOnly

    @property
    def covered(self) -> dict[str, Any]:
        """What the digest covers, by the names of fields."""
        return {name: getattr(self, name) for name in log_chain.COVERED}
