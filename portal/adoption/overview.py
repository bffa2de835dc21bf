"""The leader's page: figures, heat map, modules and stages, put together from the running totals."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from portal import charts
from portal.accounts.viewer import Viewer
from portal.adoption import noticed, queries
from portal.adoption.headline import Headline, Part, headline
from portal.adoption.periods import Periods
from portal.adoption.queries import Family, Place
from portal.certification import fluent
from portal.counters import queries as counters
from portal.learning import queries as learning
from portal.money import half_even, said_short
from portal.pipeline import agreement
from portal.pipeline.models import OpportunityKind
from portal.pipeline.stages import OPEN, Stage, probability


class Sums:
    """Rows of totals, to be asked for by what they count."""

    def __init__(self, rows: Iterable[Any]):
        self._n: dict[tuple[str, str | date, int | None], int] = defaultdict(int)
        self._amount: dict[tuple[str, str | date], int] = defaultdict(int)
        for part, measure, key, n, amount in rows:
            self._n[measure, key, part] += n
            self._n[measure, key, None] += n
            self._amount[measure, key] += amount

    def n(self, measure: str, key: str | date = "", part: int | None = None) -> int:
        """How many; of one part, or of all."""
        return max(0, self._n.get((measure, key, part), 0))

    def amount(self, measure: str, key: str | date) -> int:
        """Of what value, in minor units."""
        return max(0, self._amount.get((measure, key), 0))


@dataclass(frozen=True)
class Figure:
    """A number with its meaning and its course."""

    value: str
    means: str
    name: str
    spark: charts.Spark


@dataclass(frozen=True)
class Cell:
    """The share of a part's people who have done a module."""

    key: str
    percent: int
    done: int
    tone: int


@dataclass(frozen=True)
class HeatRow:
    """One part of the practice in the heat map."""

    place: Place
    people: int
    cells: list[Cell]
    is_itself: bool
    """The people who belong to the practice shown directly, beside those below it."""


@dataclass(frozen=True)
class ModuleRow:
    """Where all people stand in one module."""

    key: str
    title: str
    done: int
    under_way: int
    not_started: int
    done_percent: int
    under_way_percent: int


@dataclass(frozen=True)
class StageRow:
    """What stands in one stage."""

    label: str
    referrals: int
    cross_sells: int
    value: str
    is_open: bool
    amount: int
    weighted: int
    """The value by how likely the stage leads to work."""


@dataclass(frozen=True)
class Overview:
    """All that the page shows."""

    family: Family
    people: int
    headline: Headline
    figures: list[Figure]
    modules: list[ModuleRow]
    columns: Sequence[Any]
    heat: list[HeatRow]
    stages: list[StageRow]
    open_stages: list[charts.Bar]
    open_reading: str
    quiet: Sequence[Any]
    thanks: Sequence[noticed.Thanks]
    fluency: fluent.Fluency | None
    """How fluent the practice is; empty while no pitch is in force."""


def overview(viewer: Viewer, practice_id: int | None, *, now: datetime, currency: str) -> Overview:
    """How a practice and everything below it is doing; the first one led when none is asked for."""
    family = queries.family(viewer, practice_id)
    columns = learning.modules()
    periods = Periods(viewer.today(now))
    shown = family.practice
    levels = Sums(counters.levels(shown.id))
    flows = Sums(counters.flows(shown.id, weeks_since=periods.weeks[0], months_since=periods.months[0]))
    people = levels.n("people")
    heat = _heat(family, columns, levels)
    terms = agreement.in_force()
    stages = [_stage(stage, terms, levels, currency) for stage in Stage]
    return Overview(
        family=family,
        people=people,
        headline=_headline(people, heat, flows, periods),
        figures=[
            *_figures(people, columns, levels, flows, periods),
            _touchpoints(shown.id in counters.disclosable(), levels, flows, periods),
            _asks(flows, periods),
            _won(levels, flows, periods, currency),
        ],
        modules=[_module(row, people, levels) for row in columns],
        columns=columns,
        heat=heat,
        stages=stages,
        open_stages=charts.bars([(row.label, row.amount, row.value) for row in stages if row.is_open]),
        open_reading=_open_reading(stages, currency),
        quiet=noticed.gone_quiet(shown.path, people=people, today=periods.today),
        thanks=noticed.deserve_thanks(viewer, shown.path, people=people, now=now),
        fluency=fluent.of_practice(shown.id, shown.path, now),
    )


def _headline(people: int, heat: list[HeatRow], flows: Sums, periods: Periods) -> Headline:
    def weeks(part: int | None) -> list[int]:
        return [flows.n("active-people", monday, part) for monday in periods.weeks]

    parts = [Part(row.place.name, row.people, weeks(row.place.id)) for row in heat if not row.is_itself]
    return headline(people, weeks(None), flows.n("active-people", periods.this_week), parts, periods.weeks)


def _heat(family: Family, columns: Sequence[Any], levels: Sums) -> list[HeatRow]:
    shown = family.practice
    rows = []
    for place in (shown, *family.parts):
        people = levels.n("people", part=place.id)
        if people == 0 and place is shown and family.parts:
            continue
        cells = []
        for column in columns:
            done = levels.n("module-done", column.key, place.id)
            percent = charts.share(done, people)
            cells.append(Cell(column.key, percent, done, charts.tone(percent)))
        rows.append(HeatRow(place, people, cells, is_itself=place is shown and bool(family.parts)))
    return rows


def _figures(people: int, columns: Sequence[Any], levels: Sums, flows: Sums, periods: Periods) -> list[Figure]:
    def by_month(measure: str) -> list[int]:
        return [flows.n(measure, month) for month in periods.months]

    done = sum(levels.n("module-done", column.key) for column in columns)
    under_way = sum(levels.n("module-under-way", column.key) for column in columns)
    drills = flows.n("drills-by-month", periods.this_month)
    return [
        Figure(
            f"{flows.n('active-people', periods.this_week):,}",
            f"active this week, of {people:,}",
            "People active by week",
            charts.spark([flows.n("active-people", monday) for monday in periods.weeks]),
        ),
        Figure(
            f"{done:,}",
            f"{_counted(done, 'module')} done, {under_way:,} under way",
            "Modules done by month",
            charts.spark(by_month("modules-by-month"), per="month"),
        ),
        Figure(
            f"{drills:,}",
            f"{_counted(drills, 'card')} practised this month",
            "Cards practised by month",
            charts.spark(by_month("drills-by-month"), per="month"),
        ),
    ]


def _touchpoints(may_show: bool, levels: Sums, flows: Sums, periods: Periods) -> Figure:
    """Touches of the last full month; the month that runs would tell of a single press."""
    name = "Touchpoints made by month"
    if not may_show:
        hidden = charts.Spark("", "Hidden: the group is under five, or another figure would tell of one.")
        return Figure("\u2013", "touchpoints made", name, hidden)
    made = [flows.n("touches-by-month", month) for month in periods.months]
    contacts = levels.n("contacts")
    means = f"{_counted(made[-1], 'touchpoint')} made in {periods.months[-1]:%B}; {contacts:,} contacts kept"
    return Figure(f"{made[-1]:,}", means, name, charts.spark(made, per="month"))


def _asks(flows: Sums, periods: Periods) -> Figure:
    asks = sum(flows.n("asks-by-month", month) for month in periods.quarter)
    made = [flows.n("asks-by-month", month) for month in periods.months]
    return Figure(
        f"{asks:,}", f"{_counted(asks, 'ask')} this quarter", "Asks by month", charts.spark(made, per="month")
    )


def _counted(number: int, what: str) -> str:
    return what if number == 1 else f"{what}s"


def _won(levels: Sums, flows: Sums, periods: Periods, currency: str) -> Figure:
    won = sum(flows.n("won-by-month", month) for month in periods.year)
    value = sum(flows.amount("won-by-month", month) for month in periods.year)
    open_n = sum(levels.n(kind, stage) for kind in OpportunityKind for stage in OPEN)
    open_value = sum(levels.amount(kind, stage) for kind in OpportunityKind for stage in OPEN)
    amounts = [flows.amount("won-by-month", month) for month in periods.months]
    return Figure(
        said_short(value, currency),
        f"won this year, from {won:,}; {said_short(open_value, currency)} open in {open_n:,}",
        "Value won by month",
        charts.spark(amounts, [said_short(amount, currency) for amount in amounts], "month"),
    )


def _module(row: Any, people: int, levels: Sums) -> ModuleRow:
    done, under_way = levels.n("module-done", row.key), levels.n("module-under-way", row.key)
    return ModuleRow(
        key=row.key,
        title=row.title,
        done=done,
        under_way=under_way,
        not_started=max(0, people - done - under_way),
        done_percent=charts.share(done, people),
        under_way_percent=charts.share(under_way, people),
    )


def _stage(stage: Stage, terms: agreement.Terms, levels: Sums, currency: str) -> StageRow:
    value = sum(levels.amount(kind, stage) for kind in OpportunityKind)
    return StageRow(
        terms.labels[stage],
        levels.n(OpportunityKind.REFERRAL, stage),
        levels.n(OpportunityKind.CROSS_SELL, stage),
        said_short(value, currency),
        stage in OPEN,
        value,
        half_even(value * probability(stage, terms.probabilities), 100),
    )


def _open_reading(stages: list[StageRow], currency: str) -> str:
    most = max((row for row in stages if row.is_open), key=lambda row: row.amount)
    if not most.amount:
        return "Nothing that is open has a value yet."
    weighted = said_short(sum(row.weighted for row in stages if row.is_open), currency)
    return (
        f"Most of the open value, {most.value}, stands at “{most.label}”. "
        f"Weighted by how likely each stage leads to work, all of it comes to {weighted}."
    )
