"""The long article: its frame, and what follows the body."""

from datetime import date

from demonstration.content.articles import condition as article_condition
from demonstration.content.articles import decision as article_decision
from demonstration.content.articles import practice as article_practice
from demonstration.content.articles import trials as article_trials
from demonstration.content.shapes import Article, Contribution, Stream

AFTER_BODY: Stream = [
    (
        "testimonial_quote",
        {
            "story": {"page": "rowing-again"},
            "text": (
                "<p>She is the first doctor who told me what she did not "
                "know before I had thought of asking. I trusted the rest "
                "more for it.</p>"
            ),
        },
    ),
    ("testimonial_timeline", {"story": {"page": "walking-notebook"}}),
    (
        "testimonial",
        {
            "story": {"page": "rowing-again"},
            "text": (
                "<p>I used to row across stretches of sea for a living, and "
                "talk about it on the wireless. In 2019 my right leg began "
                "to drag; two years later I had a name for it, and by 2023 I "
                "needed a stick for anything longer than a pier.</p><p>I was "
                "treated here in the spring of 2024. My leg is somewhat "
                "stronger, my tiredness is not. I cannot tell you how much "
                "of that is the cells and how much is eighteen months of "
                "being made to do exercises by a very patient woman.</p>"
            ),
        },
    ),
    (
        "testimonial_carousel",
        {
            "heading": "Two people, two courses",
            "stories": [{"page": "walking-notebook"}, {"page": "rowing-again"}],
        },
    ),
    (
        "sign_up",
        {
            "heading": "New articles by e-mail",
            "text": (
                "<p>Four to six letters a year: new articles, new trials, "
                "corrections to old articles. No offers.</p>"
            ),
            "label": "Sign me up",
            "success": (
                "<p>Thank you. Please look in your inbox: we have sent a "
                "message with a link to confirm the address.</p>"
            ),
            "failure": (
                "<p>That did not work. Please check the address and try "
                "again, or write to <b>reception@marramquay.example</b>.</p>"
            ),
            "page": {"page": "protocol"},
            "page_label": "Read the treatment protocol",
        },
    ),
    (
        "call_to_action",
        {
            "heading": "Could this be an option for you?",
            "text": (
                "<p>Two neurologists read every application. Most people "
                "hear from us within three weeks.</p>"
            ),
            "label": "Apply for an assessment",
            "page": {"page": "apply"},
        },
    ),
]

ANSWER: Stream = [
    (
        "answer",
        {
            "text": (
                "<p>Perhaps, for some people, for a time. In one careful study of "
                "people with <b>active progressive disease</b>, fewer of those who "
                "received the cells got worse than of those who received a sham "
                "injection {cite:petrou-2020}. A larger trial, in people with active "
                "relapsing or progressive disease, did not find the effect it was "
                "looking for.</p>"
            ),
            "certainty": "low",
            "as_of": "2026-11-03",
        },
    )
]

ARTICLE = Article(
    key="cells-and-ms",
    slug="can-mesenchymal-stem-cells-slow-multiple-sclerosis",
    title=("Can mesenchymal stem cells slow the course of multiple sclerosis?"),
    seo_title="Stem cells for MS: the evidence",
    standfirst=(
        "Small trials suggest a benefit for some people; a larger "
        "one found none. We set out what is known, what is not, and "
        "what treatment asks of you."
    ),
    topic="multiple-sclerosis",
    lead_image={
        "picture": "cells-and-nerve",
        "alt": (
            "Drawing of three star-shaped mesenchymal cells beside a "
            "long nerve fibre in its myelin sheath."
        ),
        "decorative": False,
    },
    answer=ANSWER,
    body=[
        *article_condition.BODY,
        *article_trials.BODY,
        *article_practice.BODY,
        *article_decision.BODY,
    ],
    after_body=AFTER_BODY,
    contributions=[
        Contribution(
            person="callum-fairbairn",
            role="guest",
            date=date(2026, 5, 12),
            relation="patient",
            disclosure=(
                "Treated at this clinic in 2024, at the usual price. The clinic "
                "paid £400 and a train fare for this article, and had no say in "
                "what he wrote about his own treatment."
            ),
        ),
        Contribution(
            person="ngozi-adeyemi-hart",
            role="author",
            date=date(2026, 11, 3),
            relation="employee",
            disclosure=(
                "Employed by the clinic, on a salary that does not depend on how "
                "many people are treated."
            ),
        ),
    ],
    first_published=date(2026, 5, 12),
    updated=date(2026, 11, 3),
    related=["reading-a-trial", "questions-for-a-clinic", "exercise"],
)
