"""Pending imports of articles, waiting for confirmation."""

from typing import Any

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.importing.reading.sources import LONGEST_PATH, Sources
from articles.importing.rows import Row
from core.importing.models import WaitingImport


class ArticleImport(WaitingImport):
    """An upload of articles; its ``rows`` are those of its plan (`.drafting.plan`)."""

    wagtail_reference_index_ignore = True
    row = Row

    index = models.ForeignKey(
        "articles.ArticleIndexPage",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("index"),
    )
    makes_references = models.BooleanField(_("makes references"), default=False)
    # (path, reason) of what could not be taken at all.
    refused = models.JSONField(_("refused"), default=list)

    files: Any  # the manager of its `ArticleImportFile`s

    class Meta(WaitingImport.Meta):
        verbose_name = _("article import")
        verbose_name_plural = _("article imports")

    def keep(self, sources: Sources) -> None:
        """Store the uploaded files."""
        self.refused = sources.refused
        ArticleImportFile.objects.bulk_create(
            [
                ArticleImportFile(article_import=self, path=file.path, data=file.data)
                for file in sources.files
            ],
            batch_size=20,
        )

    @property
    def sources(self) -> Sources:
        sources = Sources(refused=[(path, reason) for path, reason in self.refused])
        for path, data in self.files.order_by("pk").values_list("path", "data"):
            sources.add(path, bytes(data))
        return sources


class ArticleImportFile(models.Model):
    """An uploaded file.

    It is kept in the database: the media folder is for what readers may fetch, and a
    server's own disk is not there for the next request, which another may answer.
    """

    wagtail_reference_index_ignore = True

    article_import = models.ForeignKey(
        ArticleImport,
        on_delete=models.CASCADE,
        related_name="files",
        verbose_name=_("article import"),
    )
    path = models.CharField(_("path"), max_length=LONGEST_PATH)
    data = models.BinaryField(_("data"))

    class Meta:
        verbose_name = _("article import file")
        verbose_name_plural = _("article import files")
        default_permissions = ()

    def __str__(self) -> str:
        return gettext("File {number} of import {article_import}").format(
            number=self.pk, article_import=self.article_import_id
        )


class ImportFinding(models.Model):
    """What an import named of an article, kept for whoever edits the draft.

    ``block_id`` is the block in which it stands; "" where it stands in none, since it
    was left out.
    """

    wagtail_reference_index_ignore = True

    page = models.ForeignKey(
        "articles.ArticlePage",
        on_delete=models.CASCADE,
        related_name="import_findings",
        verbose_name=_("article"),
    )
    line = models.PositiveIntegerField(_("line"))
    typed = models.CharField(_("typed"), max_length=120, blank=True)
    sentence = models.TextField(_("sentence"))
    block_id = models.CharField(_("block"), max_length=36, blank=True)

    class Meta:
        verbose_name = _("finding of an import")
        verbose_name_plural = _("findings of imports")
        ordering = ["line", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return gettext("Line {number} of what became article {article}").format(
            number=self.line, article=self.page_id
        )
