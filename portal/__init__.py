"""Every Employee a Sales Rep: the enablement portal."""

__version__ = "0.1.0"
