"""Publishing rule for what is said of people and was found in animals or cells."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.publishing.gate import Level, Problem, register
from core.publishing.rules.findings import problem_of
from evidence.models import Reference
from evidence.rules.adjustable import Adjustable
from evidence.rules.cited import cited
from evidence.rules.sentences import Sentence, sentences
from evidence.vocabulary import not_in_people

_PEOPLE = re.compile(
    r"\b(?:adults?|boys?|child(?:ren)?|everybody|everyone|girls?|he|humans?|men|man"
    r"|participants?|patients?|people|persons?|she|those (?:with|who)|volunteers?|we"
    r"|women|woman|you|your)\b",
    re.IGNORECASE,
)
_NOT_PEOPLE = re.compile(
    r"\b(?:animals?|cats?|cattle|cows?|cultures?|cultured|dish(?:es)?|dogs?|fish|flies"
    r"|guinea|hamsters?|horses?|in ?vitro|laborator(?:y|ies)|lab|macaques?|mice|mouse"
    r"|monkeys?|pigs?|preclinical|primates?|rabbits?|rats?|rodents?|sheep|test tubes?"
    r"|worms?|zebrafish)\b",
    re.IGNORECASE,
)
# Animals that were studied, not those that people live with or catch something from.
_TITLE_NOT_PEOPLE = re.compile(
    r"\b(?:in[ -]?vitro(?![ -]fertili[sz]ation)"
    r"|(?:animal|canine|mouse|murine|porcine|primate|rat|rodent|zebrafish)"
    r"(?: [\w-]+){0,2} models?|experimental autoimmune encephalomyelitis"
    r"|(?:in|of) (?:[\w/-]+ ){0,2}(?:cats|dogs|drosophila|hamsters|horses|macaques?"
    r"|mice|monkeys|pigs|primates|rabbits|rats|rodents|sheep|zebrafish))\b",
    re.IGNORECASE,
)
_TITLE_BESIDE_PEOPLE = re.compile(
    r"\b(?:allerg\w*|bites?|contact|expos\w+|infect\w+|keepers?|owners?|prevalence"
    r"|risks?|zoono\w+)\b",
    re.IGNORECASE,
)
_TITLE_PEOPLE = re.compile(
    r"\b(?:adults?|child(?:ren)?|clinical|cohort|humans?|men|participants?|patients?"
    r"|people|persons?|randomi[sz]ed|trials?|volunteers?|women|review)\b",
    re.IGNORECASE,
)


def is_not_in_people(work: Reference) -> bool:
    """Return whether the record says that no people were studied.

    Where it does not say who was, its title may.
    """
    if not_in_people(work.study_design, work.species):
        return True
    is_untold = not (work.species or work.study_design or work.population.strip())
    return (
        is_untold
        and bool(_TITLE_NOT_PEOPLE.search(work.title))
        and not _TITLE_PEOPLE.search(work.title)
        and not _TITLE_BESIDE_PEOPLE.search(work.title)
    )


@register
class NotInPeople(Adjustable):
    """Warns of facts about people that only animals or laboratories have shown."""

    code = "not-in-people"
    title = _("Said of people, found in animals or a laboratory")
    level: Level = "warn"
    setting = "not_in_people"

    def problems(self, page: Any) -> Iterator[Problem]:
        works = cited(page).works
        if not any(map(is_not_in_people, works.values())):
            return
        for group in _by_fact(sentences(page)):
            known = [works[pk] for each in group for pk in each.works if pk in works]
            words = " ".join(each.text for each in group)
            if not (known and all(map(is_not_in_people, known))):
                continue
            if _NOT_PEOPLE.search(words) or not (
                group[0].fact or _PEOPLE.search(words)
            ):
                continue
            named = dict.fromkeys(work.short_label for work in known)
            sentence = gettext(
                "“{words}” reads as if it were found in people. The only work behind "
                "it, {works}, studied animals or cells. Say so in the sentence, or "
                "cite a study in people."
            ).format(words=words, works=", ".join(named))
            yield problem_of(group[0].spot, self, sentence, about=words)


def _by_fact(found: Iterable[Sentence]) -> Iterator[list[Sentence]]:
    """Yield sentence by sentence, but all of a key fact or a claim together.

    These are read as facts of people, whatever they say.
    """
    facts: dict[Any, list[Sentence]] = {}
    for each in found:
        if each.fact:
            facts.setdefault(each.fact, []).append(each)
        else:
            yield [each]
    yield from facts.values()
