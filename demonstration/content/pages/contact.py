"""The contact page."""

from demonstration.content.shapes import Page

CONTACT = Page(
    key="contact",
    type="ContentPage",
    parent="home",
    title="Contact and how to find us",
    slug="contact",
    seo_title="Contact Marram Quay Clinic",
    search_description=(
        "Telephone numbers, opening hours, address and e-mail of "
        "Marram Quay Clinic, how to get here by train or car, and "
        "whom to call at night."
    ),
    standfirst=(
        "Telephone, e-mail, address and the way from the station, "
        "and who answers when the clinic is shut."
    ),
    body=[
        ("heading", {"text": "By telephone", "level": "2"}),
        (
            "list",
            {
                "kind": "bullets",
                "items": [
                    (
                        "<p><b>Reception:</b> 01632 960417, every day from eight to "
                        "six.</p>"
                    ),
                    (
                        "<p><b>Admissions nurses:</b> 01632 960433, Monday to Friday "
                        "from nine to four, for questions about an application or "
                        "an appointment.</p>"
                    ),
                    (
                        "<p><b>After treatment:</b> the ward, by day and by night, on "
                        "the number on your discharge card.</p>"
                    ),
                ],
            },
        ),
        (
            "callout",
            {
                "kind": "warning",
                "heading": "In an emergency",
                "text": (
                    "<p>Call the emergency services first, then us. We have no "
                    "emergency department.</p>"
                ),
            },
        ),
        ("heading", {"text": "In writing", "level": "2"}),
        (
            "paragraph",
            (
                "<p>reception@marramquay.example, or Marram Quay Clinic, The Old "
                "Sail Loft, 7 Ropewalk, Ternhaven TH0 9QY. We answer within two "
                "working days. Please leave details of your health out of "
                "e-mails.</p>"
            ),
        ),
        ("heading", {"text": "Getting here", "level": "2"}),
        (
            "paragraph",
            (
                "<p>Ternhaven station is four hundred metres away on level "
                "ground. If that is too far, our van meets any train: call "
                "reception the day before. There are six parking spaces beside "
                "the ramp, three of them for wheelchair users.</p>"
            ),
        ),
        ("heading", {"text": "In your language", "level": "2"}),
        (
            "paragraph",
            (
                "<p>We book an interpreter for any visit, free of charge, if you "
                "tell us a week before. Relatives are welcome and do not "
                "interpret.</p>"
            ),
        ),
    ],
)
