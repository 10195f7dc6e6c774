"""Addresses under ``consent/``."""

from django.urls import path

from testimonials.consent import views

app_name = "consent"

urlpatterns = [
    # Kept out of logs (config.log_filters).
    path("with/<str:token>/", views.own, name="own"),
]
