"""The models of this app, one subject a file."""

from .appearance import Appearance
from .consent import Consent
from .erased_address import ErasedAddress
from .pages import TestimonialIndexPage, TestimonialPage
from .subject import Subject

__all__ = [
    "Appearance",
    "Consent",
    "ErasedAddress",
    "Subject",
    "TestimonialIndexPage",
    "TestimonialPage",
]
