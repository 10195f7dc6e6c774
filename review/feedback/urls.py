"""Addresses of what readers tell us."""

from django.urls import path

from review.feedback.useful import useful
from review.feedback.views import report, sent

app_name = "feedback"

urlpatterns = [
    path("report/", report, name="report"),
    path("report/sent/", sent, name="sent"),
    path("useful/", useful, name="useful"),
]
