"""Pictures are made anew: turned upright, small enough for a page, and without what a camera wrote into them."""

import io
from pathlib import Path
from threading import Lock

from PIL import Image, ImageCms, ImageOps

from portal.errors import Refused

LONGEST_SIDE = 2000
MOST_PIXELS = {"JPEG": 60_000_000, "MPO": 60_000_000}
"""Of a photograph, which can be decoded at half its size or less."""
MOST_OTHERWISE = 25_000_000
"""Of any other picture: all of it is in memory at once, however few bytes it came in."""
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
QUALITY = 88
BROKEN = "This picture can’t be opened. Save it once more as PNG or JPEG, and bring that."
TOO_LARGE = "This picture is too large to open. Save it as JPEG, with at most 60 million pixels."
MOVES = "This picture moves. Bring it as an MP4 film, so that readers can stop it."
_ONE_AT_A_TIME = Lock()
"""Each takes some hundred megabytes for a moment."""
_SMALLER = {"RGB", "RGBA", "L", "LA", "CMYK"}
"""Modes that can be made smaller as they are."""
_TYPES = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "WEBP": "image/webp"}


def made_anew(source: Path, target: Path) -> tuple[str, int, int]:
    """Write the picture afresh: its content type, width and height. Raises Refused."""
    try:
        with _ONE_AT_A_TIME, Image.open(source, formats=FORMATS) as picture:
            kind = picture.format or ""
            if picture.width * picture.height > MOST_PIXELS.get(kind, MOST_OTHERWISE):
                raise Refused(TOO_LARGE, "file")
            if kind != "MPO" and getattr(picture, "is_animated", False):
                raise Refused(MOVES, "file")
            fresh = _fresh(picture)
            content_type = _TYPES.get(kind, "image/png")
            _save(fresh, target, content_type)
            return content_type, fresh.width, fresh.height
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused(TOO_LARGE, "file") from None
    except Refused:
        raise
    except Exception:  # a damaged picture fails in as many ways as there are decoders
        raise Refused(BROKEN, "file") from None


def _fresh(picture: Image.Image) -> Image.Image:
    profile = picture.info.get("icc_profile")
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a large JPEG is decoded at half its size or less
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    small = picture if picture.mode in _SMALLER else picture.convert(mode)
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)  # first: the rest then costs little
    upright = ImageOps.exif_transpose(small)
    fresh = (_in_common_colours(upright, profile) if profile else upright).convert(mode)
    fresh.info.clear()
    return fresh


def _in_common_colours(picture: Image.Image, profile: bytes) -> Image.Image:
    try:
        before, after = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
        alike = picture if picture.mode in {"RGB", "RGBA", "CMYK", "L"} else picture.convert("RGB")
        mode = "RGBA" if alike.mode == "RGBA" else "RGB"
        return ImageCms.profileToProfile(alike, before, after, outputMode=mode) or alike
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture


def _save(fresh: Image.Image, target: Path, content_type: str) -> None:
    if content_type == "image/jpeg":
        fresh.save(target, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    elif content_type == "image/webp":
        fresh.save(target, "WEBP", quality=QUALITY)
    else:
        fresh.save(target, "PNG", optimize=True)
