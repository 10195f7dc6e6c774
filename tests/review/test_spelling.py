"""What counts as a correction of spelling, after which a review stands."""

import pytest

from review.spelling import is_spelling
from review.versions import Version


def stands(before, after):
    return is_spelling(Version("", {"body": before}), Version("", {"body": after}))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Most people recieve it", "Most people receive it"),
        ("Somtimes people tire", "Sometimes people tire"),
        ("People tire, which which passes", "People tire, which, which passes"),
        ("a rest helps", "A rest helps."),
        ("<p>Take a <b>shrot</b> rest</p>", "<p>Take a <b>short</b> rest</p>"),
        ("R&amp;D makes mistaks often", "R&amp;D makes mistakes often"),
        ([{"type": "text", "value": "It hepls most"}], [
            {"type": "text", "value": "It helps most"}
        ]),
    ],
)  # fmt: skip
def test_a_letter_or_a_comma_is_spelling(before, after):
    assert stands(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("adults 10 mg, children 2 mg", "adults 2 mg, children 10 mg"),
        ("adults take more, children less", "children take more, adults less"),
        ("take 10 mg daily", "take 10 g daily"),
        ("take 10 mg daily", "take 10 mg daliy"),
        ("take 1.5 daily", "take -1.5 daily"),
        ("take 1.5 daily", "take 15 daily"),
        ("take 1,5 daily", "take 1.5 daily"),
        ("a result < 5 is good", "a result > 5 is good"),
        ("never take it", "take it"),
        ("take it", "do not take it"),
        ("Do not stop taking it", "Do not, stop taking it"),
        ("You can't take it", "You cant take it"),
        ("You may take it now", "You may take it not"),
        ("with hypertension only", "with hypotension only"),
        ("an effective drug", "an ineffective drug"),
        ("a typical course", "an atypical course"),
        ("a typical course", "atypical course"),
        ("twice each morning", "thrice each morning"),
        ("once or three times", "once or there times"),
        ("take it with food", "take it without food"),
        (
            'It helps <embed id="1"/> and harms <embed id="2"/>',
            'It helps <embed id="2"/> and harms <embed id="1"/>',
        ),
        ('<a href="/dose/">the dose</a>', '<a href="/doze/">the dose</a>'),
        ("<b>Not</b> for children, really", "<i>Not</i> for children, really"),
        ({"kind": "warning"}, {"kind": "note"}),
        ({"kind": "warning"}, {"kind": "warnings"}),
        ({"direction": "supports"}, {"direction": "against"}),
        ({"certainty": "low"}, {"certainty": "high"}),
        ({"type": "callout", "value": "Mind it"}, {"type": "text", "value": "Mind it"}),
        ({"picture": 1}, {"picture": 2}),
        (["Rest helps", "Work harms"], ["Work harms", "Rest helps"]),
        (["Rest helps", "Work helps"], ["Rest helps"]),
        (["10", "mg per day"], ["10", "mgs per day"]),
        ("mistak " * 21, "mistake " * 21),
    ],
)
def test_what_a_clinician_would_want_to_see_again_is_not(before, after):
    assert not stands(before, after)


def test_nothing_is_where_the_reviewed_version_is_gone():
    assert not is_spelling(None, Version("", {}))
