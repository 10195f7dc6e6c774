"""Descriptions for search engines: only words that exist, and no nonsense."""

from datetime import UTC, date, datetime

import pytest

from seo.graph import schema, site_schema
from seo.graph.markup import extra_properties
from tests.helpers.schema_org import mistakes

PUBLISHED = datetime(2026, 1, 1, 12, tzinfo=UTC)
URL = "https://clinic.example/page/"


def article(**changes):
    values = {
        "node_id": f"{URL}#article",
        "headline": "Sleep",
        "url": URL,
        "published": PUBLISHED,
        "modified": PUBLISHED,
        "authors": [schema.person(name="Ada")],
        "publisher_id": "https://clinic.example/#organization",
        "page_id": f"{URL}#webpage",
    }
    return schema.article(**values | changes)


EVERYTHING = [
    article(
        description="Two sentences.",
        section="Sleep",
        word_count=2000,
        image_id=f"{URL}#primaryimage",
        editors=[schema.person(name="Ben")],
        contributors=[schema.person(name="Cem")],
        about=[schema.topic(kind="MedicalCondition", name="Insomnia", url=URL)],
        citations=[
            schema.scholarly_article(
                title="On sleep",
                authors=[schema.person(name="Eve"), schema.affiliation(name="A group")],
                journal="Journal",
                published=2019,
                url=URL,
                doi="10.1000/1",
            )
        ],
        videos=[
            schema.video(
                name="A video",
                content_url=URL,
                uploaded=PUBLISHED,
                thumbnail_url=URL,
                description="What it shows.",
                duration="PT95S",
                transcript="Words.",
                captions_url=URL,
            )
        ],
    ),
    schema.person(
        name="Ada",
        url=URL,
        node_id=f"{URL}#person",
        post_nominals="MD",
        job_title="Neurologist",
        works_for=schema.affiliation(name="A hospital", url=URL),
        description="Treats.",
        image_id=f"{URL}#primaryimage",
        page_id=f"{URL}#webpage",
        same_as=["https://orcid.org/0000-0000-0000-0000"],
        credentials=[schema.credential(name="MD", awarded_by="A university")],
        memberships=[schema.affiliation(name="A society")],
    ),
    schema.image(
        url=URL,
        width=2,
        height=1,
        caption="A",
        credit="B",
        licence="All rights reserved",
    ),
    schema.image(url=URL, width=2, height=1, licence="https://licence.example/"),
    site_schema.organisation(
        node_id="https://clinic.example/#organization",
        kind="MedicalClinic",
        name="The clinic",
        url="https://clinic.example/",
        telephone="+44 20 0000 0000",
        logo=schema.image(url=URL, width=2, height=1),
        image=schema.image(url=URL, width=2, height=1),
        address=site_schema.postal_address(
            street="1 Way", locality="A", region="B", postal_code="C", country="GB"
        ),
        geo=site_schema.geo_coordinates(51.5, 0.0),
        hours=[
            site_schema.opening_hours(days=["Monday"], opens="09:00", closes="17:00")
        ],
    ),
    site_schema.website(
        node_id="https://clinic.example/#website",
        name="The clinic",
        url="https://clinic.example/",
        publisher_id="https://clinic.example/#organization",
        language="en-GB",
    ),
    *[
        site_schema.web_page(
            node_id=f"{URL}#webpage",
            kind=kind,
            name="A page",
            url=URL,
            website_id="https://clinic.example/#website",
            language="en-GB",
            description="Two sentences.",
            published=PUBLISHED,
            modified=PUBLISHED,
            image_id=f"{URL}#primaryimage",
            breadcrumb_id=f"{URL}#breadcrumb",
            main_entity_id=f"{URL}#article",
        )
        for kind in sorted(site_schema.PAGE_TYPES)
    ],
    site_schema.breadcrumb_list(
        node_id=f"{URL}#breadcrumb",
        trail=[("Home", "https://clinic.example/"), ("Page", URL)],
    ),
    *[schema.topic(kind=kind, name="A") for kind in sorted(schema.TOPIC_TYPES)],
]


@pytest.mark.parametrize("node", EVERYTHING, ids=lambda node: node["@type"])
def test_every_description_uses_words_of_schema_org(node):
    assert list(mistakes(node)) == []


def test_the_check_of_words_notices_what_is_wrong():
    wrong = {
        "@type": "Person",
        "headline": "Persons have none",
        "name": "",
        "image": {"@type": "PostalAddress"},
        "knows": {"@type": "Somebody"},
    }

    assert len(list(mistakes(wrong))) == 4


@pytest.mark.parametrize(
    ("describe", "reason"),
    [
        (lambda: article(published=datetime(2026, 1, 1)), "time zone"),
        (
            lambda: article(modified=datetime(2025, 1, 1, tzinfo=UTC)),
            "before published",
        ),
        (lambda: article(authors=[]), "at least one author"),
        (lambda: article(url="/page/"), "no absolute address"),
        (lambda: article(headline="  "), "needs a name"),
        (lambda: schema.topic(kind="Cure", name="A"), "is none of"),
        (lambda: schema.image(url=URL, width=0, height=1), "cannot be seen"),
        (lambda: schema.person(name="Ada", same_as=["orcid"]), "no absolute address"),
        (lambda: site_schema.geo_coordinates(91, 0), "no place on Earth"),
        (
            lambda: site_schema.breadcrumb_list(node_id=URL, trail=[("A", URL)]),
            "at least two steps",
        ),
        (
            lambda: site_schema.web_page(
                node_id=URL,
                kind="Page",
                name="A",
                url=URL,
                website_id=URL,
                language="en",
            ),
            "is none of",
        ),
    ],
)
def test_nonsense_is_refused(describe, reason):
    with pytest.raises(ValueError, match=reason):
        describe()


def test_what_is_not_known_is_left_out():
    assert schema.person(name="Ada") == {"@type": "Person", "name": "Ada"}
    assert site_schema.postal_address() is None
    assert site_schema.geo_coordinates(51.5, None) is None


def test_a_place_on_the_meridian_is_a_place():
    assert site_schema.geo_coordinates(51.5, 0.0)["longitude"] == 0.0


def test_a_work_may_be_dated_to_the_day_or_the_year():
    to_the_day = schema.scholarly_article(title="A", published=date(2019, 5, 1))
    to_the_year = schema.scholarly_article(title="A", published=2019)

    assert to_the_day["datePublished"] == "2019-05-01"
    assert to_the_year["datePublished"] == "2019"


@pytest.mark.parametrize("text", ["", "{", "[1]", "null", '"a"'])
def test_additional_markup_that_is_none_is_ignored(text):
    assert extra_properties(text, "MedicalClinic") == {}


def test_additional_markup_cannot_rate_the_organisation():
    text = '{"priceRange": "££", "aggregateRating": {"ratingValue": 5}, "@id": "x"}'

    assert extra_properties(text, "MedicalClinic") == {"priceRange": "££"}
