"""Every Employee a Sales Rep: the enablement portal."""
