"""What the gate asks of films."""

from collections.abc import Iterator
from typing import Any

from core.gate import Level, Problem, register
from core.models.videos import Video
from core.rules import problem_at
from core.walk import walk


@register
class VideoWithoutWords:
    """A film says nothing to those who cannot hear it, or cannot see it."""

    code = "video-without-words"
    title = "Video without captions or transcript"
    level: Level = "suggest"

    def problems(self, page: Any) -> Iterator[Problem]:
        for field in page._meta.concrete_fields:
            film = getattr(page, field.name) if field.related_model is Video else None
            if advice := _advice(film):
                yield Problem(self.code, self.level, advice, field.name)
        for place in walk(page):
            film = place.value if isinstance(place.value, Video) else None
            if advice := _advice(film):
                yield problem_at(place, self, advice)


def _advice(film: Video | None) -> str:
    if film is None:
        return ""
    has = {"captions": film.captions, "a transcript": film.transcript}
    missing = [name for name, given in has.items() if not given]
    if not missing:
        return ""
    return (
        f"The video “{film.title}” lacks {' and '.join(missing)}. Under Videos, add "
        "what is said and shown, for those who cannot hear or see it."
    )
