"""What a sound or film file is, by its own bytes: its kind, how long it plays, and whether its end is missing."""

import struct
from dataclasses import dataclass
from typing import BinaryIO

HEAD = 64
TAIL = 1 << 16
OPUS_RATE = 48_000
_CLUSTER, _TIMECODE, _BLOCK = b"\x1f\x43\xb6\x75", b"\xe7", b"\xa3"
_BESIDE = {b"\xa0", b"\xa7", b"\xab", b"\xec", b"\xbf"}
"""What else stands in a cluster: groups of blocks, its place and size, nothing, a checksum."""
_OPEN_ENDED = {0, 0xFFFFFFFF}


@dataclass(frozen=True)
class Kind:
    """A kind of file that browsers record or play."""

    name: str
    audio: str
    """Its type when it holds sound alone."""
    video: str = ""
    """Its type when it may hold a film; empty where it can't."""


WEBM = Kind("WebM", "audio/webm", "video/webm")
OGG = Kind("Ogg", "audio/ogg", "video/ogg")
MP4 = Kind("MP4", "audio/mp4", "video/mp4")
MP3 = Kind("MP3", "audio/mpeg")
WAV = Kind("WAV", "audio/wav")
KINDS = (WEBM, OGG, MP4, MP3, WAV)


@dataclass(frozen=True)
class Contents:
    """What a file turned out to be."""

    kind: Kind
    seconds: float | None
    """How long it plays, where the file tells; a recording made in a browser may not."""
    is_cut_off: bool


def kind_or_none(head: bytes) -> Kind | None:
    """The kind by the first bytes; None for anything that is no recording, whatever its name says."""
    if head[:4] == b"\x1a\x45\xdf\xa3":
        return WEBM if b"webm" in head[:HEAD] else None
    if head[:4] == b"OggS":
        return OGG
    if head[4:8] == b"ftyp":
        return MP4
    if head[:4] == b"RIFF":
        return WAV if head[8:12] == b"WAVE" else None
    is_frame = len(head) > 2 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2 and head[2] & 0xF0 != 0xF0
    return MP3 if head[:3] == b"ID3" or is_frame else None


def read(file: BinaryIO) -> Contents | None:
    """What a file is; None when it is no recording."""
    head = file.read(HEAD)
    kind = kind_or_none(head)
    if kind is None:
        return None
    size = file.seek(0, 2)
    if kind is WAV:
        return _wav(file, head, size)
    if kind is MP4:
        return _mp4(file, size)
    if kind is OGG:
        return _ogg(file, size)
    if kind is WEBM:
        return Contents(WEBM, _webm_seconds(file), is_cut_off=False)
    return Contents(kind, None, is_cut_off=False)


def _wav(file: BinaryIO, head: bytes, size: int) -> Contents:
    announced = struct.unpack_from("<I", head, 4)[0]
    is_cut_off = size < 45 or (announced not in _OPEN_ENDED and announced + 8 > size)
    rate = struct.unpack_from("<I", head, 28)[0] if len(head) >= 32 and head[12:16] == b"fmt " else 0
    return Contents(WAV, (size - 44) / rate if rate else None, is_cut_off)


def _mp4(file: BinaryIO, size: int) -> Contents:
    """Walk the boxes; a whole file ends where its last box ends, and has one that describes the film."""
    place, seconds, is_described = 0, None, False
    while place + 8 <= size:
        file.seek(place)
        head = file.read(16)
        length, name = struct.unpack_from(">I", head)[0], head[4:8]
        length = _long_length(head) if length == 1 else size - place if length == 0 else length
        if length < 8:
            return Contents(MP4, seconds, is_cut_off=True)
        if name == b"moov" and place + length <= size:
            is_described = True
            file.seek(place)
            seconds = _movie_seconds(file.read(min(length, TAIL)))
        place += length
    return Contents(MP4, seconds, is_cut_off=place != size or not is_described)


def _long_length(head: bytes) -> int:
    return struct.unpack_from(">Q", head, 8)[0] if len(head) >= 16 else 0


def _movie_seconds(box: bytes) -> float | None:
    place = box.find(b"mvhd")
    if place < 0 or place + 32 > len(box):
        return None
    is_long = box[place + 4] == 1
    scale, length = struct.unpack_from(">IQ" if is_long else ">II", box, place + (24 if is_long else 16))
    # In pieces, as browsers record, the length stands as zero.
    return length / scale if scale and length else None


def _ogg(file: BinaryIO, size: int) -> Contents:
    file.seek(max(0, size - TAIL))
    tail = file.read()
    place = tail.rfind(b"OggS")
    if place < 0 or place + 27 > len(tail):
        return Contents(OGG, None, is_cut_off=True)
    granule, segments = struct.unpack_from("<q", tail, place + 6)[0], tail[place + 26]
    table = tail[place + 27 : place + 27 + segments]
    is_whole = len(table) == segments and place + 27 + segments + sum(table) <= len(tail)
    file.seek(0)
    is_opus = b"OpusHead" in file.read(512)
    return Contents(OGG, granule / OPUS_RATE if is_opus and granule > 0 else None, is_cut_off=not is_whole)


def _webm_seconds(file: BinaryIO) -> float | None:
    """When its last block begins, in milliseconds as browsers write them; they don't say how long it all is."""
    file.seek(0)
    everything = file.read()
    place = everything.rfind(_CLUSTER)
    if place < 0:
        return None
    _size, place = _number(everything, place + len(_CLUSTER))
    begins, last = None, 0
    while place + 2 < len(everything):
        name = everything[place : place + 1]
        size, content = _number(everything, place + 1)
        if name == _TIMECODE:
            begins = int.from_bytes(everything[content : content + size], "big")
        elif name == _BLOCK:
            last = max(last, int.from_bytes(everything[content + 1 : content + 3], "big", signed=True))
        elif name not in _BESIDE:
            break
        place = content + size
    return None if begins is None else (begins + last) / 1000


def _number(content: bytes, place: int) -> tuple[int, int]:
    """A number of EBML, whose leading zeros tell how many bytes it has; and where it ends."""
    first = content[place] if place < len(content) else 0x80
    length = 9 - first.bit_length() if first else 8
    value = int.from_bytes(content[place : place + length], "big") & ((1 << (7 * length)) - 1)
    return value, place + length
