"""The page on complaints."""

from demonstration.content.shapes import Page

COMPLAINTS = Page(
    key="complaints",
    type="ContentPage",
    parent="home",
    title="How to make a complaint",
    slug="complaints",
    seo_title="Complaints about Marram Quay Clinic",
    search_description=(
        "How to complain about Marram Quay Clinic: who reads it, how "
        "soon you hear from us, and where to turn when our answer "
        "does not satisfy you."
    ),
    standfirst=(
        "Who reads your complaint, how soon you hear from us, and "
        "where to turn when our answer does not satisfy you."
    ),
    body=[
        (
            "list",
            {
                "kind": "numbers",
                "items": [
                    (
                        "<p>Tell anybody on the ward, or call reception on 01632 "
                        "960417. Much can be put right the same day.</p>"
                    ),
                    (
                        "<p>Or write to the lay member of our panel, who is not "
                        "employed here: complaints@marramquay.example, or by post to "
                        "the clinic. You have a letter within three working days, "
                        "and an answer with reasons within twenty.</p>"
                    ),
                    (
                        "<p>If the answer does not satisfy you, the care inspectorate "
                        "looks into it. We send it your records only if you ask us "
                        "to.</p>"
                    ),
                ],
            },
        ),
        (
            "heading",
            {"text": "Does a complaint change how I am treated?", "level": "2"},
        ),
        (
            "paragraph",
            (
                "<p>No. It is kept apart from your medical records, and those who "
                "treat you learn of it only if you want them to.</p>"
            ),
        ),
        ("heading", {"text": "What becomes of complaints?", "level": "2"}),
        (
            "paragraph",
            (
                "<p>Each is read by the panel, and their number, with what we "
                "changed because of them, is published every March.</p>"
            ),
        ),
    ],
)
