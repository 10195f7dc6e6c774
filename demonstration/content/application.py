"""The application form: what stands before and after its questions."""

from demonstration.content.application_questions import QUESTIONS
from demonstration.content.shapes import Form

FORM = Form(
    key="apply",
    parent="home",
    slug="apply",
    title="Apply for an assessment",
    seo_title="Apply for an assessment at Marram Quay Clinic",
    search_description=(
        "Ten minutes, eighteen questions, each with the reason "
        "why we ask. Two neurologists read every application; most "
        "people hear in three weeks."
    ),
    standfirst=(
        "Eighteen questions in five steps, about ten minutes. Two neurologists "
        "read every application, and most people hear from us within "
        "three weeks."
    ),
    topic="multiple-sclerosis",
    body=[
        (
            "paragraph",
            (
                "<p>This form asks whether it is worth your while to come "
                "and see us. It is not a diagnosis and commits you to "
                "nothing. Beside each question we say why we ask it.</p>"
            ),
        ),
        ("heading", {"text": "Before you begin", "level": "2"}),
        (
            "list",
            {
                "kind": "ticks",
                "items": [
                    "<p>Have the names and doses of your medicines to hand.</p>",
                    (
                        '<p>Read <a href="page:cost">what treatment costs</a>, so '
                        "that nothing surprises you later.</p>"
                    ),
                    ("<p>Tell your neurologist that you are applying, if you can.</p>"),
                ],
            },
        ),
        (
            "callout",
            {
                "kind": "important",
                "heading": "Your answers",
                "text": (
                    "<p>They are encrypted before they are stored and are read "
                    "only by the admissions team and the two neurologists. They "
                    "are not sent by e-mail, and no other company’s software "
                    "runs on this page.</p>"
                ),
            },
        ),
        (
            "callout",
            {
                "kind": "warning",
                "heading": "Not for emergencies",
                "text": (
                    "<p>If you have become much worse within days, call your "
                    "neurologist or the emergency services. This form is read on "
                    "working days.</p>"
                ),
            },
        ),
    ],
    questions=QUESTIONS,
    terms={
        "purpose": (
            "to decide whether treatment here could help you, and to tell you why."
        ),
        "retention_months": 6,
    },
    after_body=[
        ("heading", {"text": "What happens next?", "level": "2"}),
        (
            "list",
            {
                "kind": "numbers",
                "items": [
                    "<p>You see a reference number. Please keep it.</p>",
                    (
                        "<p>An admissions nurse checks within three working days "
                        "that nothing is missing.</p>"
                    ),
                    (
                        "<p>Two neurologists read the application separately, then "
                        "compare notes.</p>"
                    ),
                    "<p>You are told yes, no or not yet, with the reasons.</p>",
                ],
            },
        ),
        (
            "questions",
            {
                "items": [
                    {
                        "question": "How often is the answer no?",
                        "answer": (
                            "<p>In a little more than half of all cases, most often "
                            "because the disease is quiet or because a better-tested "
                            "treatment has not yet been tried. The trial we lean on most "
                            "took people with active progressive disease only "
                            "{cite:petrou-2020}.</p>"
                        ),
                    },
                    {
                        "question": "How long do you keep my answers?",
                        "answer": (
                            "<p>Six months if you are not treated here, unless you ask "
                            "us to delete them sooner. See <a "
                            'href="page:privacy">privacy</a>.</p>'
                        ),
                    },
                ]
            },
        ),
    ],
    thanks_heading="Thank you, your application has arrived",
    thanks_text=(
        "<p>Please write down the reference number above. An "
        "admissions nurse will check within three working days that "
        "nothing is missing, and you should hear from the "
        "neurologists within three weeks.</p><p>If anything changes "
        "in the meantime, or if you would like your answers deleted, "
        "write to <b>admissions@marramquay.example</b> with the "
        "reference number and no health details.</p>"
    ),
)

# What applicants read on their status page, by the field of the settings.
STATUS = {
    "received_text": (
        "It is stored, encrypted, and waits for our neurologists. They read every "
        "application in the order in which it came."
    ),
    "read_text": (
        "A neurologist has opened it, and a second one reads it too. Then we telephone "
        "or write to you, as you wished."
    ),
    "closed_text": (
        "We have told you what we think. If something has changed since, call us: we "
        "gladly look again."
    ),
    "answer_within": 21,  # days
}
