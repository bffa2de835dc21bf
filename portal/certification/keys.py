"""The key that signs credentials: made once and kept in the data folder, or named by a setting."""

import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from joserfc import jws
from joserfc.jwk import RSAKey

from portal.config import Config

BITS = 2048
ALGORITHM = "RS256"
"""The one algorithm that every verifier of Open Badges 3.0 knows."""


def signed(config: Config, payload: bytes) -> str:
    """A compact JWS over this payload; its header names where the public key is."""
    header = {"alg": ALGORITHM, "typ": "JWT", "kid": public_address(config)}
    return jws.serialize_compact(header, payload, _key(key_path(config)))


def public_key(config: Config) -> dict[str, Any]:
    """The public half, as a JWK."""
    key = _key(key_path(config))
    return {**key.as_dict(private=False), "use": "sig", "alg": ALGORITHM, "kid": public_address(config)}


def public_address(config: Config) -> str:
    """Where the public key is read."""
    return f"{config.BASE_URL}/credentials/key"


def key_path(config: Config) -> Path:
    """Where the key is kept; made where missing, unless a setting names it."""
    if config.BADGE_KEY_FILE:
        return Path(config.BADGE_KEY_FILE)
    kept = config.folder / "badge-key.pem"
    if not kept.exists():
        made = RSAKey.generate_key(BITS).as_pem(private=True)
        # Two processes may start at once: each writes a file of its own, and the first to link it wins.
        mine = kept.with_name(f"badge-key-{os.getpid()}")
        mine.touch(mode=0o600)
        mine.write_bytes(made)
        try:
            os.link(mine, kept)
        except FileExistsError:
            pass
        finally:
            mine.unlink()
    return kept


@lru_cache(maxsize=4)
def _key(path: Path) -> RSAKey:
    return RSAKey.import_key(path.read_bytes())
