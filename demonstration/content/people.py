"""The four profiles."""

from demonstration.content.shapes import Credential, Person

CLINIC = "Marram Quay Clinic"

PEOPLE = [
    Person(
        key="ngozi-adeyemi-hart",
        slug="ngozi-adeyemi-hart",
        title="Dr Ngozi Adeyemi-Hart",
        post_nominals="MBBS, PhD, FRCP",
        job_title="Medical director and consultant neurologist",
        organisation=CLINIC,
        portrait="portrait-neurologist",
        summary=(
            "Neurologist who has looked after people with multiple "
            "sclerosis since 2001, and medical director of the clinic "
            "since 2017."
        ),
        practising_since=1997,
        body=[
            (
                "paragraph",
                (
                    "<p>Dr Adeyemi-Hart trained in Ibadan and Leeds and spent "
                    "eleven years in a hospital service for multiple sclerosis "
                    "before coming to the estuary. Her doctoral work was on why "
                    "some people with MS walk worse in the afternoon.</p>"
                ),
            ),
            ("heading", {"text": "How she works", "level": "2"}),
            (
                "paragraph",
                (
                    "<p>She sees everyone twice before treatment, once without "
                    "any papers on the desk. She chairs the meeting at which "
                    "each application is decided, has a vote in it like anybody "
                    "else, and publishes the clinic’s results every March.</p>"
                ),
            ),
            ("heading", {"text": "What she is asked most", "level": "2"}),
            (
                "questions",
                {
                    "items": [
                        {
                            "question": "Would you have it yourself?",
                            "answer": (
                                "<p>With active progressive disease and nothing else left "
                                "that had been properly tested, I think I would ask for it "
                                "inside a trial. With anything else, no.</p>"
                            ),
                        }
                    ]
                },
            ),
        ],
        credentials=[
            Credential("MBBS, medicine and surgery", "University of Ibadan", 1996),
            Credential("PhD, clinical neurology", "University of Leeds", 2006),
            Credential(
                "Specialist registration in neurology",
                "Medical register",
                2007,
                clinical=True,
            ),
        ],
        memberships=[
            "Northern Estuaries Neurology Society",
            "Working party on registers of cell treatment",
        ],
        same_as=[
            "https://scholars.example/ngozi-adeyemi-hart",
            "https://register.example/doctors/6100417",
        ],
        seo_title="Dr Ngozi Adeyemi-Hart, neurologist",
        search_description=(
            "Consultant neurologist and medical director at Marram Quay: "
            "training, credentials, memberships, how she works, and the "
            "articles she has written."
        ),
    ),
    Person(
        key="henrik-sandvold",
        slug="henrik-sandvold",
        title="Dr Henrik Sandvold",
        post_nominals="PhD",
        job_title="Laboratory director",
        organisation=CLINIC,
        portrait="portrait-laboratory",
        summary=(
            "Cell biologist who grows, tests and, once in eleven times, "
            "refuses to release the cells that are used at the clinic."
        ),
        practising_since=1994,
        body=[
            (
                "paragraph",
                (
                    "<p>Dr Sandvold learned cell culture in Tromsø and quality "
                    "control in a vaccine plant, which he says taught him more. "
                    "He designed the clinic’s laboratory and signs the release "
                    "of every batch.</p>"
                ),
            ),
            ("heading", {"text": "His rule for visitors", "level": "2"}),
            (
                "list",
                {
                    "kind": "ticks",
                    "items": [
                        "<p>Anybody may look through the window.</p>",
                        "<p>Nobody may be told that a batch looks ‘lovely’.</p>",
                        "<p>Every number on the wall has a date.</p>",
                    ],
                },
            ),
            (
                "callout",
                {
                    "kind": "note",
                    "heading": "Interest",
                    "text": (
                        "<p>Dr Sandvold owns twelve per cent of the clinic. He has "
                        "no vote on whether a person is accepted for treatment.</p>"
                    ),
                },
            ),
        ],
        credentials=[
            Credential("Cand. scient., cell biology", "University of Tromsø", 1993),
            Credential("PhD, connective tissue biology", "University of Tromsø", 1999),
        ],
        memberships=[
            "Nordic Circle for Cell Quality",
            "Society of Tissue Laboratory Scientists",
        ],
        same_as=["https://scholars.example/henrik-sandvold"],
        seo_title="Dr Henrik Sandvold, laboratory director",
        search_description=(
            "Cell biologist in charge of the laboratory at Marram Quay, "
            "where cells are grown, tested and released. Training, "
            "memberships, declared interest."
        ),
    ),
    Person(
        key="meera-raghunathan",
        slug="meera-raghunathan",
        title="Meera Raghunathan",
        post_nominals="BSc, MSc",
        job_title="Lead physiotherapist",
        organisation=CLINIC,
        portrait="portrait-physiotherapist",
        summary=(
            "Physiotherapist who has taught people with nerve disease to "
            "walk, fall and get up again since 2009."
        ),
        practising_since=2009,
        body=[
            (
                "paragraph",
                (
                    "<p>Ms Raghunathan came to physiotherapy from dance. She "
                    "leads a team of four, writes the exercise plans that "
                    "everybody takes home, and measures what they achieve before "
                    "any cells are given.</p>"
                ),
            ),
            ("heading", {"text": "A sentence she repeats", "level": "2"}),
            (
                "paragraph",
                (
                    "<p>‘Half of what you can do, every day, beats all of it on "
                    'Sunday.’ Her <a href="page:exercise">article on beginning '
                    "to exercise</a> is the longer version.</p>"
                ),
            ),
        ],
        credentials=[
            Credential(
                "BSc, physiotherapy",
                "Cardiff School of Therapies",
                2009,
                clinical=True,
            ),
            Credential(
                "MSc, neurological rehabilitation", "Open Coast University", 2015
            ),
        ],
        memberships=["College of Rehabilitation Practitioners"],
        same_as=["https://register.example/therapists/ph-20931"],
        seo_title="Meera Raghunathan, lead physiotherapist",
        search_description=(
            "Lead physiotherapist at Marram Quay, working with people "
            "who have nerve disease since 2009: credentials, articles "
            "and the way she teaches walking."
        ),
    ),
    Person(
        key="callum-fairbairn",
        slug="callum-fairbairn",
        title="Callum Fairbairn",
        post_nominals="",
        job_title="Broadcaster and writer",
        organisation="Independent",
        portrait="portrait-rower",
        summary=(
            "Broadcaster, former long-distance rower and guest "
            "contributor; he has multiple sclerosis and was treated at "
            "the clinic in 2024."
        ),
        practising_since=None,
        body=[
            (
                "paragraph",
                (
                    "<p>For twenty years he rowed across stretches of sea and "
                    "talked about it on the radio. He was told that he had "
                    "multiple sclerosis in 2021. He writes for this site about "
                    "what it is like to be on the receiving end of medicine.</p>"
                ),
            ),
            ("heading", {"text": "What he is to us", "level": "2"}),
            (
                "callout",
                {
                    "kind": "important",
                    "heading": "Declared relation",
                    "text": (
                        "<p>He has been a patient of the clinic and paid the usual "
                        "price. The clinic pays him a fee for each article, named "
                        "beside the article. He holds no share and receives nothing "
                        "for people who apply.</p>"
                    ),
                },
            ),
        ],
        credentials=[Credential("MA, geography", "University of Stirling", 1998)],
        memberships=["Guild of Independent Broadcasters"],
        same_as=[
            "https://radio.example/presenters/fairbairn",
            "https://books.example/authors/callum-fairbairn",
        ],
        seo_title="Callum Fairbairn, guest contributor",
        search_description=(
            "Broadcaster, former long-distance rower and guest "
            "contributor. He lives with multiple sclerosis; his relation "
            "to the clinic is declared on this page."
        ),
    ),
]
