"""How stories of patients are collected."""

from demonstration.content.shapes import Page

STORY_COLLECTION = Page(
    key="how-we-collect-stories",
    type="ContentPage",
    parent="home",
    title="How we collect stories",
    slug="how-we-collect-stories",
    seo_title="How we collect patients\u2019 stories",
    search_description=(
        "Whom we ask for a story, what they agree to, who is paid, and how anybody "
        "takes a story back. With the very words in which we ask."
    ),
    standfirst=(
        "Stories are told by people who agreed to be asked. That is not everybody, and "
        "you should read them knowing it."
    ),
    body=[
        (
            "story_collection",
            {
                "heading": "From our register of consents",
                "text": (
                    "<p>We ask everybody whom we have treated, and everybody whom we "
                    "have refused, a year later and by letter. Those who are unwell "
                    "answer less often, so the stories are not a fair sample. What "
                    'most people can expect stands on <a href="page:results">the '
                    "page of our results</a>.</p>"
                ),
                "taking_back": (
                    '<p>Or write to the <a href="page:contact">clinic</a>: no reason is '
                    "asked for, and your treatment does not depend on it.</p>"
                ),
            },
        ),
    ],
)
