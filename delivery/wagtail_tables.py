"""What readers never see of Django's and Wagtail's own tables.

The other apps say the same of theirs.
"""

from django.conf import settings
from wagtail.models import Revision

from delivery.visibility import hide_fields, hide_insertions, hide_models

hide_models(
    "sessions.Session",
    "django_tasks_database.DBTaskResult",
    "account.EmailAddress",
    "account.EmailConfirmation",
    "mfa.Authenticator",
    # The admin: who does what, what was before, what was not published yet.
    "wagtailadmin.EditingSession",
    "wagtailadmin.FormState",
    "wagtailcore.Comment",
    "wagtailcore.CommentReply",
    "wagtailcore.ModelLogEntry",
    "wagtailcore.PageLogEntry",
    "wagtailcore.PageSubscription",
    "wagtailcore.TaskState",
    "wagtailcore.UploadedFile",
    "wagtailcore.WorkflowState",
    "wagtailusers.UserProfile",
    # Indexes; that of the search is named in delivery.visibility.
    "wagtailcore.ReferenceIndex",
    "wagtailsearchpromotions.Query",
    "wagtailsearchpromotions.QueryDailyHits",
)
hide_fields(
    "wagtailcore.Page",
    (
        "draft_title",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "locked",
        "locked_at",
        "locked_by",
        # A draft beneath a page changes it. What is live shows with its own row.
        "numchild",
    ),
)
# Versions that readers saw lie between a story and an earlier one: once one of them is
# deleted, nobody can tell what was taken out, and nothing leads to the earlier one.
hide_insertions("wagtailcore.Revision", "wagtailimages.Rendition")
hide_fields(
    "wagtailcore.Revision",
    [field.name for field in Revision._meta.local_concrete_fields],
)
hide_fields(settings.AUTH_USER_MODEL, ("last_login", "password"))
