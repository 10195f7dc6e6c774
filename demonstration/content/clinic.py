"""The clinic itself: organisation, menus, footer and disclaimers. All invented."""

from demonstration.content.shapes import (
    Disclaimers,
    FooterColumn,
    MenuItem,
    Organisation,
)

ORGANISATION = Organisation(
    name="Marram Quay Clinic",
    legal_name="Marram Quay Clinic Ltd",
    type="MedicalClinic",
    description=(
        "A small clinic for people with multiple sclerosis that "
        "studies and gives mesenchymal cells."
    ),
    street_address="The Old Sail Loft, 7 Ropewalk",
    locality="Ternhaven",
    region="Wexshire",
    postal_code="TH0 9QY",
    country="GB",
    telephone="01632 960417",
    admissions_telephone="01632 960433",
    email="reception@marramquay.example",
    admissions_email="admissions@marramquay.example",
    privacy_email="privacy@marramquay.example",
    opening_hours=(
        "Reception every day 8\u00a0am to 6\u00a0pm; "
        "admissions Monday to Friday 9\u00a0am to 4\u00a0pm"
    ),
    logo="logo",
    social_picture="social-card",
    founded=2017,
    social_links=[
        ("Mastodon", "https://social.example/@marramquay"),
        ("Video", "https://video.example/marramquay"),
        ("Podcast", "https://radio.example/marram-quay"),
    ],
)

NAVIGATION = [
    MenuItem(
        "Conditions",
        "conditions",
        [
            MenuItem("Multiple sclerosis", "topic-multiple-sclerosis"),
            MenuItem("Mesenchymal cell therapy", "topic-mesenchymal-cell-therapy"),
        ],
    ),
    MenuItem(
        "Treatment",
        "protocol",
        [
            MenuItem("The protocol", "protocol"),
            MenuItem("Our results", "results"),
            MenuItem("What it costs", "cost"),
            MenuItem("Questions to ask", "questions-for-a-clinic"),
        ],
    ),
    MenuItem("Blog", "blog"),
    MenuItem("Stories", "stories"),
    MenuItem(
        "About",
        "about",
        [
            MenuItem("The clinic", "about"),
            MenuItem("People", "people"),
            MenuItem("Contact", "contact"),
        ],
    ),
]

NAVIGATION_ACTION = MenuItem("Apply for an assessment", "apply")

FOOTER_COLUMNS = [
    FooterColumn(
        "Treatment",
        [
            ("The protocol", "protocol"),
            ("Our results", "results"),
            ("What it costs", "cost"),
            ("Apply", "apply"),
        ],
    ),
    FooterColumn(
        "Read",
        [
            ("Blog", "blog"),
            ("Conditions", "conditions"),
            ("Stories", "stories"),
            ("How we collect stories", "how-we-collect-stories"),
        ],
    ),
    FooterColumn(
        "The clinic",
        [
            ("About", "about"),
            ("People", "people"),
            ("Contact", "contact"),
            ("Complaints", "complaints"),
            ("Accessibility", "accessibility"),
            ("Legal notice", "legal"),
            ("Privacy", "privacy"),
        ],
    ),
]

FOOTER_NOTE = (
    "Marram Quay Clinic is invented to demonstrate this site; it "
    "treats nobody. The published studies cited here are real."
)

DISCLAIMERS = Disclaimers(
    medical=(
        "<p>This page gives general information and does not replace "
        "the advice of a doctor who has examined you. Please do not "
        "start, change or stop a treatment because of it.</p>"
    ),
    testimonial=(
        "<p>Results vary. This is one person’s account, given with "
        "their written agreement. It does not show what usually "
        "happens; for that, see the trials cited in our articles.</p>"
    ),
    research=(
        "<p>Mesenchymal cell treatment for multiple sclerosis is "
        "unlicensed and still being studied. Trials have found for "
        "and against it, and its long-term effects are not known.</p>"
    ),
)
# Printed where a text or a picture is said to be made with it.
NOTE_ON_AI = (
    "<p>Parts of this page were made with the help of AI. Somebody at the clinic has "
    "checked them and answers for them.</p>"
)
