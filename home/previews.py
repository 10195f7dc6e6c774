"""Invented records for previews of lists; never saved."""

from datetime import UTC, date, datetime

from articles.models.article_page import ArticlePage
from articles.models.contributions import Contribution
from core.models.topics import Topic
from core.previews import page, picture, with_address
from people.models import Credential, Membership, PersonPage

PUBLISHED = datetime(2026, 3, 2, 9, tzinfo=UTC)


def topic(name: str = "Multiple sclerosis", slug: str = "multiple-sclerosis") -> Topic:
    return Topic(name=name, slug=slug, summary="What it is, and what can be done.")


def person() -> PersonPage:
    return with_address(
        PersonPage(
            title="Ada Example",
            post_nominals="MD",
            job_title="Neurologist",
            organisation="Example Hospital",
            summary="Has treated people with multiple sclerosis since 2004.",
            practising_since=2004,
            portrait=picture(),
            credentials=[Credential(name="Doctor of Medicine")],
            memberships=[Membership(organisation="Society of Examples")],
        )
    )


def contribution() -> Contribution:
    return Contribution(
        person=person(), date=date(2026, 3, 2), disclosure="Paid by this clinic."
    )


def article() -> ArticlePage:
    return with_address(
        ArticlePage(
            title="What a walking test can tell, and what it cannot",
            standfirst="Two minutes on a level floor say much about the day.",
            topic=topic(),
            lead_image=picture(),
            first_published_at=PUBLISHED,
            contributions=[contribution()],
        )
    )


def topics() -> list[Topic]:
    """Return topics that have a page."""
    all_of_them = [topic(), topic("Stroke", "stroke")]
    for each in all_of_them:
        each.hub = page(each.name)
    return all_of_them
