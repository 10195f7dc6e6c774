"""What waits between an upload of articles and its confirmation."""

from typing import Any

from django.db import models

from articles.importing.sources import LONGEST_PATH, Sources
from core.importing.models import WaitingImport


class ArticleImport(WaitingImport):
    """An upload of articles; its ``rows`` are those of `articles.importing.plan`."""

    wagtail_reference_index_ignore = True

    index = models.ForeignKey(
        "articles.ArticleIndexPage", on_delete=models.CASCADE, related_name="+"
    )
    makes_references = models.BooleanField(default=False)
    # (path, reason) of what could not be taken at all.
    refused = models.JSONField(default=list)

    files: Any  # the manager of its `ArticleImportFile`s

    def keep(self, sources: Sources) -> None:
        """Store what was handed in."""
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
    """A file that was handed in.

    It is kept in the database: the media folder is for what readers may fetch, and a
    server's own disk is not there for the next request, which another may answer.
    """

    wagtail_reference_index_ignore = True

    article_import = models.ForeignKey(
        ArticleImport, on_delete=models.CASCADE, related_name="files"
    )
    path = models.CharField(max_length=LONGEST_PATH)
    data = models.BinaryField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"File {self.pk} of import {self.article_import_id}"
