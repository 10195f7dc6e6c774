"""The headings under which the picker offers blocks, the same in every app."""

from django.utils.translation import gettext_lazy as _

TEXT = _("Text")
MEDIA = _("Media")
EVIDENCE = _("Evidence")
STORIES = _("People and stories")
ACTIONS = _("Actions")
LISTS = _("Lists of pages")
