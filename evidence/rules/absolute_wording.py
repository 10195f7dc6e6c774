"""Publishing rule for wording that is more certain than anybody can be."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.publishing.gate import Level, Problem, register
from core.publishing.rules.findings import by_block, problem_of, quoted
from evidence.rules.adjustable import Adjustable
from evidence.rules.sentences import sentences
from evidence.rules.wording import absolute_words


@register
class AbsoluteWording(Adjustable):
    """Suggests a source, or less certain words, for “cure”, “no risk” and the like."""

    code = "absolute-wording"
    title = _("Absolute wording without a source")
    level: Level = "suggest"
    setting = "absolute_wording"

    def problems(self, page: Any) -> Iterator[Problem]:
        found = [
            (each.spot, words)
            for each in sentences(page)
            if not (each.works or each.is_question)
            for words in absolute_words(each.text)
        ]
        for spot, said in by_block(found):
            sentence = gettext(
                "{words}: nobody can be so certain, and nothing is cited for it. Cite "
                "the work that says so, or say what is known and what is not."
            ).format(words=quoted(said))
            yield problem_of(spot, self, sentence, about="\n".join(said))
