"""Where a text tells what became of somebody, and where it says what is typical.

English only.
"""

import re

# Somebody of whom it is told; studies speak of “participants” and “groups”.
_ONE = (
    r"(?:(?i:I|he|she|they|we|my \w+|her \w+|his \w+|their \w+|the patient"
    r"|our patient|a patient(?: of ours)?|this patient"
    r"|one (?:patient|man|woman)(?: of ours)?|the (?:man|woman|boy|girl))"
    r"|[A-Z][a-z]{2,})"
)
_KIND = r"(?:cell |stem[- ]cell )?"
_WHOSE = r"(?:the |her |his |my |their |this )?"
_DONE = r"(?:treatment|therapy|infusions?|injections?|transplant(?:ation)?|operation)"
_TIME = re.compile(
    rf"(?i:(?:after|since|thanks to|because of) {_WHOSE}{_KIND}{_DONE}"
    r"|post[- ]treatment)"
).pattern
_DO = (
    r"(?:walk|run|stand|climb|see|hear|speak|work|drive|swim|row|cycle|dance|write"
    r"|sleep)"
)
_BETTER = re.compile(
    # “walks to the shop again”, “stood without a frame”
    rf"(?:(?:{_DO}(?:s|ing)?|stood|ran|drove|wrote|slept)(?: \w+){{0,5}} "
    r"(?:again|unaided|for the first time|without (?:a |her |his |my |the )?\w+)"
    rf"|(?:can|could) (?:now|again) {_DO}"
    r"|no longer (?:needs?|needed|uses?|used|ha[sd]|have|feels?|felt)\b"
    r"|(?:is|am|are|was|were|became|felt|feel|feels) (?:now )?(?:\w+ )?"
    r"(?:cured|healed|symptom[- ]free|pain[- ]free|better|stronger|well again|steadier)"
    r"(?! than)"
    r"|(?:pain|symptoms?|fatigue|tiredness|tremor|spasms?|numbness)(?: \w+){0,3} "
    r"(?:gone|went|vanished|disappeared|eased|improved|lifted)"
    r"|(?:improved|recovered|regained)\b"
    r"|got (?:much |a lot )?(?:better|stronger)(?! than)|got rid of)"
).pattern
_RESULT = re.compile(
    rf"\b{_ONE}\b[^.;!?]{{0,80}}\b{_BETTER}[^.;!?]{{0,80}}\b{_TIME}\b"
    rf"|\b{_TIME}\b[^.;!?]{{0,40}}\b{_ONE}\b[^.;!?]{{0,60}}\b{_BETTER}\b"
    rf"|\b{_TIME}\b[^.;!?]{{0,60}}\b{_BETTER}\b"
)
_IN_A_STORY = re.compile(
    rf"\b(?:I|he|she|my|her|his|the|we)\b[^.;!?]{{0,60}}\b{_BETTER}\b", re.IGNORECASE
)
_PLANNED = re.compile(
    r"\b(?:if|whether|hop\w+|wish\w*|want\w*|may|might|would|will|wonder\w*|ask\w*"
    r"|not|never|nobody|no(?! longer)|before|used to|until|cannot"
    r"|without being able)\b|n['\u2019]t\b",
    re.IGNORECASE,
)
_MANY = re.compile(
    r"\b(?:participants|people in|groups?|trial|study|studies|average|median|mean"
    r"|per ?cent|in ten|of the \d+|out of|most people|half of)\b|%"
    r"|\b\d+ (?:of|in) \d+\b",
    re.IGNORECASE,
)
_NUMBER = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)"
_TYPICAL = re.compile(
    r"\b(?:on average|average|median|typical(?:ly)?|most (?:people|patients"
    r"|participants)|few (?:people|patients)|half of|as many|than placebo"
    r"|per ?cent)\b|%"
    rf"|\b{_NUMBER} (?:in|of|out of) (?:the )?{_NUMBER}\b",
    re.IGNORECASE,
)


def tells_result(sentence: str) -> bool:
    """Return whether a sentence of any text tells what treatment did for somebody."""
    told = _RESULT.search(sentence)
    return bool(told) and not (_PLANNED.search(sentence) or _MANY.search(sentence))


def tells_result_in_story(sentence: str) -> bool:
    """Return the same for a sentence of a story, which is about treatment anyway."""
    if tells_result(sentence):
        return True
    told = _IN_A_STORY.search(sentence)
    return bool(told) and not (_PLANNED.search(sentence) or _MANY.search(sentence))


def says_what_is_typical(sentence: str) -> bool:
    """Return whether a sentence says how many fared how, as a study counts it."""
    return bool(_TYPICAL.search(sentence))
