"""The pictures of a page and the organisation."""

from dataclasses import dataclass, replace
from typing import Any

from wagtail.images.models import SourceImageIOError

from seo.graph import schema
from seo.graph.vocabulary import Node, full_url
from seo.social_pictures.facts import HEIGHT, WIDTH, Facts, address, facts

SOCIAL = "fill-1200x630|format-jpeg"  # what cards on social media are cut to


@dataclass(frozen=True)
class Picture:
    """A rendition with its absolute URL and image.

    ``said`` is what a drawn one says (`seo.social_pictures`).
    """

    url: str
    width: int
    height: int
    alt: str = ""
    credit: str = ""
    licence: str = ""
    creator: str = ""
    creator_kind: str = "Person"
    source_type: str = ""
    said: Facts | None = None

    def node(self, node_id: str = "") -> Node:
        """Describe the picture for the graph."""
        return schema.image(
            node_id=node_id,
            url=self.url,
            width=self.width,
            height=self.height,
            caption=self.alt,
            credit=self.credit,
            creator=self.creator,
            creator_kind=self.creator_kind,
            licence=self.licence,
            source_type=self.source_type,
        )


@dataclass(frozen=True)
class Pictures:
    """The pictures of a page and the organisation, each of them or None."""

    page: Picture | None = None
    social: Picture | None = None
    logo: Picture | None = None
    premises: Picture | None = None


def pictures(
    page: Any, settings: Any, record: Any, root_url: str, organisation: str = ""
) -> Pictures:
    """Return the pictures for a page's head and graph.

    Args:
        page: A `seo.models.MetadataMixin`, or None.
        settings: wagtailseo's SeoSettings.
        record: The organisation's, with ``logo`` and ``premises``.
        root_url: The site's address, such as ``https://clinic.example``.
        organisation: Its name; without one no social picture is drawn.
    """
    own = (page.og_image or page.lead_picture) if page else None
    default = None if own else settings.og_image_default
    none_chosen = page and organisation and not (own or default)
    own_picture = rendered(own, SOCIAL, root_url)
    return replace(
        organisation_pictures(record, root_url),
        page=own_picture,
        social=own_picture
        or rendered(default, SOCIAL, root_url)
        or (_drawn(page, record, root_url, organisation) if none_chosen else None),
    )


def organisation_pictures(record: Any, root_url: str) -> Pictures:
    """Return the logo and the premises of an organisation's record."""
    return Pictures(
        logo=_as_uploaded(record.logo, root_url),
        premises=rendered(record.premises, SOCIAL, root_url),
    )


def _drawn(page: Any, record: Any, root_url: str, organisation: str) -> Picture:
    """Return the picture that is drawn of a page.

    It is made when somebody asks for it, of a published page (`seo.social_pictures`).
    """
    said = facts(page, organisation, record)
    url = full_url(address(page, said), root_url)
    return Picture(url=url, width=WIDTH, height=HEIGHT, alt=said.alternative, said=said)


def _as_uploaded(image: Any, root_url: str) -> Picture | None:
    """Return ``image`` unscaled, as logos have the right size already."""
    if image is None:
        return None
    url = full_url(image.file.url, root_url)
    return Picture(url=url, width=image.width, height=image.height)


def rendered(image: Any, spec: str, root_url: str) -> Picture | None:
    """Return the rendition ``spec`` of ``image``, or None."""
    if image is None:
        return None
    try:
        rendition = image.get_rendition(spec)
    except SourceImageIOError:
        return None
    return Picture(
        url=full_url(rendition.url, root_url),
        width=rendition.width,
        height=rendition.height,
        alt=image.description,
        credit=getattr(image, "credit", ""),
        licence=getattr(image, "licence", ""),
        creator=getattr(image, "creator", ""),
        creator_kind=getattr(image, "creator_kind", "Person"),
        source_type=getattr(image, "digital_source_type", ""),
    )
