"""What absolute wording is, told from what merely has the same words. English only."""

import re

# The typographic apostrophe is written as its number: ruff takes it for a slip.
_SURE = (
    r"(?:100 ?%|one hundred per ?cent|absolutely|completely|entirely|fully|perfectly"
    r"|totally|wholly)"
)
_HARM = (
    r"(?:risks?(?! factor| group| score)|side[- ]effects?|dangers?|complications?|"
    r"adverse (?:effects?|events?|reactions?)|downsides?|drawbacks?)"
)
_ABSOLUTE = re.compile(
    rf"\bcur(?:e|es|ed|ing)\b(?! rates?\b)"
    rf"|\b(?:no|zero|without(?: any)?|free (?:of|from)(?: any)?) "
    rf"(?:(?:\w+ ){{0,2}}?)(?:{_HARM})\b"
    rf"|\b(?:risk|side[- ]effect|danger)[- ]free\b"
    rf"|\bnever (?:yet )?been (?:a|an|any|one|even|found|harmed|known|linked|noted"
    rf"|observed|recorded|rejected|reported|seen|associated"
    rf"|shown to (?:cause|do|harm))\b"
    rf"|\bnever (?:causes?|caused|fails?|failed|harms?|harmed|rejects?|comes? back"
    rf"|returns?|wears? off)\b"
    rf"|\b{_SURE} (?:\w+ and )?(?:cured|effective|harmless|healed|natural|painless"
    rf"|reliable|reversible|reverses?|safe|successful)\b"
    rf"|\bguarantee(?:s|d)?\b"
    rf"|\balways (?:effective|heals?|helps?|safe|succeeds?|successful|works?)\b"
    rf"|\b(?:safe|suitable|works|effective) for (?:absolutely )?(?:anybody|anyone"
    rf"|everybody|everyone|all patients|every patient)\b"
    rf"|\b(?:everybody|everyone|every (?:single )?(?:patient|person)"
    rf"|all (?:of )?(?:our |the |treated )?patients)"
    rf" (?:who \w+ (?:\w+ )?)?(?:benefit(?:s|ed)?|get(?:s)? better|got better"
    rf"|improve(?:s|d)?|recover(?:s|ed)?|respond(?:s|ed)?|walk(?:s|ed)?)\b"
    rf"|\b(?:nobody|no one|no patient|none of (?:our|the) patients)(?: of ours)? "
    rf"(?:has |have |was |were )?(?:ever )?(?:been harmed|harmed|rejected|reacted"
    rf"|relapsed|suffered|had (?:a|an|any) (?:\w+ )?"
    rf"(?:reaction|complication|infection|relapse))\b"
    rf"|\bmiracles?\b|\bmiraculous(?:ly)?\b|\bwonder (?:drug|cure|treatment)s?\b"
    rf"|\b(?:eliminates?|eradicates?|heals?|reverses?|stops?)\b[^.;:?!]{{0,60}}"
    rf"\b(?:completely|permanently|for (?:ever|good)|forever|once and for all)\b"
    rf"|\b(?:permanently|completely) (?:eliminat|eradicat|heal|revers|stop|repair)\w*\b"
    rf"|\bcan(?:not|['\u2019]t| never) (?:possibly )?(?:be rejected|fail|go wrong|harm"
    rf"|hurt)\b"
    rf"|\b(?:clinically|medically|scientifically) proven\b",
    re.IGNORECASE,
)
# What takes the claim back, before it in its clause.
_DENIED = re.compile(
    r"\b(?:no|not|nor|never|neither|nobody|none|nothing|cannot|rarely|hardly"
    r"|without|instead of|rather than|far from|less than|if|whether|until|before"
    r"|unless|myths?|beware|distrust|wary|careful|suspicious|promis(?:e|es|ed|ing)"
    r"|claim(?:s|ed|ing)?|advertis\w*|search(?:ed|ing)? for|look(?:ed|ing)? for"
    r"|hop(?:e|es|ed|ing)|wish\w*|want\w*|call(?:s|ed)? it|so-called|called an?"
    r"|word|words|expect\w*|towards?|one day|believ\w*|ask\w*|offers? you"
    r"|too good)\b|n['\u2019]t\b|“$|\"$",
    re.IGNORECASE,
)
# What leaves the claim open, anywhere in the sentence.
_HEDGED = re.compile(
    r"\b(?:may|might|could|perhaps|possibly|probably|some|sometimes|most|mostly|often"
    r"|usually|many|chances?|aims?|aimed|intended|attempts?|likely|unlikely|few|about"
    r"|nearly|almost|around)\b|\b\d+(?:\.\d+)? ?(?:%|per ?cent|in|of|out of)\b",
    re.IGNORECASE,
)
# Of these a hedge takes nothing back: “almost no risk” is as sure as “no risk”.
_SURE_ALL_THE_SAME = re.compile(
    r"^(?:no|zero|without|free|miracle|wonder|guarantee|clinically|medically|scientif"
    r"|100|completely|absolutely|entirely|totally|perfectly|never|nobody|no one)",
    re.IGNORECASE,
)
_CURED_THINGS = re.compile(
    r"\bcur(?:e|ed|es|ing) (?:at|by|in|under|ham|meat|meats|fish|concrete|resin|bacon"
    r"|sausages?|salmon|with (?:a |the )?(?:light|lamp|lime|salt))\b"
    r"|\b(?:resin|filling|varnish|glue|cement|splint|composite|polymer|seal(?:ant|er))s?"
    r"\b[^.;]{0,40}\bcur(?:e|es|ed|ing)\b",
    re.IGNORECASE,
)
# “There is no risk in asking”, “no risk of pregnancy testing being shared”.
_OF_ASKING = re.compile(
    r"\s+(?:in|to|from|of) (?:asking|applying|calling|reading|writing|talking|phoning"
    r"|saying no|stopping here|your (?:data|place|appointment))\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[;:–—(]|, (?:but|and|yet|so|while|which)\b")  # noqa: RUF001


def absolute_words(sentence: str) -> list[str]:
    """Return the words of a sentence that claim more than anybody can know."""
    return [
        match[0] for match in _ABSOLUTE.finditer(sentence) if _claims(match, sentence)
    ]


def _claims(match: re.Match[str], sentence: str) -> bool:
    before = sentence[: match.start()]
    clause = _CLAUSE.split(before)[-1]
    after = sentence[match.end() :]
    if _DENIED.search(clause.rstrip()):
        return False
    if after[:40].lstrip().startswith(("is unknown", "has been found yet")):
        return False
    if _HEDGED.search(sentence) and not _SURE_ALL_THE_SAME.match(match[0]):
        return False
    if match[0].casefold().startswith("cur") and _CURED_THINGS.search(sentence):
        return False
    return not _OF_ASKING.match(after)
