"""Loads the page tree: first every page as an empty draft, then its content."""

import json
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import Page as WagtailPage

from applications.models.pages import ApplicationFormPage
from applications.models.rights import FormRight, Right, with_contained
from articles.models.article_page import ArticlePage
from articles.models.contributions import Contribution, RelatedArticle
from articles.models.index_page import ArticleIndexPage
from core.publishing.gate import publishing_problems
from demonstration.content import all_articles as articles
from demonstration.content import all_pages as pages
from demonstration.content import all_stories as stories
from demonstration.content import application, people
from demonstration.content.corrections import UPDATES
from demonstration.content.shapes import Page
from demonstration.seeding.load_corrections import (
    date_corrections,
    publish_uncorrected,
)
from demonstration.seeding.load_library import load_subjects
from demonstration.seeding.load_reviews import load_checks, load_workflow, note_review
from demonstration.seeding.resolve import Resolver
from home.models import ContentPage, HomePage, TopicIndexPage, TopicPage
from home.roles import ADMISSIONS
from people.models import (
    Credential,
    Membership,
    PeopleIndexPage,
    PersonPage,
    SameAs,
)
from testimonials.models.index_page import TestimonialIndexPage
from testimonials.models.pages import TestimonialPage

# The rules that find something once time has passed.
AGE = {"nothing-new", "old-evidence", "year-in-title"}
KEPT_AS_IT_WAS = "The demonstration is kept as it was written."
TYPES = {
    "HomePage": HomePage,
    "ContentPage": ContentPage,
    "TopicIndexPage": TopicIndexPage,
    "TopicPage": TopicPage,
    "ArticleIndexPage": ArticleIndexPage,
    "PeopleIndexPage": PeopleIndexPage,
    "TestimonialIndexPage": TestimonialIndexPage,
}
# When the site itself went live: before the first article.
OPENING = date(2026, 1, 12)

# An ImageBlock that is left blank.
NO_IMAGE = {"image": None, "alt_text": "", "decorative": False}


class PageLoader:
    """Creates and publishes every page of the demonstration."""

    def __init__(self, known: Resolver, root: WagtailPage) -> None:
        self.known = known
        self.root = root

    def make_drafts(self) -> None:
        """Create every page without its body, so that each can refer to any other."""
        plain = {page.key: page for page in pages.PAGES}
        for page in sorted(plain.values(), key=lambda page: _depth(page, plain)):
            self._plain(page)
        for person in people.PEOPLE:
            self._person(person)
        self.known.subjects = load_subjects(self.known)
        for article in articles.ARTICLES:
            self._article(article)
        for story in stories.STORIES:
            self._story(story)
        self._form(application.FORM)

    def publish(self) -> None:
        """Give every page its body and publish it, at the date of its record."""
        # First, since no page that shows a story goes live before it.
        for story in stories.STORIES:
            self._publish(story, story.first_published)
        for page in [*pages.PAGES, *people.PEOPLE]:
            self._publish(page, OPENING)
        self._publish(application.FORM, OPENING)
        load_workflow(self.known)
        load_checks(self.known)
        for article in articles.ARTICLES:
            self._publish(article, article.first_published, article.updated)

    # --- Drafts ----------------------------------------------------------------------

    def _add(self, key: str, parent: str, page: Any) -> Any:
        above = self.known.pages[parent] if parent else self.root
        page.live = False
        above.add_child(instance=page)
        above.refresh_from_db(fields=["numchild"])
        self.known.pages[key] = page
        return page

    def _plain(self, page: Page) -> None:
        made: Any = TYPES[page.type](**_metadata(page), standfirst=page.standfirst)
        if page.lead_image and hasattr(made, "lead_image"):
            made.lead_image = self._picture(page.lead_image)
        if page.headline:
            made.headline = page.headline
        if page.topic:
            made.topic = self.known.topics[page.topic]
        self._add(page.key, page.parent, made)

    def _person(self, person: Any) -> None:
        made = PersonPage(
            **_metadata(person),
            post_nominals=person.post_nominals,
            job_title=person.job_title,
            organisation=person.organisation,
            portrait=self.known.pictures[person.portrait],
            summary=person.summary,
            practising_since=person.practising_since,
        )
        made.credentials = [
            Credential(
                name=each.name,
                awarded_by=each.issuer,
                year=each.year,
                is_clinical=each.clinical,
            )
            for each in person.credentials
        ]
        made.memberships = [
            Membership(organisation=name) for name in person.memberships
        ]
        made.same_as = [SameAs(url=url) for url in person.same_as]
        self._add(person.key, "people", made)

    def _article(self, article: Any) -> None:
        made = ArticlePage(
            **_metadata(article),
            standfirst=article.standfirst,
            topic=self.known.topics[article.topic],
            lead_image=self._picture(article.lead_image),
            lead_image_alt=article.lead_image.get("alt", ""),
            lead_video=self.known.videos.get(article.lead_video),
        )
        made.contributions = [
            Contribution(
                person=self.known.pages[each.person],
                role=each.role,
                date=each.date,
                relation=each.relation,
                disclosure=each.disclosure,
            )
            for each in article.contributions
        ]
        self._add(article.key, "blog", made)

    def _story(self, story: Any) -> None:
        made = TestimonialPage(
            **_metadata(story),
            standfirst=story.standfirst,
            topic=self.known.topics[story.topic],
            subject=self.known.subjects[story.subject],
            condition=_condition(story.subject),
            counted=story.counted,
            counted_unit=story.counted_unit,
            ongoing=True,
            quote=story.quote,
            treated_on=story.treated_on,
            treatment_topic=self.known.topics.get(story.treatment_topic),
        )
        self._add(story.key, "stories", made)

    def _form(self, form: Any) -> None:
        made = ApplicationFormPage(
            **_metadata(form),
            standfirst=form.standfirst,
            topic=self.known.topics[form.topic],
            **form.terms,
            thanks_heading=form.thanks_heading,
            thanks_text=form.thanks_text,
        )
        self._add(form.key, form.parent, made)
        # `create_roles` lets it open applications, before or after.
        officers, _ = Group.objects.get_or_create(name=ADMISSIONS)
        FormRight.objects.bulk_create(
            FormRight(form=made, group=officers, right=right)
            for right in sorted(with_contained([Right.REVEAL, Right.DECIDE]))
        )

    def _picture(self, choice: dict[str, Any]) -> Any:
        return self.known.pictures[choice["picture"]]

    # --- Publishing ------------------------------------------------------------------

    def _publish(self, record: Any, first: date, updated: date | None = None) -> None:
        page = self.known.pages[record.key]
        for name in ("answer", "body", "after_body", "questions", "typical"):
            if hasattr(record, name) and hasattr(page, name):
                blocks = self.known.stream(
                    f"{record.key}/{name}", getattr(record, name)
                )
                setattr(page, name, json.dumps(blocks))
        if isinstance(page, TestimonialPage):
            page.timeline = json.dumps(self._timeline(record))
        if isinstance(page, HomePage):
            self._first_steps(page)
        if getattr(record, "related", None):
            page.related = [
                RelatedArticle(article=self.known.pages[key]) for key in record.related
            ]
        page.first_published_at = _morning(first)
        if isinstance(page, ArticlePage):
            page.text_provenance = record.text_provenance
            note_review(record, page)
        _answer_age(page)
        publish_uncorrected(record.key, page)
        page.save_revision().publish()
        page.refresh_from_db()
        date_corrections(page)
        if updated and updated > first:
            page.updated_at = _morning(updated)
            page.save(update_fields=["updated_at"])
        if record.key in UPDATES:
            page.updated_note = UPDATES[record.key]
            page.save(update_fields=["updated_note"])

    def _timeline(self, story: Any) -> list[dict[str, Any]]:
        entries = []
        for entry in story.timeline:
            value = {
                "number": entry.number,
                "unit": entry.unit,
                "phase": entry.direction,
                "date": None,
                "count": entry.count,
                "heading": entry.heading,
                "text": entry.text,
                "own_words": entry.own_words,
                "remark": entry.remark,
                "remark_by": {"page": entry.remark_by} if entry.remark_by else None,
                "image": entry.image or NO_IMAGE,
                "image_caption": entry.image_caption,
                "reported_by": entry.reported_by,
                "video": entry.video,
                "video_caption": entry.video_caption,
            }
            given = {name: each for name, each in value.items() if each is not None}
            entries.append(("entry", given))
        return self.known.stream(f"{story.key}/timeline", entries)

    def _first_steps(self, page: HomePage) -> None:
        page.call_to_action_label = "Apply for an assessment"
        page.call_to_action_page = self.known.pages["apply"]
        page.second_link_label = "How treatment works here"
        page.second_link_page = self.known.pages["protocol"]


def _metadata(record: Any) -> dict[str, str]:
    return {
        "title": record.title,
        "slug": record.slug,
        "seo_title": record.seo_title,
        "search_description": record.search_description,
    }


def _condition(subject: str) -> str:
    return next(each.condition for each in stories.SUBJECTS if each.key == subject)


def _depth(page: Page, plain: dict[str, Page]) -> int:
    return 0 if not page.parent else 1 + _depth(plain[page.parent], plain)


def _answer_age(page: Any) -> None:
    """Let it be published in years to come, too: works grow old, dates stay."""
    found = [each.key for each in publishing_problems(page) if each.code in AGE]
    if found:
        page.answered_problems = [*page.answered_problems, *found]
        page.override_reason = page.override_reason or KEPT_AS_IT_WAS


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9))) + timedelta(minutes=30)
