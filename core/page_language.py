"""Serves each page in its own language, whatever the browser asks for."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.apps import apps as installed_apps
from django.conf import settings
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.utils import translation
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Locale

ServePage = Callable[[Any, HttpRequest, Any, Any], HttpResponse]


@cache
def language_code(locale_pk: int) -> str:
    """Return a locale's language code, cached in memory."""
    code: str = Locale.all_objects.get(pk=locale_pk).language_code
    return code


@receiver([post_save, post_delete], sender=Locale)
def forget_language_codes(**kwargs: Any) -> None:
    language_code.cache_clear()


@contextmanager
def language_of(page: Any) -> Iterator[None]:
    """Activate the page's language for texts, dates and numbers."""
    with translation.override(language_code(page.locale_id)):
        yield


def serve_in_its_language(serve: ServePage) -> ServePage:
    """Wrap a serve method so that its template is rendered in the page's language."""

    def in_its_language(
        page: Any, request: HttpRequest, args: Any, kwargs: Any
    ) -> HttpResponse:
        with language_of(page):
            response = serve(page, request, args, kwargs)
            if isinstance(response, SimpleTemplateResponse):
                response.render()
        return response

    return in_its_language


def follow_language_code(using: str, apps: Any = installed_apps, **kwargs: Any) -> None:
    """Change the only locale to ``LANGUAGE_CODE``.

    Wagtail makes that locale when the database is new, and finds none for new pages
    when the setting changes later. ``flush`` sends the same signal without ``apps``.
    """
    try:
        apps.get_model("wagtailcore", "Locale")
    except LookupError:  # Wagtail's own tables are not there yet.
        return
    locales = Locale.all_objects.using(using)
    code = get_supported_content_language_variant(settings.LANGUAGE_CODE)
    if not settings.WAGTAIL_I18N_ENABLED and locales.count() == 1:
        for locale in locales.exclude(language_code=code):
            locale.language_code = code
            locale.save()
