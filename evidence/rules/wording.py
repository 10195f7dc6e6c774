"""What absolute wording is, told from what merely has the same words. English only."""

import re

# The typographic apostrophe is written as its number: ruff takes it for a slip.
_ALL = r"(?:(?:100|(?:a |one )?hundred)[ -]?(?:%|per ?cent))"
_SURE = rf"(?:{_ALL}|absolutely|completely|entirely|fully|perfectly|totally|wholly)"
_HARM = (
    r"(?:risks?(?! factor| group| score)|side[- ]effects?|dangers?|complications?|"
    r"adverse (?:effects?|events?|reactions?)|downsides?|drawbacks?)"
)
_BAD_END = rf"(?:{_HARM}|failures?|infections?|rejections?|relapses?)"
_NONE = r"(?:nil|none|zero|0(?: ?%)?(?![\d.,]\d))"
_GOOD_END = r"(?:cure|healing|recovery|relief|success)"
_FOR_EVER = r"(?:completely|permanently|for (?:ever|good)|forever|once and for all)"
_PATIENTS = r"(?:patients?|person|people|sufferers?|man|woman|child|case)"
_EVERYBODY = (
    r"(?:everybody|everyone|(?:each and )?every (?:single )?(?:patient|person)"
    r"|each (?:of (?:our |the |these )?patients|patient)"
    r"|all (?:of )?(?:our |the |treated )?patients)"
)
_NOBODY = (
    r"(?:nobody|no one|no patient|none of (?:our|the) patients"
    r"|not (?:a single|one) (?:patient|person)|not one of (?:our|the) patients)"
)
_ILLNESS = (
    r"(?:(?:the |your |all |any |this )?(?:\w+ )?(?:arthritis|autism|blindness|cancer"
    r"|damage|dementia|diabetes|disease|illness|multiple sclerosis|pain|paralysis"
    r"|symptoms)|MS)"
)
_KINDS = (
    # Healing as such.
    r"cur(?:e|es|ed|ing)\b(?! rates?\b| (?:illness|infection|person|people"
    r"|patients?)\b)|curable",
    r"miracles?|miraculous(?:ly)?|wonder (?:drug|cure|treatment)s?",
    rf"(?:eradicates?|eliminates?|ends|reverses?) {_ILLNESS}",
    rf"(?:stop(?:s|ped)?|halts?) {_ILLNESS} in (?:its|their) tracks",
    # No harm.
    r"(?:no|0 ?%|zero|without(?: any)?|free (?:of|from)(?: any)?|none of the) "
    r"(?!difference|increase|change|more|greater|higher|fewer)"
    rf"(?:(?:\w+ ){{0,2}}?)(?:{_HARM})",
    r"(?:(?:no|zero|0 ?%)[- ]risk|(?:risk|side[- ]effects?|danger)[- ]free)",
    rf"{_BAD_END}(?: of \w+)?(?: rates?)?(?::| (?:is|are|was|were|of)) {_NONE}",
    rf"{_BAD_END} (?:never (?:arise|happen|occur)s?|(?:do|does)(?: not|n['\u2019]t)"
    r"(?: \w+)? (?:arise|exist|happen|occur)"
    r"|(?:is|are) (?:\w+ )?(?:excluded|impossible|ruled out))",
    r"(?<!you )(?:cannot|can['\u2019]t|can never|can) (?:possibly )?"
    r"(?:do (?:you )?no harm|be rejected|fail|go wrong|harm|hurt)",
    r"nothing (?:can|could|will|has ever) (?:possibly )?(?:go|gone) wrong",
    r"nothing (?:\w+ )?to (?:fear|lose)",
    # Nobody has seen any.
    r"never (?:yet )?been (?:a|an|any|one|even|found|harmed|known|linked|noted"
    r"|observed|recorded|rejected|reported|seen|associated"
    r"|shown to (?:cause|do|harm))",
    r"never (?:causes?|caused|fails?|failed|harms?|harmed|rejects?|comes? back"
    r"|returns?|wears? off)",
    rf"(?:never (?:yet )?(?:had|seen)|yet to see) (?:a|an|any|one)(?: \w+){{0,2}}? "
    rf"{_BAD_END}",
    rf"{_NOBODY}(?: of ours)? "
    r"(?:has |have |was |were )?(?:ever )?(?:been harmed|harmed|rejected|reacted"
    r"|relapsed|suffered|had (?:a|an|any) (?:\w+ )?"
    r"(?:reaction|complication|infection|relapse))",
    # For everybody, always.
    rf"{_EVERYBODY}"
    r" (?:who \w+ (?:\w+ )?)?(?:benefit(?:s|ed)?|get(?:s)? better|got better"
    r"|improve(?:s|d)?|recover(?:s|ed)?|respond(?:s|ed)?|walk(?:s|ed)?)",
    r"(?:safe|suitable|works|effective) (?:for|in) (?:absolutely )?(?:anybody|anyone"
    r"|everybody|everyone|all patients|every patient)",
    rf"(?:heals?|helps|works) (?:for |in |with )?(?:all|every|each) {_PATIENTS}s?",
    r"(?:helps|heals) (?:anybody|anyone|everybody|everyone)(?! to\b)",
    r"works (?:every time|without fail)",
    r"always (?:effective|heals?|helps?|safe|succeeds?|successful|works?)",
    r"(?:without exception|invariably)\b[^.;:?!]{0,30}"
    r"\b(?:benefit|better|heal|help|improve|recover|work)(?:s|ed)?",
    # Sure, and to the full.
    rf"{_SURE}[ -](?:\w+ and )?(?:cured|effective|harmless|healed|natural|painless"
    r"|reliable|reversible|reverses?|safe|successful)",
    rf"(?:success|cure|response|recovery|healing)(?: rates?)?"
    rf"(?::| (?:is|was|of)) (?:at )?{_ALL}|{_ALL} success",
    rf"(?:works?|succeeds?|effective) (?:in )?{_ALL}",
    r"(?:best|safest|most effective) (?:medicine|method|therapy|treatment)"
    r" (?:there is|in the world|available|on the market|of all)",
    r"fool-?proof|fail-?safe (?:cure|method|therapy|treatment)|infallible",
    r"guaranteed|(?:we|I|it|which|that|therapy|treatment|method|clinic) guarantees?"
    rf"|guarantees? of (?:a |full |your )?{_GOOD_END}",
    rf"(?:{_GOOD_END}|results?) (?:is|are) (?:assured|certain)",
    r"(?:clinically|medically|scientifically) proven|proven (?:cure|results|to (?:be"
    r" (?:effective|safe)|cure|heal|help|repair|restore|reverse|stop|work))",
    r"you will (?:\w+ )?(?:(?:hear|run|see|speak|walk) again(?! (?:after|in|within"
    r"|at|from|the|when|on)\b)|be (?:cured|healed|(?:pain|symptom)[- ]free"
    r"|free (?:of|from) (?:pain|symptoms)))",
    # For ever.
    rf"(?:eliminates?|ends|eradicates?|gets rid of|heals?|repairs?|restores?|reverses?"
    rf"|stops) (?!the (?:course|medicine|pump)\b)[^.;:?!]{{0,60}}\b{_FOR_EVER}",
    rf"(?:disappears?|vanish(?:es)?|goes away|go away|gone) {_FOR_EVER}",
    r"will never (?:come back|relapse|return)",
    r"(?:permanently|completely) (?:eliminat|eradicat|heal|revers|stop|repair|restor)"
    r"\w*",
)
_ABSOLUTE = re.compile(rf"(?<![\w-])(?:{'|'.join(_KINDS)})(?:(?<=%)|\b)", re.IGNORECASE)
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
# And after it: “a guarantee of a cure is a warning sign”.
_TAKEN_BACK = re.compile(
    r"^[^.;?!]{0,40}?\b(?:(?:is|are) (?:a |an )?(?:lie|myth|never|no |not|red flag"
    r"|unknown|warning)|do(?:es)? not (?:exist|mean)|has been found yet)",
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
    r"^(?:no|zero|0|without|free|miracle|wonder|guarantee|clinically|medically"
    r"|scientif|100|completely|absolutely|entirely|totally|perfectly|never|nobody"
    r"|no one|best|safest|most|nothing|not)",
    re.IGNORECASE,
)
_CURED_THINGS = re.compile(
    r"\bcur(?:e|ed|es|ing) (?:at (?:\d+|room|a (?:low|high))|ham|meats?|fish|concrete"
    r"|resin|bacon|sausages?|salmon|(?:by|in|under|with) (?:an? |the )?(?:brine|lamp"
    r"|light|lime|oven|salt|smoke|sun|UV))\b"
    r"|\b(?:resin|filling|varnish|glue|cement|splint|composite|polymer|seal(?:ant|er))s?"
    r"\b[^.;]{0,40}\bcur(?:e|es|ed|ing)\b",
    re.IGNORECASE,
)
# “There is no risk in asking”, “no risk of pregnancy testing being shared”.
_OF_ASKING = re.compile(
    r"\s+(?:in|to|from|of) (?:asking|applying|calling|reading|writing|talking|phoning"
    r"|saying no|stopping here|a second opinion|your (?:data|place|appointment))\b"
    # “Risk-free returns”, “guaranteed for two years”
    r"|^ (?:returns?|trials? period|for \w+ years?)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[;:–—(]|, (?:but|and|yet|so|while|which)\b")  # noqa: RUF001
_LOOKED_AT = 300  # characters before what is found


def absolute_words(sentence: str) -> list[str]:
    """Return the words of a sentence that claim more than anybody can know."""
    return [
        match[0] for match in _ABSOLUTE.finditer(sentence) if _claims(match, sentence)
    ]


def _claims(match: re.Match[str], sentence: str) -> bool:
    before = sentence[max(match.start() - _LOOKED_AT, 0) : match.start()]
    clause = _CLAUSE.split(before)[-1]
    after = sentence[match.end() :]
    if _DENIED.search(clause.rstrip()):
        return False
    if _TAKEN_BACK.match(after):
        return False
    if _HEDGED.search(sentence) and not _SURE_ALL_THE_SAME.match(match[0]):
        return False
    if match[0].casefold().startswith("cur") and _CURED_THINGS.search(sentence):
        return False
    return not _OF_ASKING.match(after)
