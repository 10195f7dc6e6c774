"""Pages with a date: one that goes live and comes off by itself, one that does not."""

from demonstration.content.shapes import Page

# Days from the day on which the demonstration is loaded.
GOES_LIVE_AFTER, COMES_OFF_AFTER = 12, 40
NEVER_APPROVED_AFTER = 20

EVENING = Page(
    key="evening-of-questions",
    type="ContentPage",
    parent="about",
    title="An evening of questions",
    slug="evening-of-questions",
    seo_title="An evening of questions at the clinic",
    search_description=(
        "Two of our neurologists answer questions about cell treatment, what it may do "
        "and what it has not done, in the sail loft and by telephone."
    ),
    standfirst="Two of our neurologists answer questions, in the loft and by telephone.",
    body=[
        (
            "paragraph",
            (
                "<p>You need not be a patient, and nobody is offered treatment that "
                "evening. Bring somebody who disagrees with you: half of the questions "
                "last year were about people whom it did not help, and those were the "
                "better half.</p>"
            ),
        ),
        (
            "paragraph",
            (
                "<p>The loft has a lift. If a room full of people tires you, ring in "
                "and listen lying down; the number is on the page that confirms your "
                "place.</p>"
            ),
        ),
    ],
)
HOURS = Page(
    key="winter-hours",
    type="ContentPage",
    parent="about",
    title="When we are here in winter",
    slug="winter-hours",
    seo_title="Opening hours of the clinic in winter",
    search_description=(
        "In the dark months the telephone is answered from nine to three, and the "
        "treatment room keeps its usual days. What to do at other times."
    ),
    standfirst="In the dark months the telephone is answered from nine to three.",
    body=[
        (
            "paragraph",
            (
                "<p>The treatment room keeps its usual days. If your symptoms change "
                "quickly, do not wait for us: ring the emergency services or your own "
                "doctor.</p>"
            ),
        ),
    ],
)
