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
            ("MedicalClinic", _("clinic (MedicalClinic)")),
            ("Hospital", _("hospital (Hospital)")),
            ("Physician", _("physician or practice of physicians (Physician)")),
            ("IndividualPhysician", _("one physician (IndividualPhysician)")),
            ("PhysiciansOffice", _("physician's office (PhysiciansOffice)")),
            ("Dentist", _("dentist (Dentist)")),
            ("DiagnosticLab", _("diagnostic laboratory (DiagnosticLab)")),
            ("Pharmacy", _("pharmacy (Pharmacy)")),
            ("Optician", _("optician (Optician)")),
            ("VeterinaryCare", _("veterinary care (VeterinaryCare)")),
            ("MedicalBusiness", _("other medical business (MedicalBusiness)")),
            (
                "MedicalOrganization",
                _("other medical organisation (MedicalOrganization)"),
            ),
        ],
    ),
    (
        _("Other"),
        [
            ("NGO", _("non-governmental organisation (NGO)")),
            ("ResearchOrganization", _("research organisation (ResearchOrganization)")),
            (
                "EducationalOrganization",
                _("educational organisation (EducationalOrganization)"),
            ),
            ("CollegeOrUniversity", _("college or university (CollegeOrUniversity)")),
            (
                "GovernmentOrganization",
                _("government organisation (GovernmentOrganization)"),
            ),
            ("Corporation", _("corporation (Corporation)")),
            ("EmergencyService", _("emergency service (EmergencyService)")),
            (
                "HealthAndBeautyBusiness",
                _("health and beauty business (HealthAndBeautyBusiness)"),
            ),
            ("LocalBusiness", _("other business with premises (LocalBusiness)")),
            ("Organization", _("other organisation (Organization)")),
        ],
    ),
]


def offered(stored: str) -> list[tuple[str | Promise, list[Choice]]]:
    """Return the choices, with the stored type among them whatever it is."""
    groups = list(ORGANISATION_TYPES)
    known = {name for _heading, choices in groups for name, _label in choices}
    if stored and stored not in known:
        groups.append((_("As it was"), [(stored, stored)]))
    return groups
