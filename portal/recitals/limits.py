"""How long and how large a recording may be; said before anybody records, and checked after."""

from dataclasses import dataclass

from portal.recitals.models import Medium, Scope

LARGEST = 50_000_000
"""Bytes."""
LARGEST_SAID = "50 MB"
CHUNK = 1_000_000
"""Bytes that are sent at once; a break loses no more."""
SECONDS = {Scope.WHOLE: 180, Scope.CHANGES: 60}
GRACE = 5
"""Seconds by which a recording may be longer: nobody stops on the second, and files round up."""
LONGEST_TEXT = 8_000
SUFFIXES = ".webm, .ogg, .mp4, .m4a, .mp3 or .wav"
ACCEPTED = {
    Medium.AUDIO: "audio/*,.webm,.ogg,.oga,.mp4,.m4a,.mp3,.wav",
    Medium.VIDEO: "video/*,.webm,.ogg,.ogv,.mp4",
}
"""What a file field offers."""


@dataclass(frozen=True)
class Limits:
    """What fits one recital, in words."""

    seconds: int

    @property
    def length(self) -> str:
        """How long it may be."""
        return f"{self.seconds // 60} minutes" if self.seconds >= 120 else f"{self.seconds} seconds"

    @property
    def said(self) -> str:
        """All of it, told before anybody begins."""
        return f"Up to {self.length} and {LARGEST_SAID}. A file you already have can be {SUFFIXES}."


def of(scope: Scope) -> Limits:
    """The limits for the whole pitch, or for the changed part."""
    return Limits(SECONDS[scope])


def said_moment(second: int) -> str:
    """A moment of a recording: '1:05'."""
    return f"{second // 60}:{second % 60:02}"


def moment_or_none(typed: str) -> int | None:
    """The second that somebody meant with '1:05' or '65'; None when it is neither."""
    parts = typed.strip().split(":")
    if len(parts) > 2 or not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts):
        return None
    numbers = [int(part) for part in parts]
    if len(numbers) == 2 and numbers[1] > 59:
        return None
    return numbers[0] * 60 + numbers[1] if len(numbers) == 2 else numbers[0]
