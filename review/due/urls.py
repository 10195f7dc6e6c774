"""Addresses under ``due/``."""

from django.urls import path

from review.due.feed import views

app_name = "due"

urlpatterns = [
    # Kept out of logs (config.log_filters).
    path("with/<str:token>/calendar.ics", views.due_calendar, name="calendar"),
]
