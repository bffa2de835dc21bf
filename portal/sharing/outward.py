"""Making an item's text fit for outside: files under the link's own address, and no way into the portal; pure."""

import re
from collections.abc import Callable, Set
from html import escape

FILE = re.compile(r"/files/([0-9a-f]{64})/[^\"?#]+")
_TAG = re.compile(r"<(a|img)((?:\s+[\w-]+=\"[^\"]*\")*)\s*(/?)>")
_ADDRESS = re.compile(r"\s+(href|src)=\"([^\"]*)\"")
_ITEM = re.compile(r"/library/([A-Za-z0-9_.-]+)(?:[?#][^\"]*)?")
_OUTSIDE = ("https://", "http://", "mailto:", "tel:", "#")


def made_fit(html: str, *, keys: Set[str], address: Callable[[str], str]) -> str:
    """A safe text with other addresses: `address` makes one of the link from what stands behind its token; items that
    are in the link too are linked there, and what leads into the portal leads nowhere."""

    def there(found: re.Match[str]) -> str:
        name, target = found[1], found[2]
        fit = _fit(target, keys, address)
        return f' {name}="{fit}"' if fit else ""

    def tag(found: re.Match[str]) -> str:
        return f"<{found[1]}{_ADDRESS.sub(there, found[2])}{' /' if found[3] else ''}>"

    return _TAG.sub(tag, html)


def files_in(html: str) -> set[str]:
    """The hashes of the files that a text shows or links."""
    found = set()
    for tag in _TAG.finditer(html):
        for address in _ADDRESS.finditer(tag[2]):
            if match := FILE.fullmatch(address[2].partition("?")[0]):
                found.add(match[1])
    return found


def _fit(target: str, keys: Set[str], address: Callable[[str], str]) -> str:
    if target.startswith(_OUTSIDE):
        return target
    if FILE.fullmatch(target.partition("?")[0].partition("#")[0]):
        return escape(address(target.partition("?")[0].partition("#")[0].removeprefix("/")))
    item = _ITEM.fullmatch(target)
    return escape(address(item[1])) if item and item[1] in keys else ""
