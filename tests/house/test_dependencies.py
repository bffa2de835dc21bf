"""Requirement files pin by hash and name no host; no file names a path of some machine."""

from pathlib import Path


def test_requirements_name_no_host():
    for name in ("requirements.txt", "requirements-test.txt"):
        text = Path(name).read_text()
        assert "://" not in text
        assert text.count("--hash=sha256:") > 20
