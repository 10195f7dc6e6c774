"""Every picture and the video, with their text alternatives."""

from demonstration.content.shapes import Picture, Video

PICTURES = [
    Picture(
        "estuary-morning",
        "estuary-morning.png",
        "Estuary in the morning",
        (
            "An estuary at low tide: a sail loft on a quay, marram "
            "grass, a wading bird, and two people on the sea wall."
        ),
    ),
    Picture(
        "quay-building",
        "quay-building.png",
        "The sail loft",
        (
            "A long whitewashed sail loft with arched windows beside a "
            "quay at low tide, with a ramp to its door."
        ),
    ),
    Picture(
        "map",
        "map.png",
        "The way from the station",
        (
            "Map: from Ternhaven station along Station Road and the quay to the clinic, "
            "400 metres, level all the way."
        ),
    ),
    Picture(
        "cells-and-nerve",
        "cells-and-nerve.png",
        "Mesenchymal cells and a nerve fibre",
        (
            "Three star-shaped mesenchymal cells beside a long nerve "
            "fibre in its myelin sheath."
        ),
    ),
    Picture(
        "myelin",
        "myelin.png",
        "Myelin, whole and damaged",
        (
            "A nerve fibre whose myelin sheath is whole on the left and "
            "broken on the right, with immune cells at the gap."
        ),
    ),
    Picture(
        "culture",
        "culture.png",
        "A culture flask",
        (
            "A flat laboratory flask with a layer of spindle-shaped "
            "cells, and a gloved hand about to lift it."
        ),
    ),
    Picture(
        "fatigue",
        "fatigue.png",
        "A chair by the window",
        (
            "An armchair by a window, a blanket over its arm, and a pair "
            "of walking shoes set down unlaced."
        ),
    ),
    Picture(
        "exercise",
        "exercise.png",
        "Between the bars",
        (
            "A person seen from behind, stepping between two parallel "
            "bars in a gymnasium."
        ),
    ),
    Picture(
        "questions",
        "questions.png",
        "Questions across a table",
        ("Two people in conversation across a small table, one with a notebook open."),
    ),
    Picture(
        "trial",
        "trial.png",
        "Six vials",
        "Six identical glass vials in a row beside a sealed envelope.",
    ),
    Picture(
        "mri",
        "mri.png",
        "A scan held to the light",
        (
            "A brain in cross-section as on a scan, with several pale "
            "patches, held up by one hand."
        ),
    ),
    Picture(
        "travelling",
        "travelling.png",
        "Luggage on a platform",
        (
            "A small suitcase with a folded walking stick, on a station "
            "platform with an estuary behind."
        ),
    ),
    Picture(
        "portrait-neurologist",
        "portrait-neurologist.png",
        "Portrait: medical director",
        (
            "Drawn portrait of a woman of about fifty with close-cropped "
            "greying hair and round glasses, in a buttoned jacket."
        ),
    ),
    Picture(
        "portrait-laboratory",
        "portrait-laboratory.png",
        "Portrait: laboratory director",
        (
            "Drawn portrait of a lean man of about sixty with a white "
            "beard and a high forehead, in a laboratory coat."
        ),
    ),
    Picture(
        "portrait-physiotherapist",
        "portrait-physiotherapist.png",
        "Portrait: lead physiotherapist",
        (
            "Drawn portrait of a woman in her late thirties, black hair "
            "in a plait over one shoulder, in a polo shirt."
        ),
    ),
    Picture(
        "portrait-rower",
        "portrait-rower.png",
        "Portrait: a rower",
        (
            "Drawn portrait of a broad-shouldered man in his fifties "
            "with tousled hair and stubble, in a roll-neck jersey."
        ),
    ),
    Picture(
        "portrait-librarian",
        "portrait-librarian.png",
        "Portrait: a librarian",
        (
            "Drawn portrait of a woman in her late forties with wavy "
            "shoulder-length hair, in a cardigan and scarf."
        ),
    ),
    Picture(
        "story-notebook",
        "story-notebook.png",
        "The walking notebook",
        (
            "An open notebook with rows of pencil strokes, a pencil, a "
            "cup, and a walking stick beside them."
        ),
    ),
    Picture(
        "story-gate",
        "story-gate.png",
        "The gate",
        (
            "A field gate at the top of a path, with a stick leaning "
            "against it and low hills beyond."
        ),
    ),
    Picture(
        "story-boat",
        "story-boat.png",
        "A boat on the estuary",
        ("One person in a narrow rowing boat on calm water, seen from among reeds."),
    ),
    Picture(
        "logo",
        "logo.png",
        "Marram Quay Clinic",
        "A tuft of marram grass above three lines of water.",
    ),
    Picture(
        "social-card",
        "social-card.png",
        "Marram Quay Clinic, social card",
        ("A tuft of marram grass beside an estuary with a sail loft on the far quay."),
    ),
]

VIDEOS = [
    Video(
        key="walking-practice",
        title="Five minutes of walking practice",
        file="walking-practice.mp4",
        captions="walking-practice.vtt",
        poster="walking-practice-poster.png",
        duration_seconds=16,
        transcript=(
            "<p>A silent drawn film of sixteen seconds.</p><p>A woman in "
            "a cardigan stands beside a wall rail, one hand resting on "
            "it. She begins to walk slowly from left to "
            "right.</p><p>Caption: Stand tall, one hand on the "
            "rail.</p><p>Her heel meets the floor first and the foot "
            "rolls forward; the other arm swings with it.</p><p>Caption: "
            "Heel first, then roll on to the toes. Caption: Short, even "
            "steps; look ahead, not down.</p><p>She stops, stands still "
            "on both feet and rests.</p><p>Caption: Rest before you need "
            "to. Five minutes are enough.</p>"
        ),
        summary=(
            "A drawn figure walks slowly along a rail: stand tall, heel "
            "first, short even steps, and rest before you need to."
        ),
    ),
]
