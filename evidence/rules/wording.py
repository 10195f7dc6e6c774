"""What absolute wording is, told from what merely has the same words. English only."""

import re

# The typographic apostrophe is written as its number: ruff takes it for a slip.
_ALL = r"(?:(?:100|(?:a |one )?hundred)[ -]?(?:%|per ?cent))"
_SURE = rf"(?:{_ALL}|absolutely|completely|entirely|fully|perfectly|totally|wholly)"
_HARM = (
    r"(?:risks?(?! (?:alarm|assessment|calculat|estimat|factor|figure|group|management"
    r"|of bias|profile|score|table))|side[- ]effects?|dangers?|complications?|"
    r"adverse (?:effects?|events?|reactions?)|downsides?|drawbacks?)"
)
_UNSPECIFIC = r"(?:(?!(?:about|for|from|in|of|on|to)\b)\w+ ){0,2}?"
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
    rf"(?:eradicates?|eliminates?|ends|heal(?:s|ed)?|reverses?) {_ILLNESS}",
    rf"(?:stop(?:s|ped)?|halts?) {_ILLNESS} in (?:its|their) tracks",
    # No harm.
    r"(?:no|0 ?%|zero|without(?: any)?|free (?:of|from)(?: any)?|none of the) "
    r"(?!difference|increase|change|more|greater|higher|fewer)"
    rf"{_UNSPECIFIC}{_HARM}",
    r"(?:is|are|was|were)(?: not|n['\u2019]t) (?:any|a single) "
    rf"{_UNSPECIFIC}{_HARM}",
    r"(?:do|does|did|will|can|ha[sd]|have)(?: not|n['\u2019]t|not) (?:bring|carry|cause"
    rf"|have|had|pose|produce|involve)d? (?:any|a single) {_UNSPECIFIC}{_HARM}",
    r"no (?:chance|danger|likelihood|possibility) of (?:any |a )?"
    rf"{_UNSPECIFIC}{_BAD_END}",
    rf"(?:(?:no|zero|0 ?%)-{_HARM}|(?:risk|side[- ]effects?|danger)[- ]free)",
    rf"{_BAD_END}(?: of \w+)?(?: rates?)?(?::| (?:is|are|was|were|of)) {_NONE}",
    rf"{_BAD_END} (?:(?:never|cannot|can['\u2019]t|can never) (?:arise|happen|occur)s?"
    r"|(?:do|does)(?: not|n['\u2019]t)(?: \w+)? (?:arise|exist|happen|occur)"
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
    r" (?:who \w+ (?:\w+ )?)?(?:benefit(?:s|ed)?|(?:gets?|got|feels?|felt) better"
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
    rf"(?:we|I) promise (?:\w+ ){{0,3}}?{_GOOD_END}",
    rf"(?:{_GOOD_END}|results?) (?:is|are) (?:assured|certain)",
    r"(?:clinically|medically|scientifically) proven|proven (?:cure|results|to (?:be"
    r" (?:effective|safe)|cure|heal|help|repair|restore|reverse|stop|work))",
    r"you will (?:\w+ )?(?:(?:hear|run|see|speak|walk) again(?! (?:after|in|within"
    r"|at|before|by|from|once|the|tomorrow|when|on)\b)"
    r"|be (?:cured|healed|(?:pain|symptom)[- ]free|free (?:of|from) (?:pain"
    r"|symptoms)))",
    # For ever.
    rf"(?:eliminates?|ends|eradicates?|gets rid of|heals?|repairs?|restores?|reverses?"
    rf"|stops) (?!the (?:course|medicine|pump)\b)[^.;:?!]{{0,60}}\b{_FOR_EVER}",
    rf"(?:disappears?|vanish(?:es)?|goes away|go away|gone) {_FOR_EVER}",
    r"will never (?:come back|relapse|return)",
    r"(?:permanently|completely) (?:eliminat|eradicat|heal|revers|stop|repair|restor)"
    r"\w*",
)
_ABSOLUTE = re.compile(rf"(?<![\w-])(?:{'|'.join(_KINDS)})(?:(?<=%)|\b)", re.IGNORECASE)
# What leaves a claim open or puts it into another's mouth, before it in its clause.
_OPEN = re.compile(
    r"\b(?:instead of|rather than|far from|less than|if|whether|until|before"
    r"|unless|myths?|beware|distrust|wary|careful|suspicious|promis(?:e|es|ed|ing)"
    r"|claim(?:s|ed|ing)?|advertis\w*|search(?:ed|ing)? for|look(?:ed|ing)? for"
    r"|hop(?:e|es|ed|ing)|wish\w*|want\w*|call(?:s|ed)? it|so-called|called an?"
    r"|word|words|expect\w*|towards?|one day|believ\w*|ask\w*|offers? you"
    r"|too good|(?:wrong|false|misleading) to)\b|“$|\"$",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:(?P<of_a_thing>no|none|nothing|without)|not(?! only)|nor|never|neither"
    r"|nobody|cannot|rarely|hardly)\b|n['\u2019]t\b",
    re.IGNORECASE,
)
# “Nobody knows that it is safe and has no risk” denies all of it.
_OF_KNOWING = re.compile(
    r"\b(?:evidence|know\w*|mean\w*|proof|prove\w*|sa(?:y|ys|id)|show\w*|tell\w*"
    r"|that|think\w*|true|whether)\b",
    re.IGNORECASE,
)
# Another sentence within the clause: “It does not hurt and is safe”.
_NEXT = (
    r"(?:\band|,) (?:it|they|this|we|all|every\w*)\b"
    r"|\band (?:are|can|has|is|was|were|will)\b"
)
_NEGATIVE = re.compile(r"(?:no|zero|0|without|free|never|nobody|not)\b", re.IGNORECASE)
# “If you choose us, …”: what follows stands by itself.
_INTRODUCED = re.compile(
    r"^(?:after|although|as|at|because|by|even|for|from|if|in|no matter|on|once|since"
    r"|though|unless|when|whenever|whether|while|with) [^,]*,"
    r" (?!(?:and|as|if|or|that|whether)\b)",
    re.IGNORECASE,
)
# “The placebo group reported no side effects”, “Patients with no complications go …”
_OF_A_GROUP = re.compile(
    r"\b(?:arms?|authors|cohort|groups?|participants?|researchers|stud(?:y|ies)|trials?)"
    r"\b.{0,40}\b(?:find|found|ha[ds]|have|noted|observed|recorded|reported|saw|showed)"
    r"(?: that)?(?: there (?:is|are|was|were))?$"
    r"|^\s*(?:\w+ )?(?:babies|cases|children|men|patients|people|those|women)"
    r"(?: with| who (?:had|have))?$",
    re.IGNORECASE,
)
# And after it: “a guarantee of a cure is a warning sign”.
_TAKEN_BACK = re.compile(
    r"^[^.;?!]{0,40}?\b(?:(?:is|are) (?:a |an )?(?:lie|myth|never|no |not|red flag"
    r"|unknown|warning)|do(?:es)? not (?:exist|mean)|has been found yet)"
    r"|^ only (?:if|unless|when|where)\b"
    r"|^ (?:is|are|was|were) (?:as|greater|higher|less|lower|more|worse)\b",
    re.IGNORECASE,
)
# What leaves the claim open, anywhere in its clause.
_HEDGED = re.compile(
    r"\b(?:may|might|could|would|perhaps|possibly|probably|sometimes|mostly|often"
    r"|(?:some|most|many|few)(?! (?:days|decades|months|of our years|weeks|years)\b)"
    r"|usually|chances?|aims?|aimed|intended|attempts?|likely|unlikely|about"
    r"|nearly|almost|around)\b"
    r"|\b(?!100\b)\d+(?:\.\d+)? ?(?:%|per ?cent|in|of|out of)\b",
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
    r"\b[^.;]{0,40}\bcur(?:e|es|ed|ing)\b"
    # What a drug against germs cures is cured.
    r"|\b(?:antibiotics?|antifungals?|antivirals?|penicillin)\b",
    re.IGNORECASE,
)
# Of the effects of a drug, and of what the law or a contract gives.
_OF_A_DRUG = re.compile(
    r"\b(?:an?esthesia|block|change|(?<!side )effect|numbness)s?\b", re.IGNORECASE
)
_OF_RIGHTS = re.compile(
    r"\b(?:anonymity|appointments?|confidential\w*|data|delivery|law|money|places?"
    r"|prices?|privacy|refunds?|rights?|secrecy)\b",
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
    said = match[0].casefold()
    before = sentence[max(match.start() - _LOOKED_AT, 0) : match.start()]
    after = sentence[match.end() : match.end() + _LOOKED_AT]
    clause = _CLAUSE.split(before)[-1]
    around = clause + match[0] + _CLAUSE.split(after)[0]
    if _is_denied(said, _INTRODUCED.sub("", clause.lstrip()).rstrip()):
        return False
    if _TAKEN_BACK.match(after):
        return False
    if _HEDGED.search(around) and not _SURE_ALL_THE_SAME.match(said):
        return False
    if said.startswith("cur") and _CURED_THINGS.search(sentence):
        return False
    if said.endswith("reversible") and _OF_A_DRUG.search(clause):
        return False
    if "guarant" in said and _OF_RIGHTS.search(around):
        return False
    return not _OF_ASKING.match(after)


def _is_denied(said: str, clause: str) -> bool:
    """Return whether the clause before what is said takes it back.

    “No pain and no risk” denies both; “no pain and a cure” claims one.
    """
    if _OPEN.search(clause) or _OF_A_GROUP.search(clause):
        return True
    is_negative = _NEGATIVE.match(said)
    for denial in _NOT.finditer(clause):
        between = clause[denial.end() :]
        if is_negative:
            ends = r"\band\b|,"
        elif denial["of_a_thing"]:
            ends = r"\band\b"
        else:
            ends = _NEXT
        if _OF_KNOWING.search(between) or not re.search(ends, between):
            return True
    return False
