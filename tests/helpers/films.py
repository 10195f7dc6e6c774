"""Films of a few bytes, made as telephones and programs make them."""

PLACE = b"+51.5074-000.1278/"
SOUND = b"picture and sound" * 10


def box(kind, content, long=False):
    if long:
        return (1).to_bytes(4) + kind + (len(content) + 16).to_bytes(8) + content
    return (len(content) + 8).to_bytes(4) + kind + content


def film(long=False):
    place = box(b"\xa9xyz", b"\0\x12\x15\xc7" + PLACE)
    track = box(b"trak", box(b"tkhd", b"t" * 20) + box(b"meta", PLACE))
    header = box(b"mvhd", b"m" * 20)
    return b"".join(
        [
            box(b"ftyp", b"isom\0\0\2\0isom"),
            box(b"moov", header + track + box(b"udta", place, long)),
            box(b"uuid", PLACE * 4),
            box(b"mdat", SOUND),
        ]
    )


def fragmented():
    """A film in fragments, with the place wherever cameras and programs put it."""
    dates = b"made" + b"alsomade"
    place = box(b"udta", PLACE) + box(b"meta", PLACE)
    sample = box(b"stsd", bytes(4) + (1).to_bytes(4) + box(b"avc1", b"a" * 20))
    media = box(b"mdhd", bytes(4) + dates[:8] + b"kept") + place
    media += box(b"minf", place + box(b"stbl", sample + place))
    head = box(b"mvhd", b"\x01\0\0\0" + b"made" * 4 + b"kept")
    track = box(b"tkhd", b"\0\0\0\x07" + dates[:8] + b"kept") + box(b"mdia", media)
    parts = head + box(b"trak", track) + box(b"mvex", box(b"trex", b"t") + place)
    parts += box(b"gps ", PLACE) + box(b"loci", PLACE) + box(b"XMP_", PLACE)
    fragment = box(b"mfhd", b"n" * 8) + place
    fragment += box(b"traf", box(b"tfhd", b"h" * 8) + place)
    return b"".join(
        [
            box(b"ftyp", b"isom\0\0\2\0isom"),
            box(b"moov", parts),
            box(b"free", PLACE) + box(b"skip", PLACE),
            box(b"prft", PLACE),  # when it was recorded, by the camera's clock
            (box(b"moof", fragment) + box(b"mdat", SOUND)) * 2,
        ]
    )


def with_track(entry=b"avc1", handler=b"vide"):
    """A film with one track, of which its handler and its samples say what it is."""
    track = box(b"moov", _track(handler, entry))
    return box(b"ftyp", b"isom") + track + box(b"mdat", SOUND)


def _track(handler, entry, *tables):
    sample = box(b"stsd", bytes(4) + (1).to_bytes(4) + box(entry, b"a" * 20))
    said = box(b"hdlr", bytes(8) + handler + bytes(13))
    media = said + box(b"minf", box(b"stbl", sample + b"".join(tables)))
    return box(b"trak", box(b"mdia", media))


def numbers(*each, width=4):
    return b"".join(number.to_bytes(width) for number in each)


def tables(places, runs, sizes, long=False, same=0):
    """Where the samples of a track lie: chunks, how many each has, and how long."""
    kind, width = (b"co64", 8) if long else (b"stco", 4)
    return [
        box(b"stsz", numbers(0, same, len(sizes)) + (b"" if same else numbers(*sizes))),
        box(b"stsc", numbers(0, len(runs), *(n for run in runs for n in run))),
        box(kind, numbers(0, len(places)) + numbers(*places, width=width)),
    ]


def with_places(entry=b"mebx", handler=b"meta", long=False, same=0, track=tables):
    """A film as telephones make it: pictures, and each second where it was.

    Three chunks: of two samples, two and one. ``same`` says the samples' size once, as
    cameras do whose samples are equally long.
    """
    head = box(b"ftyp", b"qt  \0\0\2\0qt  ")
    places, media = [], b""
    for count in (2, 2, 1):
        media += SOUND
        places.append(len(head) + 8 + len(media))
        media += PLACE * count
    sizes = [len(PLACE)] * 5
    runs = [(1, 2, 1), (3, 1, 1)]
    data = track(places, runs, sizes, long=long, same=same and len(PLACE))
    pictures = [place - len(SOUND) for place in places]
    moov = _track(
        b"vide", b"avc1", *tables(pictures, [(1, 1, 1)], [len(SOUND)] * 3)
    ) + _track(handler, entry, *data)
    return head + box(b"mdat", media) + box(b"moov", box(b"mvhd", bytes(20)) + moov)


OPEN = b"\x01" + b"\xff" * 7  # a length that is not known yet


def element(kind, content, length=None):
    """A part of a WebM, whose length takes eight bytes."""
    stated = (1 << 56 | len(content)).to_bytes(8) if length is None else length
    return bytes.fromhex(kind) + stated + content


def webm(live=False):
    """A WebM with titles, tags, an attached file and a checksum of what is around."""
    length = OPEN if live else None
    info = [
        element("bf", b"sum1"),
        element("2ad7b1", b"\x0f\x42\x40"),
        element("4489", b"\x40\x00\x00\x00"),
        element("7ba9", PLACE),
        element("4d80", PLACE),
        element("5741", PLACE),
        element("4461", PLACE),
    ]
    track = element("ae", element("d7", b"\x01") + b"\x53\x6e\x92" + PLACE)
    tags = element("1254c367", element("7373", PLACE))
    segment = [
        element("1549a966", b"".join(info)),
        element("1654ae6b", track),
        tags,
        element("1f43b675", element("e7", b"\0") + element("a3", SOUND), length),
        element("ec", PLACE),
        element("1f43b675", element("e7", b"\1") + tags + element("a3", SOUND), length),
        element("1941a469", PLACE * 9),
        tags,
    ]
    head = element("1a45dfa3", b"\x42\x82\x84webm")
    return head + element("18538067", b"".join(segment), length)


def webm_with_subtitles(live=False):
    """A WebM whose second track notes where the camera is, in both kinds of blocks."""
    length = OPEN if live else None
    tracks = [
        element("ae", element("d7", b"\x01") + element("83", b"\x01")),
        element("ae", element("83", b"\x11") + element("d7", b"\x02") + PLACE_NAME),
    ]
    said = b"\x82\0\0\0" + PLACE
    blocks = [
        element("e7", b"\0"),
        element("a3", b"\x81\0\0\0" + SOUND),
        element("a3", said),
        element("a0", element("9b", b"\1") + element("a1", said)),
        element("a0", element("a1", b"\x81\0\0\0" + SOUND)),
    ]
    segment = element("1654ae6b", b"".join(tracks))
    segment += element("1f43b675", b"".join(blocks), length) * 2
    head = element("1a45dfa3", b"\x42\x82\x84webm")
    return head + element("18538067", segment + element("4321", PLACE), length)


def webm_with_tracks(count):
    """A WebM with very many tracks of data, made to keep a server busy."""
    tracks = (
        element("ae", element("d7", number.to_bytes(3)) + element("83", b"\x11"))
        for number in range(2, count + 2)
    )
    segment = element("1654ae6b", b"".join(tracks))
    segment += element("1f43b675", element("a3", b"\x81\0\0\0") * count)
    head = element("1a45dfa3", b"\x42\x82\x84webm")
    return head + element("18538067", segment)


PLACE_NAME = element("22b59c", PLACE)  # in the field of the language
