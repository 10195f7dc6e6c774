"""Videos at other hosts: which may be shown, and where their players are.

Nothing is asked of another host before somebody presses play: pages hold a picture of
the site's own and a link, and the script puts the player there.
"""

import re
from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class Provider:
    """A host of videos.

    Attributes:
        name: As readers know it.
        addresses: Finds the video's key in an address that people copy.
        player: The address of the player, which is given the key.
        secret: Finds in an address what the player of an unlisted video asks for.
    """

    name: str
    addresses: re.Pattern[str]
    player: str
    secret: re.Pattern[str] | None = None


PROVIDERS = {
    "youtube": Provider(
        "YouTube",
        re.compile(
            r"https://(?:(?:www|m)\.)?(?:youtube\.com/(?:watch\?(?:[^#]*&)?v=|shorts/"
            r"|live/)|youtube-nocookie\.com/embed/|youtu\.be/)"
            r"(?P<key>[\w-]{11})(?:[?&#/].*)?",
            re.ASCII,
        ),
        "https://www.youtube-nocookie.com/embed/{key}?autoplay=1&rel=0",
    ),
    "vimeo": Provider(
        "Vimeo",
        re.compile(
            r"https://(?:www\.|player\.)?vimeo\.com/(?:video/)?(?P<key>\d{6,12})"
            r"(?:[?&#/].*)?",
            re.ASCII,
        ),
        "https://player.vimeo.com/video/{key}?autoplay=1&dnt=1",
        re.compile(r"(?:/\d{6,12}/|[?&]h=)(?P<secret>[0-9a-f]{6,40})\b", re.ASCII),
    ),
}


@dataclass(frozen=True)
class OutsideVideo:
    """Where a video is played, and at whose host."""

    provider: str
    player: str


def allowed_providers() -> list[Provider]:
    """Return those that ``VIDEO_PROVIDERS`` names."""
    return [PROVIDERS[name] for name in settings.VIDEO_PROVIDERS]


def outside_video(address: str) -> OutsideVideo | None:
    """Return the video at ``address``, None where this site may not show it."""
    for provider in allowed_providers():
        if found := provider.addresses.fullmatch(address):
            player = provider.player.format(key=found["key"])
            if provider.secret and (unlisted := provider.secret.search(address)):
                player += f"&h={unlisted['secret']}"
            return OutsideVideo(provider.name, player)
    return None
