"""Where a text tells what became of somebody, and where it says what is typical.

English only.
"""

import re
from collections.abc import Iterator

# Somebody of whom it is told; studies speak of “participants” and “groups”.
_ONE = (
    r"(?:(?i:I|he|she|they|we|my \w+|her \w+|his \w+|their \w+|the patient"
    r"|our patient|a patient(?: of ours)?|this patient"
    r"|(?:an?|one) (?:[\w-]+ )?(?:patient|man|woman|boy|girl)(?: of ours)?"
    r"|the (?:man|woman|boy|girl))"
    r"|(?!Few|Many|Most|None|Others|Patients|People|Some|Those)[A-Z][a-z]{2,})"
)
_KIND = r"(?:cell |stem[- ]cell )?"
_WHOSE = r"(?:the |her |his |my |their |this )?"
_COUNT = r"(?:first |second |third |last |one |two |three |four |five |six |\d+ )?"
_DONE = (
    r"(?:treatments?|therapy|infusions?|injections?|procedure|transplant(?:ation)?"
    r"|operation)"
)
_TIME = re.compile(
    rf"(?i:(?:after|following|since|thanks to|because of|(?:day|week|month|year)s?"
    rf" (?:from|of)) {_WHOSE}{_COUNT}{_KIND}{_DONE}"
    r"|thanks to (?:her |his |my |our |the |their )?(?:stem )?(?:cells|clinic|doctors)"
    r"|post[- ]treatment)"
).pattern
_DO = (
    r"(?:walk|run|stand|climb|see|hear|speak|work|drive|swim|row|cycle|dance|write"
    r"|sleep|hold|play|lift|ride)"
)
_STAFF = (
    r"(?:doctors?|nurses?|neurologists?|surgeons?|consultants?|specialists?|physio\w*"
    r"|therapists?|clinic|team|GP|him|her|them|you)"
)
# “spoke to the nurse again” and “walked in again” tell of no result.
_DID = re.compile(
    r"(?:(?:walked|ran)(?! (?:in|out|off|past|away|up to|into)\b)"
    r"|stood|climbed|worked|drove|swam|rowed|cycled|danced|slept|held|played|rode"
    r"|wrote(?! (?:to|down)\b)|spoke(?! (?:to|with|of|about)\b)"
    rf"|(?:saw|heard)(?! (?:from|of|about|that)\b| (?:\w+ ){{0,2}}{_STAFF}\b))"
).pattern
_NUMBER = r"(?:\d+(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten)"
_AID = (
    r"(?:sticks?|canes?|crutch(?:es)?|wheelchair|frame|walker|rollator|splints?"
    r"|braces?|hearing aids?|glasses)"
)
# What somebody does, which “the lift” may do as well.
_DOES = re.compile(
    # “walks to the shop again”, “stood without a frame”
    rf"(?:(?:{_DO}(?:s|ing)?|{_DID})(?: \w+){{0,5}}? "
    r"(?:(?<!again and )again(?! and again)|unaided|for the first time"
    r"|(?:her|his|my) first\b"
    r"|without (?:a |her |his |my |the )?\w+)"
    rf"|(?:can|could) (?:now|again) {_DO}"
    r"|no longer (?:needs?|needed|uses?|used|ha[sd]|have|feels?|felt)\b"
    r"|(?:do|does|did)(?: not|n['\u2019]t) (?:need|use|have|feel)(?: \w+){0,5} "
    r"any ?(?:more|longer)"
    rf"|(?:left|gave up|got out of) (?:her|his|my|the) {_AID}"
    r"|(?:went|is|was|am) back (?:at|to) (?:school|sport|university|work)"
    r"|returned to (?:school|sport|university|work)"
    r"|got (?:her|his|my|their) life back"
    rf"|(?:threw|thrown) (?:away (?:\w+ ){{0,3}}{_AID}|(?:\w+ ){{1,3}}{_AID} away))"
).pattern
_FARES = re.compile(
    r"(?:(?:is|am|are|was|were|been|became|felt|feel|feels) (?:now )?(?:\w+ )?"
    r"(?:cured|healed|symptom[- ]free|pain[- ]free|free (?:from|of) (?:pain|symptoms)"
    r"|better|stronger|well again|steadier)"
    r"(?! than)"
    r"|(?:pain|symptoms?|fatigue|tiredness|tremor|spasms?|numbness)(?: \w+){0,3} "
    r"(?:gone|went|vanished|disappeared|eased|improved|lifted)"
    r"|(?:vision|sight|hearing|speech|feeling|strength|balance|voice)(?: \w+){0,3} "
    r"(?:came back|returned|is back)|like a new (?:man|woman|person)"
    r"|gave (?:her|him|me) (?:back )?(?:her|his|my) life"
    r"|(?:improved|recovered|regained)\b"
    r"|got (?:much |a lot )?(?:better|stronger)(?! than)|got rid of"
    r"|(?:went|fell|dropped|rose|came|sank|is down|is up)(?: \w+){0,2} "
    rf"from {_NUMBER}(?: \w+)? to {_NUMBER}(?! (?:in the|each|every|o)\b))"
).pattern
# In a story this may be from before.
_FAR = rf"{_DO}(?:s|ed)? (?:\d+|a hundred|two hundred) (?:kilomet|met)(?:er|re)s?"
_BETTER = re.compile(rf"\b(?:{_DOES}|{_FARES}|{_FAR})\b")
_BETTER_IN_A_STORY = re.compile(rf"\b(?:(?P<does>{_DOES})|{_FARES})\b", re.IGNORECASE)
# What stands before it, and after it.
_ONE_BEFORE = re.compile(rf"\b{_ONE}\b[^.;!?]{{0,80}}$")
_TIME_AFTER = re.compile(rf"^[^.;!?]{{0,80}}\b{_TIME}\b")
_TIME_BEFORE = re.compile(
    rf"\b{_TIME}\b[^.;!?]{{0,40}}\b{_ONE}\b[^.;!?]{{0,60}}$"
    rf"|\b{_TIME}\b[^.;!?]{{0,60}}$"
)
_PATIENT = r"I|he|she|my|her|his|we|the\s(?:patient|man|woman|boy|girl)"
_DOER_BEFORE = re.compile(rf"\b(?:{_PATIENT})\b[^.;!?]{{0,60}}$", re.IGNORECASE)
_ANY_BEFORE = re.compile(rf"\b(?:{_PATIENT}|the)\b[^.;!?]{{0,60}}$", re.IGNORECASE)
# What leaves it open, before it in its clause.
_PLANNED = re.compile(
    r"\b(?:if|whether|hop\w+|wish\w*|want\w*|may|might|would|will|wonder\w*|ask\w*"
    r"|not(?! only)|never|nobody|no(?! longer)|before|used to|until|cannot"
    r"|dream\w*|goal|learn\w*|without being able)\b|n['\u2019]t\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[;:–—(]|, (?:but|and|yet|so|while|which|now|today|then|since|after)\b"  # noqa: RUF001
    r"| (?:and|but) (?:now|today|then)\b"
)
_LOOKED_AT = 300  # characters before what is found
_MANY = re.compile(
    r"\b(?:participants|people in|groups?|trial|study|studies|average|median|mean"
    r"|per ?cent|in ten|of the \d+|out of|most people|half of)\b|%"
    r"|\b\d+ (?:of|in) \d+\b",
    re.IGNORECASE,
)
_TYPICAL = re.compile(
    r"\b(?:on average|average|median|typical(?:ly)?|most (?:people|patients"
    r"|participants)|few (?:people|patients)|half of|as many|than placebo"
    r"|per ?cent)\b|%"
    rf"|\b{_NUMBER} (?:in|of|out of) (?:the )?{_NUMBER}\b",
    re.IGNORECASE,
)


def tells_result(sentence: str) -> bool:
    """Return whether a sentence of any text tells what treatment did for somebody."""
    return not _MANY.search(sentence) and any(
        _is_after_treatment(before, after)
        for _told, before, after in _told_in(sentence, _BETTER)
    )


def tells_result_in_story(sentence: str) -> bool:
    """Return the same for a sentence of a story, which is about treatment anyway."""
    if tells_result(sentence):
        return True
    return not _MANY.search(sentence) and any(
        (_DOER_BEFORE if told["does"] else _ANY_BEFORE).search(before)
        for told, before, _after in _told_in(sentence, _BETTER_IN_A_STORY)
    )


def _told_in(
    sentence: str, better: re.Pattern[str]
) -> Iterator[tuple[re.Match[str], str, str]]:
    """Yield what happened according to a sentence, and what it says before and after.

    What its own clause leaves open did not happen; other clauses may say what they
    like, such as “I never thought it possible, but …”.
    """
    for told in better.finditer(sentence):
        before = sentence[max(told.start() - _LOOKED_AT, 0) : told.start()]
        if not _PLANNED.search(_CLAUSE.split(before)[-1]):
            yield told, before, sentence[told.end() :]


def _is_after_treatment(before: str, after: str) -> bool:
    if _TIME_BEFORE.search(before):
        return True
    return bool(_ONE_BEFORE.search(before) and _TIME_AFTER.search(after))


def says_what_is_typical(sentence: str) -> bool:
    """Return whether a sentence says how many fared how, as a study counts it."""
    return bool(_TYPICAL.search(sentence))
