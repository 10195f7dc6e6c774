"""The parts of blocks in which people are chosen, made before there are models."""

from functools import cached_property
from typing import Any

from django.apps import apps
from django.urls import get_resolver
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.forms.models import registry

from core.blocks.choosers import SnippetBlock

SUBJECT = "testimonials.Subject"


class SubjectBlock(SnippetBlock):
    """Chooses a person by their code; migrations write it as Wagtail's own block."""

    @cached_property
    def widget(self) -> Any:
        # Wagtail looks for that of a snippet, which a person is not.
        field = apps.get_model("testimonials.TestimonialPage")._meta.get_field(
            "subject"
        )
        if registry.get(field) is None:
            # Wagtail registers its choosers with the admin's addresses, which a
            # command, such as that which publishes what is due, has not read.
            get_resolver().url_patterns  # noqa: B018
        return registry.get(field)["widget"]()


def people_in_videos() -> blocks.ListBlock:
    return blocks.ListBlock(
        SubjectBlock(SUBJECT, label=_("Person")),
        default=[],
        collapsed=True,
        help_text=_(
            "Everybody in it who was treated. Readers see the video only while all of "
            "them consent to medical detail, video and voice; its texts are found by "
            "no search."
        ),
        label=_("Patients it shows"),
    )
