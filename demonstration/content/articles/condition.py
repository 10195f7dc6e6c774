"""The long article, first part: the condition and the cells."""

from demonstration.content.shapes import Stream

BODY: Stream = [
    (
        "paragraph",
        (
            "<p>Two of us wrote it. One has multiple sclerosis (MS), was "
            "treated at this clinic and paid for it; the other is the "
            "neurologist who leads it. We do not agree about everything. "
            "We do agree that nobody should decide on a treatment from a "
            "page like this one, and that a page like this one should at "
            "least make the next conversation with your own neurologist "
            "easier.</p>"
        ),
    ),
    (
        "callout",
        {
            "kind": "important",
            "heading": "Before you read on",
            "text": (
                "<p>Mesenchymal cell treatment for MS is <b>unlicensed</b> "
                "and still under study. It does not replace medicines that "
                "are known to reduce relapses. Please do not stop or delay a "
                "treatment you take because of anything written here.</p>"
            ),
        },
    ),
    ("heading", {"text": "What is multiple sclerosis?", "level": "2"}),
    (
        "paragraph",
        (
            "<p>Nerve fibres in the brain and spinal cord are wrapped in "
            "a fatty sheath called myelin, rather as a wire is wrapped "
            "in plastic. In MS the body’s own immune cells enter the "
            "nervous system and damage that sheath and, in time, the "
            "fibre inside it. Signals slow down, arrive garbled, or do "
            "not arrive. The name describes what pathologists saw long "
            "before anybody knew why: many (<i>multiple</i>) hardened "
            "scars (<i>sclerosis</i>).</p>"
        ),
    ),
    (
        "figure",
        {
            "image": {
                "picture": "myelin",
                "alt": (
                    "Drawing of a nerve fibre: on the left its myelin sheath is "
                    "whole, on the right it is ragged, and immune cells stand "
                    "around a gap."
                ),
                "decorative": False,
            },
            "caption": (
                "<p>Pictured: a nerve fibre with its myelin sheath, intact "
                "on the left and damaged on the right.</p>"
            ),
            "credit": "Drawn for Marram Quay Clinic",
            "long_description": (
                "<p>A single nerve fibre crosses the picture from a cell "
                "body on the left. Regular sausage-shaped segments of myelin "
                "surround it with narrow gaps between them. From the middle "
                "onwards the outlines become broken, one segment is absent "
                "altogether and the bare fibre shows. Five round immune "
                "cells gather at the bare stretch.</p>"
            ),
        },
    ),
    ("heading", {"text": "What are the usual symptoms?", "level": "3"}),
    (
        "paragraph",
        (
            "<p>They depend on where the damage happens to be, so no two "
            "people have quite the same list. These are common:</p>"
        ),
    ),
    (
        "list",
        {
            "kind": "bullets",
            "items": [
                "<p>blurred or painful vision in one eye;</p>",
                "<p>numbness, tingling or a band-like tightness;</p>",
                "<p>weakness or stiffness, often worse in the legs;</p>",
                (
                    "<p>unsteadiness, and a walk that fails after a certain "
                    "distance;</p>"
                ),
                (
                    "<p>a heavy tiredness out of proportion to effort, on which "
                    'there is <a href="page:fatigue">a separate article</a>;</p>'
                ),
                ("<p>trouble with the bladder, with memory or with finding words.</p>"),
            ],
        },
    ),
    ("heading", {"text": "Three questions people ask first", "level": "3"}),
    (
        "questions",
        {
            "items": [
                {
                    "question": "What causes it?",
                    "answer": (
                        "<p>No single cause is known. Inherited tendency, infection "
                        "with the Epstein-Barr virus, low vitamin D and smoking all "
                        "seem to shift the odds. None of them decides the matter "
                        "alone, and nothing you did last year brought it on.</p>"
                    ),
                },
                {
                    "question": "Is there a cure?",
                    "answer": (
                        "<p>No. There are medicines that reduce relapses, some of "
                        "them very considerably, and treatments that ease symptoms. "
                        "Mesenchymal cells are not a cure either: the best that "
                        "trials have looked for is less inflammation, slower "
                        "worsening or some return of function {cite:petrou-2020} "
                        "{cite:uccelli-2021}.</p>"
                    ),
                },
                {
                    "question": "At what age does it start?",
                    "answer": (
                        "<p>Most people are told between twenty and forty, women two "
                        "to three times as often as men. It can begin in childhood "
                        "or after sixty, and often it has been present, quietly, for "
                        "some years before it has a name.</p>"
                    ),
                },
            ]
        },
    ),
    ("heading", {"text": "What are mesenchymal stem cells?", "level": "2"}),
    (
        "paragraph",
        (
            "<p>They are cells of the connective tissue that can be "
            "grown outside the body and can turn into bone, cartilage or "
            "fat. A much-read review describes them as a mixed "
            "population that can be taken from many adult tissues and "
            "that acts on cells of both arms of the immune system, the "
            "innate and the adaptive {cite:uccelli-2008}. That second "
            "property, rather than the first, is why neurologists became "
            "interested.</p>"
        ),
    ),
    ("heading", {"text": "Do they turn into new nerve cells?", "level": "3"}),
    (
        "paragraph",
        (
            "<p>There is no good evidence that they do so in a person’s "
            "brain in any useful number. The picture that has formed "
            "over fifteen years is of a <b>short visit</b>: the cells "
            "calm inflammation and help other cells to survive "
            "{cite:uccelli-2008} {cite:regmi-2019}, and are thought not "
            "to stay for long. If that is right, any benefit comes from "
            "what they say, so to speak, and not from what they "
            "become.</p>"
        ),
    ),
    (
        "spoken_quotation",
        {
            "introduction": "Our laboratory director",
            "text": (
                "<p>I tell visitors that we are not sending builders. We are "
                "sending somebody who asks the people shouting in the room "
                "to lower their voices. Sometimes they do, and sometimes "
                "they begin again a month later.</p>"
            ),
            "speaker": "",
            "person": {"page": "henrik-sandvold"},
        },
    ),
    ("heading", {"text": "Why does it matter where they come from?", "level": "3"}),
    (
        "paragraph",
        (
            "<p>Cells taken from one’s own bone marrow are called "
            "<i>autologous</i>; cells from a donor, often from an "
            "umbilical cord, are called <i>allogeneic</i>. Both have "
            "been tried in MS. Cells from one’s own body raise no "
            "question of rejection but take weeks to grow and vary from "
            "one person to the next; cells from a donor are ready when "
            "wanted, yet carry the donor’s history with them. How to "
            "make batches that behave alike is one of the open problems "
            "of the field {cite:regmi-2019}.</p>"
        ),
    ),
]
