"""What waits between an upload of references and its confirmation."""

from django.db import models

from core.importing.models import WaitingImport


class ReferenceImport(WaitingImport):
    """An upload of references.

    Its ``rows`` are those of `evidence.importing.plan`; its ``result`` says how many
    records ended how.
    """

    file_name = models.CharField(max_length=200)
    formats = models.CharField(max_length=200)
    # The numbers of the rows whose differences are to be taken.
    overwritten = models.JSONField(default=list)
