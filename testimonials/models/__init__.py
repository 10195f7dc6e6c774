"""The models of this app, one subject a file."""

from .appearance import Appearance
from .consent import Consent
from .pages import TestimonialIndexPage, TestimonialPage
from .subject import Subject

__all__ = [
    "Appearance",
    "Consent",
    "Subject",
    "TestimonialIndexPage",
    "TestimonialPage",
]
