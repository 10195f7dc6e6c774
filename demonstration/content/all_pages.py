"""The front page, the indexes, and all plain pages in the order of the tree."""

from demonstration.content.all_topics import TOPIC_PAGES
from demonstration.content.pages.about import ABOUT
from demonstration.content.pages.accessibility import ACCESSIBILITY
from demonstration.content.pages.contact import COMPLAINTS, CONTACT
from demonstration.content.pages.cost import COST
from demonstration.content.pages.legal import LEGAL, PRIVACY
from demonstration.content.pages.protocol import PROTOCOL
from demonstration.content.pages.results import OUTCOME_CHART, RESULTS
from demonstration.content.pages.story_collection import STORY_COLLECTION
from demonstration.content.shapes import Page

HOME = Page(
    key="home",
    type="HomePage",
    parent="",
    title="Marram Quay Clinic",
    headline="We count what happens, and publish it when it disappoints",
    slug="home",
    seo_title="Marram Quay Clinic: cell treatment, carefully",
    search_description=(
        "A small clinic for people with multiple sclerosis that "
        "studies and gives mesenchymal cells, says what is not "
        "known, and publishes its results."
    ),
    standfirst=(
        "A small clinic for people with multiple sclerosis. We treat some "
        "of them with their own cells, and more of them not."
    ),
    lead_image={
        "picture": "estuary-morning",
        "alt": (
            "Drawing of an estuary at low tide in the morning: a sail "
            "loft on a quay, marram grass in front, one wading bird and "
            "two people on the sea wall, one with a stick."
        ),
        "decorative": False,
    },
    body=[
        (
            "paragraph",
            (
                "<p>Mesenchymal stem cells may help some people with active, "
                "progressive multiple sclerosis. A small trial says so "
                "{cite:petrou-2020}; a larger one, in people with another form "
                "of the illness, found no difference {cite:uccelli-2021}. We give this treatment to "
                "about sixty people a year, after telling rather more of "
                "them that we would not.</p>"
            ),
        ),
        ("heading", {"text": "What became of the people we treated", "level": "2"}),
        OUTCOME_CHART,
        (
            "call_to_action",
            {
                "heading": "Everybody is counted",
                "text": (
                    "<p>Those we refused, those who got worse, those who were harmed, "
                    "and those we lost.</p>"
                ),
                "label": "See all our results",
                "page": {"page": "results"},
            },
        ),
        (
            "page_cards",
            {
                "heading": "Where would you like to begin?",
                "pages": [
                    {"page": "topic-multiple-sclerosis"},
                    {"page": "topic-mesenchymal-cell-therapy"},
                    {"page": "protocol"},
                ],
            },
        ),
        (
            "key_fact",
            {
                "figure": "48",
                "text": (
                    "<p>people took part in the placebo-controlled trial most "
                    "often quoted in favour of this treatment. That is enough to "
                    "take it seriously, and not enough to be sure.</p>"
                ),
                "reference": {"reference": "petrou-2020"},
                "locator": "",
            },
        ),
        ("latest_articles", {"heading": "Latest articles"}),
        (
            "spoken_quotation",
            {
                "introduction": "The medical director",
                "text": (
                    "<p>If you leave our first meeting with more questions than "
                    "you brought, and better ones, it has gone well.</p>"
                ),
                "speaker": "",
                "person": {"page": "ngozi-adeyemi-hart"},
            },
        ),
        (
            "testimonial_carousel",
            {
                "heading": "In their own words",
                "stories": [
                    {"page": "walking-notebook"},
                    {"page": "told-no"},
                    {"page": "eleven-days"},
                    {"page": "rowing-again"},
                ],
            },
        ),
        (
            "sign_up",
            {
                "heading": "A letter now and then",
                "text": (
                    "<p>Four to six times a year: new articles, new trials, "
                    "corrections.</p>"
                ),
                "label": "Sign me up",
                "success": (
                    "<p>Thank you. We have sent you a message with a link to "
                    "confirm the address.</p>"
                ),
                "failure": (
                    "<p>That did not work. Please check the address and try "
                    "again, or telephone 01632 960417.</p>"
                ),
                "page": {"page": "protocol"},
                "page_label": "Read the treatment protocol",
            },
        ),
    ],
)

INDEXES = [
    Page(
        key="blog",
        type="ArticleIndexPage",
        parent="home",
        title="Blog",
        slug="blog",
        seo_title="Articles on MS and cell treatment",
        search_description=(
            "Articles by the clinic’s staff and guests on multiple "
            "sclerosis, mesenchymal cells, trials, exercise and travel, "
            "each with its references."
        ),
        standfirst=(
            "Articles by our staff and guests. Each says who wrote it, "
            "what they are to the clinic, and where the facts come from."
        ),
    ),
    Page(
        key="conditions",
        type="TopicIndexPage",
        parent="home",
        title="Conditions",
        slug="conditions",
        seo_title="Conditions and treatments",
        search_description=(
            "The one condition we treat and the treatment we study: what "
            "each is, what is known about it, and the articles and "
            "stories that belong to it."
        ),
        standfirst="The one condition we treat, and the treatment we study.",
    ),
    Page(
        key="stories",
        type="TestimonialIndexPage",
        parent="home",
        title="Stories",
        slug="stories",
        seo_title="Patients’ stories: people treated here",
        search_description=(
            "People with multiple sclerosis on what happened after "
            "treatment, or after being refused it: in their own words, with "
            "dates, harms included."
        ),
        standfirst=(
            "Told with dates and in the tellers’ own words, including "
            "what did not get better. One person’s story does not "
            "predict another’s."
        ),
    ),
    Page(
        key="people",
        type="PeopleIndexPage",
        parent="home",
        title="People",
        slug="people",
        seo_title="The people of Marram Quay Clinic",
        search_description=(
            "The neurologist, the laboratory director, the "
            "physiotherapist and the guest contributor: what they have "
            "trained in and what they declare."
        ),
        standfirst=(
            "Who treats you, who grows the cells, who teaches you to "
            "walk, and who writes here."
        ),
    ),
]

PAGES = [
    HOME,
    *INDEXES,
    *TOPIC_PAGES,
    PROTOCOL,
    RESULTS,
    COST,
    ABOUT,
    CONTACT,
    COMPLAINTS,
    ACCESSIBILITY,
    STORY_COLLECTION,
    LEGAL,
    PRIVACY,
]
