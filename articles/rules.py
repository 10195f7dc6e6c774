"""Publishing rules for articles."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models.article_page import ArticlePage
from articles.models.contributions import Contribution
from core.prefetch.walk import walk
from core.publishing.gate import Level, Problem, register
from core.publishing.rules.completeness import child_rows
from testimonials.models.pages import TestimonialPage
from testimonials.models.subject import Subject


def _contributions(page: ArticlePage) -> list[Contribution]:
    return child_rows(page)["contributions"]


@register
class UnclearContributor:
    """Refuses a contributor without a name, or with two."""

    code = "unclear-contributor"
    title = _("Contributor without a name, or with two")
    level: Level = "block"

    def problems(self, page: Any) -> Iterator[Problem]:
        if not isinstance(page, ArticlePage):
            return
        for number, contribution in enumerate(_contributions(page), start=1):
            name = contribution.name.strip()
            if bool(name) is (contribution.person_id is None):
                continue
            sentence = (
                gettext(
                    "Contributor {number} has a profile and a typed name as well. "
                    "Delete the name, or take the profile out."
                )
                if name
                else gettext(
                    "Contributor {number} has no name. Choose a profile, or type the "
                    "name of somebody who has none."
                )
            )
            yield Problem(
                self.code, self.level, sentence.format(number=number), "contributions"
            )


@register
class UndisclosedSubject:
    """Warns of a contributor whose own story the article shows, undisclosed.

    The sentence names the subject by code and no contributor, for it is stored where
    the name must not be.
    """

    code = "undisclosed-subject"
    title = _("Contributor whose own story is shown, undisclosed")
    level: Level = "warn"

    def problems(self, page: Any) -> Iterator[Problem]:
        if not isinstance(page, ArticlePage):
            return
        told = {
            place.value.subject_id
            for place in walk(page)
            if isinstance(place.value, TestimonialPage)
        }
        if not told:
            return
        silent = [
            contribution.person_id
            for contribution in _contributions(page)
            if not contribution.discloses
        ]
        for subject in Subject.objects.filter(pk__in=told, person__in=silent):
            yield Problem(
                self.code,
                self.level,
                gettext(
                    "A contributor to this article is the person whose story it shows "
                    "(“{code}”), and readers are not told. Choose the relation to the "
                    "organisation beside the name, or type a disclosure."
                ).format(code=subject),
                "contributions",
            )


@register
class ArticleWithoutAuthor:
    """Suggests an author where the organisation would be named as one."""

    code = "article-without-author"
    title = _("Article without author")
    level: Level = "suggest"

    def problems(self, page: Any) -> Iterator[Problem]:
        if not isinstance(page, ArticlePage):
            return
        roles = {row.role for row in _contributions(page)}
        if not roles & Contribution.WRITING:
            sentence = gettext(
                "Nobody is named as author, so search engines are told that the "
                "organisation wrote the article. Add who wrote it under Contributors, "
                "or leave it so where that is true."
            )
            yield Problem(self.code, self.level, sentence, "contributions")
