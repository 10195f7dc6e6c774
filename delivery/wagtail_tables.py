"""What readers never see of Django's and Wagtail's own tables.

The other apps say the same of theirs.
"""

from django.conf import settings

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
    "wagtailcore.Revision",
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
hide_insertions("wagtailimages.Rendition")
hide_fields(settings.AUTH_USER_MODEL, ("last_login", "password"))
