"""Loads the site settings."""

import json
from typing import Any

from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import Site
from wagtailseo.models import SeoSettings

from applications.models import ApplicationSettings
from core.models.organisation import Organisation
from core.models.site_settings import (
    DisclaimerSettings,
    FooterSettings,
    NavigationSettings,
)
from demonstration.content import clinic, search
from demonstration.content.application import STATUS
from demonstration.content.shapes import FooterColumn, MenuItem, Stream
from demonstration.seeding.resolve import Resolver
from home.search.models import Synonyms


def load_settings(known: Resolver, site: Site) -> None:
    """Fill the settings of ``site``."""

    def link(label: str, page: str) -> dict[str, Any]:
        return {"label": label, "page": known.pages[page].pk, "url": ""}

    def item(entry: MenuItem) -> dict[str, Any]:
        children = [link(child.label, child.page) for child in entry.children]
        return {**link(entry.label, entry.page), "children": children}

    def links(column: FooterColumn) -> list[dict[str, Any]]:
        return [link(label, page) for label, page in column.links]

    def stream(of: str, blocks: Stream) -> str:
        return json.dumps(known.stream(of, blocks))

    NavigationSettings.objects.create(
        site=site,
        menu=stream("menu", [("item", item(entry)) for entry in clinic.NAVIGATION]),
        call_to_action_label=clinic.NAVIGATION_ACTION.label,
        call_to_action_page=known.pages[clinic.NAVIGATION_ACTION.page],
    )
    organisation = clinic.ORGANISATION
    FooterSettings.objects.create(
        site=site,
        columns=stream(
            "columns",
            [
                ("column", {"heading": column.heading, "links": links(column)})
                for column in clinic.FOOTER_COLUMNS
            ],
        ),
        small_print=f"<p>{clinic.FOOTER_NOTE}</p>",
    )
    site.site_name = organisation.name
    site.save(update_fields=["site_name"])
    Organisation.objects.create(
        site=site,
        kind=organisation.type,
        legal_name=organisation.legal_name,
        logo=known.pictures[organisation.logo],
        telephone=organisation.telephone,
        email=organisation.email,
        street=organisation.street_address,
        locality=organisation.locality,
        region=organisation.region,
        postal_code=organisation.postal_code,
        country=organisation.country,
        hours_in_words=organisation.opening_hours,
        elsewhere=stream(
            "elsewhere",
            [
                ("link", {"label": label, "url": url})
                for label, url in organisation.social_links
            ],
        ),
        markup=json.dumps({"foundingDate": str(organisation.founded)}),
    )
    ApplicationSettings.objects.create(site=site, **STATUS)
    DisclaimerSettings.objects.create(
        site=site,
        general=clinic.DISCLAIMERS.medical,
        articles=clinic.DISCLAIMERS.research,
        testimonials=clinic.DISCLAIMERS.testimonial,
        ai=clinic.NOTE_ON_AI,
    )
    SeoSettings.objects.create(
        site=site,
        og_image_default=known.pictures[organisation.social_picture],
    )
    _load_search(known)


def _load_search(known: Resolver) -> None:
    Synonyms.objects.bulk_create(Synonyms(words=words) for words in search.SYNONYMS)
    for page, queries in search.PROMOTED.items():
        for query in queries:
            SearchPromotion.objects.create(
                query=Query.get(query), page=known.pages[page], sort_order=0
            )
