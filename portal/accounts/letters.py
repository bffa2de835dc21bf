"""The words of the mails about signing in: subject and text."""


def invitation(*, name: str, firm: str, address: str) -> tuple[str, str]:
    """To somebody new, with a link to choose a first password."""
    return (
        f"Your place in the programme at {firm}",
        f"""\
Dear {name.split(" ")[0]},

you have a place in the programme that helps everyone at {firm} to bring in work:
short lessons, a few minutes of practice, worksheets you can use the same day.

Choose a password here; the link is good for two weeks:
{address}
""",
    )


def reset(*, name: str, firm: str, address: str) -> tuple[str, str]:
    """To somebody who asked for a new password."""
    return (
        "Choose a new password",
        f"""\
Dear {name.split(" ")[0]},

somebody, probably you, asked for a new password at {firm}. Choose it here within two hours:
{address}

If it wasn't you, you need do nothing: your password stays as it is.
""",
    )
