"""Articles as Wagtail's own tutorial writes them, for a project of `wagtail start`."""

from django.db import models
from wagtail.blocks import CharBlock, RichTextBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page


class ArticleIndexPage(Page):
    def get_context(self, request, *args, **kwargs):
        articles = self.get_children().live().order_by("-first_published_at")
        return {**super().get_context(request), "articles": articles}


class ArticlePage(Page):
    intro = models.CharField(max_length=250)
    lead_image = models.ForeignKey("wagtailimages.Image", models.PROTECT)
    body = StreamField(
        [
            ("heading", CharBlock()),
            ("paragraph", RichTextBlock()),
            ("picture", ImageChooserBlock()),
        ]
    )
