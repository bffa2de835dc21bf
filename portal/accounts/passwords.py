"""Hashing passwords with argon2id, and what makes one acceptable."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from portal.errors import Refused

SHORTEST = 12
LONGEST = 200
TOO_COMMON = {"password1234", "123456789012", "qwertyuiop12", "letmein12345", "passwordpassword"}


def hasher(memory_kib: int) -> PasswordHasher:
    """argon2id with two passes and one lane (OWASP password storage cheat sheet)."""
    return PasswordHasher(time_cost=2, memory_cost=memory_kib, parallelism=1)


def check_acceptable(password: str, email: str) -> None:
    """Raise Refused for a password that is easily guessed (NIST SP 800-63B: length before composition)."""
    if len(password) < SHORTEST:
        raise Refused(f"Use at least {SHORTEST} characters. A short sentence works well.", field="password")
    if len(password) > LONGEST:
        raise Refused(f"Use at most {LONGEST} characters.", field="password")
    local = email.partition("@")[0]
    if password.lower() in TOO_COMMON or len(set(password)) < 4 or (len(local) > 3 and local in password.lower()):
        raise Refused(
            "That is easy to guess. Choose something that has nothing to do with your name.", field="password"
        )


def matches(hashed: str | None, password: str, tool: PasswordHasher) -> bool:
    """Whether the password is the one hashed; takes as long when there is none to compare with."""
    try:
        return tool.verify(hashed or _nobody(tool), password) and hashed is not None
    except (VerificationError, InvalidHashError):
        return False


_decoys: dict[int, str] = {}


def _nobody(tool: PasswordHasher) -> str:
    return _decoys.setdefault(tool.memory_cost, tool.hash("the password of nobody"))
