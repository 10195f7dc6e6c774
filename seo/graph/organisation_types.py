"""What an organisation may be to schema.org, as a form offers it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# What the organisation is until an editor says otherwise; the form shows it.
DEFAULT_TYPE = "MedicalClinic"

Choice = tuple[str, str | Promise]

# Names of schema.org, grouped for staff. Search engines read the most particular one.
ORGANISATION_TYPES: list[tuple[str | Promise, list[Choice]]] = [
    (
        _("Medical"),
        [
            ("MedicalClinic", _("clinic")),
            ("Hospital", _("hospital")),
            ("Physician", _("physician or practice of physicians")),
            ("IndividualPhysician", _("one physician")),
            ("PhysiciansOffice", _("physician's office")),
            ("Dentist", _("dentist")),
            ("DiagnosticLab", _("diagnostic laboratory")),
            ("Pharmacy", _("pharmacy")),
            ("Optician", _("optician")),
            ("VeterinaryCare", _("veterinary care")),
            ("MedicalBusiness", _("other medical business")),
            ("MedicalOrganization", _("other medical organisation")),
        ],
    ),
    (
        _("Other"),
        [
            ("NGO", _("non-governmental organisation")),
            ("ResearchOrganization", _("research organisation")),
            ("EducationalOrganization", _("educational organisation")),
            ("CollegeOrUniversity", _("college or university")),
            ("GovernmentOrganization", _("government organisation")),
            ("Corporation", _("corporation")),
            ("EmergencyService", _("emergency service")),
            ("HealthAndBeautyBusiness", _("health and beauty business")),
            ("LocalBusiness", _("other business with premises")),
            ("Organization", _("other organisation")),
        ],
    ),
]


def offered(stored: str) -> list[tuple[str | Promise, list[Choice]]]:
    """Return the choices, with the stored type among them whatever it is."""
    known = {name for _heading, choices in ORGANISATION_TYPES for name, _ in choices}
    groups = [
        (heading, [(name, f"{label} ({name})") for name, label in choices])
        for heading, choices in ORGANISATION_TYPES
    ]
    if stored and stored not in known:
        groups.append((_("As it was"), [(stored, stored)]))
    return groups
