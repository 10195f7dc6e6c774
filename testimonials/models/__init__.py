"""The models of this app, one subject a file."""

from .appearance import Appearance
from .consent import Consent
from .erased_address import ErasedAddress
from .index_page import TestimonialIndexPage
from .pages import TestimonialPage
from .subject import Subject

__all__ = [
    "Appearance",
    "Consent",
    "ErasedAddress",
    "Subject",
    "TestimonialIndexPage",
    "TestimonialPage",
]
