"""Pictures and films for stories, and who is said to be shown."""

from django.core.files.base import ContentFile

from core.models.videos import Video
from testimonials.models import Appearance
from tests.helpers.factories import SiteImageFactory


def picture(**fields):
    image = SiteImageFactory(**fields)
    image.contextual_alt_text = "A boat"
    return image


def film():
    return Video.objects.create(
        title="Walking",
        poster=SiteImageFactory(),
        file=ContentFile(b"0000ftyp", "walk.mp4"),
        captions=ContentFile(b"WEBVTT", "walk.vtt"),
    )


def shown():
    """Return who is shown by which pictures and films, by primary key."""
    return set(Appearance.objects.values_list("subject", "image", "video"))
