"""The admin's views of audits."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.model import ModelViewSet

from review.models.audits import AccessibilityAudit


class AccessibilityAuditViewSet(ModelViewSet):
    """Audits, the last of which readers are told of."""

    model = AccessibilityAudit
    name = "accessibility_audits"
    icon = "glasses"
    menu_label = _("Accessibility audits")
    menu_order = 257
    add_to_settings_menu = True
    copy_view_enabled = False
    panels = [
        FieldPanel("audited_on"),
        FieldPanel("kind"),
        FieldPanel("audited_by"),
        FieldPanel("outcome"),
        FieldPanel("tested"),
        FieldPanel("problems"),
    ]
    list_display = [
        "__str__",
        "audited_by",
        Column("get_outcome_display", label=_("The site")),
        DateColumn("audited_on", label=_("Date of the audit")),
    ]
