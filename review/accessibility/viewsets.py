"""The admin's views of audits."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import DateColumn
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
    form_fields = [
        "audited_on",
        "kind",
        "audited_by",
        "outcome",
        "tested",
        "problems",
    ]
    list_display = [
        "__str__",
        "audited_by",
        "get_outcome_display",
        DateColumn("audited_on", label=_("Date of the audit")),
    ]
