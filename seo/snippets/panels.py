"""The panel that shows the page in search results and on a card, as it is typed."""

from typing import Any

from django.urls import reverse
from wagtail.admin.panels import Panel


class SnippetsPanel(Panel):
    """How the page will look where it is found and shared.

    `seo.snippets.views` answers with it; ``seo/snippets.js`` asks.
    """

    class BoundPanel(Panel.BoundPanel):
        template_name = "seo/snippets/panel.html"

        class Media:
            css = {"all": ["seo/snippets.css"]}
            js = ["seo/snippets.js"]

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, "address": self._address()}

        def is_shown(self) -> bool:
            # Without a form there is nothing to follow, as when versions are compared.
            return self.instance.pk is not None or bool(self._parent)

        @property
        def _parent(self) -> Any:
            return getattr(self.form, "parent_page", None)

        def _address(self) -> str:
            page = self.instance
            if page.pk is not None:
                return reverse("seo_snippets_on_edit", args=[page.pk])
            names = page._meta.app_label, page._meta.model_name, self._parent.pk
            return reverse("seo_snippets_on_add", args=names)
