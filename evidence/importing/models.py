"""Pending imports of references, waiting for confirmation."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.importing.models import WaitingImport
from evidence.importing.rows import Row


class ReferenceImport(WaitingImport):
    """An upload of references.

    Its ``rows`` are those of `evidence.importing.plan`; its ``result`` says how many
    records ended how.
    """

    row = Row

    file_name = models.CharField(_("file name"), max_length=200)
    formats = models.CharField(_("formats"), max_length=200)
    # The numbers of the rows whose differences are to be taken.
    overwritten = models.JSONField(_("overwritten"), default=list)

    class Meta(WaitingImport.Meta):
        verbose_name = _("reference import")
        verbose_name_plural = _("reference imports")
