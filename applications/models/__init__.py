"""The models of this app, one subject a file."""

from .applications import Answer, Application
from .definitions import FormDefinition
from .pages import ApplicationFormPage
from .site_settings import ApplicationSettings

__all__ = [
    "Answer",
    "Application",
    "ApplicationFormPage",
    "ApplicationSettings",
    "FormDefinition",
]
