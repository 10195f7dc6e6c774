"""Addresses under ``review/``, for reviewers without an account."""

from django.urls import path

from review.invitations import views

app_name = "invited"

urlpatterns = [
    # Kept out of logs (config.log_filters).
    path("with/<str:token>/", views.review, name="review"),
    path("with/<str:token>/page/", views.draft, name="draft"),
    path("thanks/", views.thanks, name="thanks"),
]
