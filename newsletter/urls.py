"""Addresses under ``newsletter/``."""

from django.urls import path

from newsletter import views

app_name = "newsletter"
urlpatterns = [
    path("sign-up/", views.sign_up, name="sign-up"),
    path("received/", views.received, name="received"),
    path("confirm/<str:token>/", views.confirm, name="confirm"),
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
