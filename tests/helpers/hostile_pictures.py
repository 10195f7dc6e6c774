"""Pictures made to keep a server busy, and unusual ones that are none of that.

Run as a module with a folder, it cleans each file of it as an upload is cleaned, within
a gigabyte of memory, and prints what became of it and what that took.
"""

import functools
import json
import os
import re
import resource
import struct
import sys
import time
import zlib
from io import BytesIO
from pathlib import Path

from PIL import Image

GIGABYTE = 1 << 30


def chunk(kind, data=b""):
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def png(size=(64, 40), before=b"", after=b"", pixels=None):
    """A PNG of black pixels, with chunks before or after them."""
    width, height = size
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    if pixels is None:
        pixels = zlib.compress((b"\0" + bytes(width * 3)) * height)
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", header),
            before,
            chunk(b"IDAT", pixels),
            after,
            chunk(b"IEND"),
        ]
    )


@functools.cache
def bomb():
    """300 MB of zeros in 300 kB."""
    packer = zlib.compressobj(1)
    megabyte = bytes(1 << 20)
    return b"".join(packer.compress(megabyte) for _ in range(300)) + packer.flush()


def saved(image, kind, **options):
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def animation(kind, frames, size=(40, 30), **options):
    pictures = [Image.new("RGB", size, (n, 90, 0)) for n in range(frames)]
    return saved(
        pictures[0], kind, save_all=True, append_images=pictures[1:], **options
    )


def gif(frames, size, head=b""):
    """A GIF of frames of one pixel each, on a canvas of any size."""
    frame = b",\0\0\0\0\1\0\1\0\0\x02\x02\x44\x01\0"
    screen = struct.pack("<HHBBB", *size, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    return b"GIF89a" + screen + head + frame * frames + b";"


def broken_later():
    """A GIF whose first frame is whole and whose second is not."""
    noise = [Image.effect_noise((64, 64), 90) for _ in range(3)]
    whole = saved(noise[0], "GIF", save_all=True, append_images=noise[1:])
    # The head of every frame: where it lies, here the whole canvas.
    head = b"," + struct.pack("<HHHH", 0, 0, 64, 64)
    begins = whole.index(head, whole.index(head) + 1) + 900
    return whole[:begins] + b"\xff" * 120 + whole[begins + 120 :]


def jpeg(segments=b"", **options):
    whole = saved(Image.new("RGB", (64, 40), "teal"), "JPEG", **options)
    return whole[:2] + segments + whole[2:]


def segment(marker, data):
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(data) + 2) + data


def many_scans():
    """A progressive JPEG that goes over its pixels hundreds of times."""
    whole = saved(Image.new("L", (4000, 4000)), "JPEG", progressive=True)
    begins = whole.index(b"\xff\xda")
    return whole[:begins] + whole[begins:-2] * 150 + whole[-2:]


EXIF = segment(0xE1, b"Exif\0\0" + b"x" * 65_000)
XMP = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + b"x" * 65_000)
PROFILE = b"".join(
    segment(0xE2, b"ICC_PROFILE\0" + bytes([number, 100]) + b"x" * 65_000)
    for number in range(1, 101)
)
DAMAGED, LONG = "This picture is damaged", "This animation is too large"
PIXELS = "too many pixels"
ANIMATED = "Of an animated GIF or WebP, pages show a still picture"


@functools.cache
def hostile():
    """Files by their names, each with a part of the sentence that refuses it."""
    photo = saved(Image.effect_noise((300, 200), 60), "JPEG")
    drawing = saved(Image.effect_noise((300, 200), 60), "PNG")
    return {
        "text.png": (png(before=chunk(b"zTXt", b"A\0\0" + bomb())), DAMAGED),
        "late-text.png": (png(after=chunk(b"zTXt", b"A\0\0" + bomb())), DAMAGED),
        "long-text.png": (
            png(before=chunk(b"iTXt", b"A\0\1\0\0\0" + bomb())),
            DAMAGED,
        ),
        "profile.png": (png(before=chunk(b"iCCP", b"A\0\0" + bomb())), DAMAGED),
        "chunks.png": (png(before=chunk(b"abCd") * 300_000), DAMAGED),
        "flood.png": (png((30_000, 30_000), pixels=bomb()), PIXELS),
        "wide.png": (png((9_000, 5_000), pixels=b""), PIXELS),
        "cut.png": (drawing[: len(drawing) // 2], DAMAGED),
        "cut.jpeg": (photo[: len(photo) // 2], DAMAGED),
        "fill.jpeg": (jpeg(b"\xff" * 3_000_000), DAMAGED),
        "junk.jpeg": (jpeg(b"\x01" * 3_000_000), DAMAGED),
        "segments.jpeg": (jpeg(segment(0xE1, b"Exif\0\0") * 500_000), DAMAGED),
        "scans.jpeg": (many_scans(), DAMAGED),
        "exif.jpeg": (jpeg(EXIF * 960), "too big"),
        "profile.jpeg": (jpeg(PROFILE), DAMAGED),
        "frames.gif": (gif(400, (2_000, 2_000)), LONG),
        "tiny-frames.gif": (gif(1_001, (1, 1)), LONG),
        "far-frame.gif": (
            gif(1, (1, 1), head=b",\xff\xff\xff\xff\1\0\1\0\0\x02\0"),
            PIXELS,
        ),
        "millions.gif": (gif(500_000, (1, 1)), DAMAGED),
        "junk.gif": (gif(1, (1, 1), head=b"\x01" * 3_000_000), DAMAGED),
        "blocks.gif": (
            gif(1, (1, 1), head=b"!\xfe" + b"\1x" * 900_000 + b"\0"),
            DAMAGED,
        ),
        "broken-later.gif": (broken_later(), DAMAGED),
        "animated.png": (animation("PNG", 2), ANIMATED),
        "animated.avif": (animation("AVIF", 2, speed=10), ANIMATED),
        "frames.webp": (
            animation("WEBP", 20, (2_000, 1_500), lossless=True, method=0),
            LONG,
        ),
        "large.avif": (
            saved(Image.new("L", (4_100, 3_000)), "AVIF", speed=10),
            "An AVIF picture may have 12 million pixels",
        ),
        "drawing.png": (b"<svg>" + b"<a/>" * 2_000_000 + b"</svg>", "Not a valid .png"),
        "drawing.svg": (b"<svg>" + b"<a/>" * 2_000_000 + b"</svg>", "Not a supported"),
    }


@functools.cache
def unusual():
    """Files by their names that are taken, each with what is stored of it."""
    grey = Image.new("I;16", (64, 40), 300 * 100)
    print_picture = Image.new("CMYK", (64, 40), (0, 255, 255, 0))
    return {
        "grey.png": (saved(grey, "PNG"), ("L", (64, 40))),
        "print.jpeg": (saved(print_picture, "JPEG"), ("RGB", (64, 40))),
        "metadata.jpeg": (jpeg(EXIF * 100 + XMP * 80), ("RGB", (64, 40))),
        "inflated.png": (png(pixels=bomb()), ("RGB", (64, 40))),
        "moving.gif": (animation("GIF", 5), ("P", (40, 30))),
        "moving.webp": (animation("WEBP", 5), ("RGB", (40, 30))),
        "large.gif": (
            saved(Image.linear_gradient("L").resize((5_000, 5_000)), "GIF"),
            ("L", (5_000, 5_000)),
        ),
    }


def _most_memory():
    """Return how many bytes this process had at most, as Linux tells it.

    What `resource` tells includes the process that has started this one.
    """
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) * 1024


def _clean_each(folder):
    import django

    django.setup()

    from django.core.exceptions import ValidationError
    from django.core.files.uploadedfile import SimpleUploadedFile

    from core.media.image_forms import SiteImageField

    resource.setrlimit(resource.RLIMIT_AS, (GIGABYTE, GIGABYTE))
    results = {}
    for path in sorted(Path(folder).iterdir()):
        upload = SimpleUploadedFile(path.name, path.read_bytes())
        begun = time.process_time()
        try:
            clean = SiteImageField().clean(upload)
        except ValidationError as error:
            said, kept = " ".join(error.messages), None
        else:
            said = ""
            with Image.open(clean) as image:
                kept = image.mode, image.size
        seconds = time.process_time() - begun
        results[path.name] = {"said": said, "kept": kept, "seconds": seconds}
    results["memory"] = _most_memory()
    print(json.dumps(results))  # noqa: T201


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    _clean_each(sys.argv[1])
