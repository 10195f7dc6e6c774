"""Template tags that show articles."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from articles.models.article_page import ArticlePage
from core.querysets import is_published
from core.routing import above

register = template.Library()


@register.inclusion_tag("articles/includes/related.html", takes_context=True)
def related_articles(context: template.Context, article: ArticlePage) -> dict[str, Any]:
    """Render “You might also like”, with a link to all articles on the topic."""
    *_, index = above(article) or [None]
    return {
        "request": context.get("request"),
        "articles": article.related_articles,
        "topic": article.topic,
        "index": index if index and is_published(index) else None,
    }


@register.inclusion_tag("articles/includes/section.html", takes_context=True)
def articles_by(
    context: template.Context, person: Any, limit: int = 6
) -> dict[str, Any]:
    """Render the newest articles a people.PersonPage has contributed to."""
    articles = ArticlePage.objects.by(person).newest().originals().for_cards()[:limit]
    return {
        "request": context.get("request"),
        "articles": articles,
        "heading": gettext("Articles with %(name)s") % {"name": person.title},
    }


@register.inclusion_tag("articles/includes/section.html", takes_context=True)
def articles_section(context: template.Context, articles: Any) -> dict[str, Any]:
    """Render a section with articles whose pictures are fetched."""
    return {
        "request": context.get("request"),
        "articles": articles,
        "heading": gettext("Articles"),
    }


@register.simple_tag
def topic_link(topic: Any) -> SafeString | str:
    """Return the topic's name, linked to its page when that is published."""
    if topic.published_hub and (url := topic.published_hub.url):
        return format_html('<a href="{}">{}</a>', url, topic.name)
    return str(topic.name)


@register.simple_tag
def qr_code(address: str) -> SafeString:
    """Draw the QR code of an address, as SVG that can be read on dark pages, too."""
    # Here, since few processes ever draw one.
    import qrcode
    from qrcode.image.svg import SvgPathFillImage

    image = qrcode.make(address, image_factory=SvgPathFillImage)
    return mark_safe(image.to_string(encoding="unicode"))  # noqa: S308  digits alone
