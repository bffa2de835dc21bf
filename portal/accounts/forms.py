"""What people send about themselves."""

from wtforms import HiddenField, PasswordField
from wtforms.validators import Email, EqualTo, InputRequired, Length

from portal.forms import Form, Whole, choice, line

_EMAIL = Email("That doesn't look like an e-mail address.")
NEW_PASSWORD = "At least 12 characters. A short sentence works well."


def _password(label: str, help: str = "", **given: str) -> PasswordField:
    return PasswordField(
        label,
        [InputRequired("This is needed."), Length(max=1000, message="That is too long.")],
        description=help,
        render_kw=given,
    )


def _again() -> PasswordField:
    return PasswordField(
        "The same again",
        [InputRequired("This is needed."), EqualTo("password", "The two don't match.")],
        render_kw={"autocomplete": "new-password"},
    )


class SignInForm(Form):
    """E-mail and password."""

    email = line("E-mail", render_kw={"autocomplete": "username", "type": "email", "autofocus": True})
    password = _password("Password", autocomplete="current-password")
    next = HiddenField()
    unsent = HiddenField()


class AskForResetForm(Form):
    """Whose password is to be chosen anew."""

    email = line("E-mail", checks=[_EMAIL], render_kw={"autocomplete": "username", "type": "email"})


class ChoosePasswordForm(Form):
    """A new password, by link."""

    password = _password("New password", NEW_PASSWORD, autocomplete="new-password")
    again = _again()


class ChangePasswordForm(Form):
    """A new password, knowing the old one."""

    old = _password("Present password", autocomplete="current-password")
    password = _password("New password", NEW_PASSWORD, autocomplete="new-password")
    again = _again()


class AboutMeForm(Form):
    """One's own name and time zone."""

    name = line("Name", "As colleagues and clients know you.", render_kw={"autocomplete": "name"})
    zone = choice("Time zone", [], "Days and times on your pages follow it.", optional=True)
    version = HiddenField(validators=[Whole(1, 10**9)])
