"""The views of the pattern library, for users of the admin only."""

from collections.abc import Callable
from functools import cached_property, wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.generic.preview import StreamFieldBlockPreview

from demonstration.styleguide.components import COMPONENTS
from demonstration.styleguide.patterns import block_patterns

View = Callable[..., HttpResponseBase]


def for_staff(view: View) -> View:
    """Require access to the admin, and keep answers out of caches and indexes."""
    view = never_cache(require_admin_access(view))

    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return marked


@method_decorator(for_staff, name="dispatch")
class LibraryView(TemplateView):
    """Every pattern, by its group."""

    template_name = "demonstration/styleguide/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        groups: dict[str, list[Any]] = {}
        patterns: list[Any] = [*COMPONENTS.values(), *block_patterns().values()]
        for pattern in patterns:
            groups.setdefault(pattern.group, []).append(pattern)
        context = super().get_context_data(**kwargs)
        return {**context, "title": "Pattern library", "groups": groups}


@method_decorator(for_staff, name="dispatch")
class BlockView(StreamFieldBlockPreview):
    """A block's own preview, in a page of the site instead of an empty one."""

    template_name = "demonstration/styleguide/block.html"

    @cached_property
    def pattern(self) -> Any:
        try:
            return block_patterns()[self.kwargs["slug"]]
        except KeyError:
            raise Http404("There is no such block.") from None

    @cached_property
    def block_def(self) -> Any:
        return self.pattern.block

    def get_template_names(self) -> list[str]:
        return [self.template_name]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "title": self.pattern.title, "pattern": self.pattern}


@method_decorator(for_staff, name="dispatch")
class ComponentView(TemplateView):
    """A part of pages that is no block."""

    template_name = "demonstration/styleguide/component.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pattern = COMPONENTS.get(self.kwargs["slug"])
        if pattern is None:
            raise Http404("There is no such component.")
        context = super().get_context_data(**kwargs)
        context |= {"title": pattern.title, "pattern": pattern}
        return context | pattern.context()
