"""What marketing and admins send about how the pipeline is run."""

from typing import Any

from wtforms import HiddenField, StringField

from portal.forms import Form, Whole, chosen, day, line, record, text
from portal.money import CURRENCY
from portal.pipeline.agreement import Terms
from portal.pipeline.stages import CLOSED, OPEN, PROBABILITIES, Stage

LONGEST_LABEL = 30
MOST_REASONS = 12


def _whole(label: str, least: int, most: int) -> StringField:
    return line(label, checks=[Whole(least, most)], render_kw={"inputmode": "numeric"})


class TermsForm(Form):
    """Stage by stage: its name, how likely it leads to work, when it is stale, why it ended."""

    number = HiddenField(validators=[Whole(0, 10**9)])
    answer_days = _whole("Working days to answer a hand-over", 1, 30)

    @classmethod
    def of(cls, terms: Terms) -> "TermsForm":
        """The form with what holds now."""
        start: dict[str, Any] = {"number": str(terms.number), "answer_days": str(terms.answer_days)}
        for stage in Stage:
            name = stage.name.lower()
            start[f"label_{name}"] = terms.labels[stage]
            start[f"probability_{name}"] = str(terms.probabilities.get(stage, ""))
            start[f"stale_{name}"] = str(terms.stale_days.get(stage, ""))
            start[f"reasons_{name}"] = "\n".join(terms.reasons.get(stage, []))
        return cls(**start)

    @property
    def terms(self) -> Terms:
        """What was sent, as an agreement."""

        def of(kind: str, stage: Stage) -> Any:
            return self[f"{kind}_{stage.name.lower()}"].data

        return Terms(
            self.number.data,
            {stage: of("label", stage) for stage in Stage},
            {stage: of("probability", stage) for stage in PROBABILITIES},
            {stage: of("stale", stage) for stage in OPEN},
            {stage: _lines(of("reasons", stage)) for stage in CLOSED},
            self.answer_days.data,
        )


def _lines(typed: str) -> list[str]:
    return list(dict.fromkeys(part.strip()[:100] for part in typed.splitlines() if part.strip()))[:MOST_REASONS]


for _stage in Stage:
    _name = _stage.name.lower()
    setattr(TermsForm, f"label_{_name}", line("Name", longest=LONGEST_LABEL))
    if _stage in PROBABILITIES:
        setattr(TermsForm, f"probability_{_name}", _whole("Won, of 100", 0, 100))
    if _stage in OPEN:
        setattr(TermsForm, f"stale_{_name}", _whole("Stale after days", 1, 365))
    if _stage in CLOSED:
        setattr(TermsForm, f"reasons_{_name}", text("Reasons, one a line", longest=2000, rows=6))


class RateForm(Form):
    """What another currency is in the firm's."""

    currency = line("Currency", "Three capitals, like USD.", longest=3)
    rate = line("Rate", "What one unit is in the firm's currency, like 0.92.", longest=20)
    from_on = day("From")

    def validate(self, extra_validators: Any = None) -> bool:
        """Small letters are meant as capitals."""
        typed = (self.currency.data or "").upper()
        self.currency.data = typed if CURRENCY.fullmatch(typed) else self.currency.data
        return super().validate(extra_validators)


class DeskForm(Form):
    """Who sits at the sales desk."""

    colleague = record(
        "Colleague", "Begin to type a name, and choose.", suggestions="/colleagues/suggestions", into="person_id"
    )
    person_id = chosen()
