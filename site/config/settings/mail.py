"""E-mails and background tasks."""

from .environment import env, like

IMMEDIATE_TASKS = "django_tasks.backends.immediate.ImmediateBackend"
# A worker runs what waits in the database (manage.py db_worker).
TASKS = {
    "default": {
        "BACKEND": env("TASKS_BACKEND", default="django_tasks_db.DatabaseBackend"),
    },
}

# Every e-mail waits in the database; a task hands it to the mail server.
EMAIL_BACKEND = "core.mail.EmailBackend"
with like("EMAIL_URL", "smtp+tls://user:password@host:587"):
    EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
MAIL_DELIVERY_BACKEND = EMAIL_CONFIG.pop("EMAIL_BACKEND")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 10  # seconds: a mail server that hangs holds a worker for each step
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="clinic@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
