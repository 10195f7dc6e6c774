"""Addresses of this app, under ``applications/``."""

from django.urls import path

from applications.applying import views
from applications.feedback import views as feedback
from applications.links import views as links
from applications.status import answering
from applications.status import views as status

app_name = "applications"

urlpatterns = [
    path("sent/<str:token>/", views.thanks, name="thanks"),
    path("feedback/", feedback.feedback, name="feedback"),
    path("feedback/sent/", feedback.sent, name="feedback-sent"),
    path("link/", links.ask, name="ask"),
    path("link/new/", links.new_link, name="new-link"),
    path("link/sent/", links.link_sent, name="link-sent"),
    path("link/code/", links.code, name="code"),
    path("link/code/again/", links.ask_again, name="ask-again"),
    # Kept out of logs by this name (config.settings.logging).
    path("link/with/<str:token>/", links.link, name="link"),
    path("status/", status.status, name="status"),
    path("status/question/<uuid:pk>/", answering.answer_question, name="question"),
    path("status/answers/", status.answers, name="answers"),
    path("status/withdraw/", status.withdraw, name="withdraw"),
    path("status/delete/", status.delete, name="delete"),
    path("status/consent/<str:question>/", status.revoke, name="revoke"),
    path("status/close/", status.close, name="close"),
    path("status/end-links/", status.end_links, name="end-links"),
    path("closed/", status.closed, name="closed"),
    path("deleted/", status.deleted, name="deleted"),
]
