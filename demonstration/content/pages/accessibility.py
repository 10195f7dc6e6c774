"""How accessible site and clinic are."""

from demonstration.content.shapes import Page

ACCESSIBILITY = Page(
    key="accessibility",
    type="ContentPage",
    parent="home",
    title="Accessibility",
    slug="accessibility",
    seo_title="Accessibility of site and clinic",
    search_description=(
        "How this site is made to be used with a keyboard, a screen reader, large type "
        "or one hand; what does not work yet; and how to reach a person."
    ),
    standfirst=(
        "Many of our readers see double, tire quickly, or have one hand that does what "
        "it is told. The site is built for them first."
    ),
    body=[
        ("heading", {"text": "What you can expect", "level": "2"}),
        (
            "list",
            {
                "kind": "ticks",
                "items": [
                    "<p>Everything works with a keyboard alone.</p>",
                    "<p>Everything can be read by a screen reader.</p>",
                    "<p>Text can be enlarged to 200 % without scrolling sideways.</p>",
                    "<p>Nothing blinks, moves by itself, or runs out of time.</p>",
                    "<p>Films have captions and a transcript.</p>",
                    "<p>Charts are tables, too.</p>",
                    "<p>Reading and applying need no script.</p>",
                ],
            },
        ),
        ("heading", {"text": "The clinic itself", "level": "2"}),
        (
            "paragraph",
            (
                "<p>The ramp is the main entrance. Doors open by themselves, beds move "
                "up and down, and every floor has a toilet that a hoist fits into. "
                "Assistance dogs are welcome everywhere but in the laboratory.</p>"
            ),
        ),
        (
            "accessibility_statement",
            {
                "heading": "What an audit has found",
                "contact": (
                    "<p>If something keeps you out, call "
                    '<a href="tel:01632960417">01632 960417</a>. Whatever is on the '
                    "site, you can have on paper, in large print, or read aloud.</p>"
                ),
                "enforcement": (
                    '<p>Our <a href="page:complaints">complaints</a> page says who '
                    "decides, and how long it takes.</p>"
                ),
            },
        ),
    ],
)
