"""The models of this app, one subject a file."""

from .appearance import Appearance
from .consent import Consent
from .consent_document import ConsentDocument
from .consent_log import ConsentLogEntry
from .erased_address import ErasedAddress
from .index_page import TestimonialIndexPage
from .pages import TestimonialPage
from .subject import Subject
from .subject_link import SubjectLink
from .wording import ConsentWording

__all__ = [
    "Appearance",
    "Consent",
    "ConsentDocument",
    "ConsentLogEntry",
    "ConsentWording",
    "ErasedAddress",
    "Subject",
    "SubjectLink",
    "TestimonialIndexPage",
    "TestimonialPage",
]
