"""Addresses at which a story stood whose subject was erased."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class ErasedAddress(models.Model):
    """That a story stood somewhere: a keyed hash, since an address may tell a name.

    Once the key is gone nothing matches, and readers are told that there is no page.
    """

    path_hash = models.CharField(max_length=90, unique=True, editable=False)
    erased_at = models.DateTimeField(_("erased"), default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("erased address")
        verbose_name_plural = _("erased addresses")
        default_permissions = ()

    def __str__(self) -> str:
        return gettext("Erased address {number}").format(number=self.pk)
