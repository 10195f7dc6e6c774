"""Publishing rules for videos."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.models.videos import Video
from core.prefetch.walk import walk
from core.publishing.gate import Level, Problem, register
from core.publishing.rules.findings import Spot, problem_of


def films(page: Any) -> Iterator[tuple[Spot, Video]]:
    """Yield the videos that ``page`` shows, with their places."""
    for field in page._meta.concrete_fields:
        if field.related_model is Video and (film := getattr(page, field.name)):
            yield field.name, film
    for place in walk(page):
        if isinstance(place.value, Video):
            yield place, place.value


@register
class VideoWithoutCaptions:
    """Warns of videos without captions, which say nothing to those who cannot hear."""

    code = "video-without-captions"
    title = _("Video without captions")
    level: Level = "warn"

    def problems(self, page: Any) -> Iterator[Problem]:
        for spot, film in films(page):
            if not film.captions:
                yield problem_of(spot, self, without_captions(film))


def without_captions(film: Video) -> str:
    """Return what to do about a video without captions."""
    return gettext(
        "The video “{title}” has no captions, for those who cannot hear it. Under "
        "Videos, add a file with what is said and heard."
    ).format(title=film.title)


@register
class VideoWithoutWords:
    """Suggests a transcript for videos that lack one."""

    code = "video-without-words"
    title = _("Video without a transcript")
    level: Level = "suggest"

    def problems(self, page: Any) -> Iterator[Problem]:
        for spot, film in films(page):
            if not film.transcript:
                sentence = gettext(
                    "The video “{title}” lacks a transcript. Under Videos, add what is "
                    "said and shown, for those who cannot hear or see it."
                )
                yield problem_of(spot, self, sentence.format(title=film.title))


@register
class VideoWithoutPoster:
    """Suggests a still picture, without which search engines are told of no video."""

    code = "video-without-poster"
    title = _("Video without a still picture")
    level: Level = "suggest"

    def problems(self, page: Any) -> Iterator[Problem]:
        for spot, film in films(page):
            if not film.poster_id:
                sentence = gettext(
                    "The video “{title}” has no still picture, so search engines are "
                    "not told of it. Under Videos, choose a poster."
                )
                yield problem_of(spot, self, sentence.format(title=film.title))
