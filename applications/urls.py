"""Addresses of this app, under ``applications/``."""

from django.urls import path

from applications.applying import views

app_name = "applications"

urlpatterns = [path("sent/<str:token>/", views.thanks, name="thanks")]
