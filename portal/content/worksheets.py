"""Whether the fields of a worksheet fit together: each kind has the facts it needs, and what is named exists."""

from portal.content.files import Document, Fact
from portal.content.shapes import Values
from portal.worksheets import formulas
from portal.worksheets.definition import BECOMES, COMPUTED, DAYS, TABLE, Field, clean, misfit, read
from portal.worksheets.definition import fields as fields_of
from portal.worksheets.kinds import NUMBERS

NEEDS = {"choice": ("options",), "table": ("columns",), "scale": ("from", "to"), "computed": ("formula",)}
MAY = {"table": ("becomes", "rank_by", "start"), "scale": ("low", "high")}
NEVER = {"table": ("fresh_days",), "computed": ("fresh_days", "optional")}
OWNERS = {name: owner for facts in (NEEDS, MAY) for owner, names in facts.items() for name in names}
MOST_STEPS = 11


def fields_differ(document: Document, found: Values) -> None:
    """No two fields have one key, also in different sections."""
    seen: set[str] = set()
    for fact in _fields(document):
        name = fact.value["key"]
        if name.value in seen:
            document.problem(name.line, f"The key '{name.value}' is used in another section already.")
        seen.add(name.value)


def fields_work(document: Document, found: Values) -> None:
    """Each field and column has what its kind needs and nothing of another kind, and refers to what is there."""
    for fact in _fields(document):
        _check_facts(document, fact)
        for each in fact.value["columns"].value if "columns" in fact.value else []:
            _check_facts(document, each)
    if document.problems:
        return
    known = fields_of(read(found["sections"]))
    for fact in _fields(document):
        field = known[fact.value["key"].value]
        _check_table(document, fact, field)
    _check_formulas(document, known)


def _fields(document: Document) -> list[Fact]:
    sections = document.facts.value["sections"].value if "sections" in document.facts.value else []
    return [fact for section in sections for fact in section.value["fields"].value]


def _check_facts(document: Document, fact: Fact) -> None:
    kind = fact.value["kind"].value
    for name in NEEDS.get(kind, ()):
        if name not in fact.value:
            document.problem(fact.line, f"A {kind} needs '{name}'.")
    strange = [name for name, owner in OWNERS.items() if name in fact.value and kind != owner]
    for name in strange[:1]:
        document.problem(fact.value[name].line, f"Only a {OWNERS[name]} has '{name}'.")
    for name in NEVER.get(kind, ()):
        if name in fact.value:
            document.problem(fact.value[name].line, f"A {kind} field has no '{name}'.")
    if kind == "scale" and not document.problems:
        _check_scale(document, fact)


def _check_scale(document: Document, fact: Fact) -> None:
    steps = int(fact.value["to"].value) - int(fact.value["from"].value) + 1
    if not 2 <= steps <= MOST_STEPS:
        document.problem(fact.value["to"].line, f"A scale has 2 to {MOST_STEPS} steps; this one has {max(0, steps)}.")


def _check_table(document: Document, fact: Fact, field: Field) -> None:
    if field.kind != TABLE:
        return
    kinds = {column.key: column.kind for column in field.columns}
    if "becomes" in fact.value:
        _check_becomes(document, fact, kinds)
    if field.rank_by and kinds.get(field.rank_by) not in NUMBERS:
        document.problem(
            fact.value["rank_by"].line,
            f"'rank_by' must name a number, scale or computed column, not '{field.rank_by}'.",
        )
    for row in fact.value["start"].value if "start" in fact.value else []:
        _check_start(document, row, field)


def _check_becomes(document: Document, fact: Fact, kinds: dict[str, str]) -> None:
    becomes = fact.value["becomes"]
    missing = [name for name in BECOMES[becomes.value] if name not in kinds]
    if missing:
        document.problem(
            becomes.line, f"To become a {becomes.value}, the table needs the columns {', '.join(missing)}."
        )
    for column in fact.value["columns"].value:
        name = column.value["key"].value
        if not missing and name in DAYS and kinds[name] != "date":
            document.problem(column.value["key"].line, f"The column '{name}' must have the kind date.")


def _check_start(document: Document, row: Fact, field: Field) -> None:
    columns = {column.key: column for column in field.columns}
    for name, text in row.value.items():
        column = columns.get(name)
        if column is None or column.kind == COMPUTED:
            document.problem(text.line, f"'{name}' is no column of this table that can be filled.")
        elif reason := misfit(column, clean(column.kind, text.value)):
            document.problem(text.line, f"'{text.value[:40]}' can't stand in '{name}'. {reason}")


def _check_formulas(document: Document, known: dict[str, Field]) -> None:
    answered = {key: _numbers(field, results=False) for key, field in known.items() if field.kind == TABLE}
    results = {key: _numbers(field, results=True) for key, field in known.items() if field.kind == TABLE}
    before: set[str] = {field.key for field in known.values() if field.kind in NUMBERS and field.kind != COMPUTED}
    for fact in _fields(document):
        key = fact.value["key"].value
        _check_formula(document, fact, before, results)
        if known[key].kind == COMPUTED:
            before.add(key)
        names = set(answered.get(key, ()))
        for column in fact.value["columns"].value if "columns" in fact.value else []:
            _check_formula(document, column, names, answered)
            names |= {column.value["key"].value} & results[key]


def _check_formula(document: Document, fact: Fact, names: set[str], tables: dict[str, set[str]]) -> None:
    if "formula" in fact.value and (reason := formulas.wrong(fact.value["formula"].value, names, tables)):
        document.problem(fact.value["formula"].line, f"The formula doesn't work. {reason}")


def _numbers(table: Field, *, results: bool) -> set[str]:
    kinds = NUMBERS if results else tuple(kind for kind in NUMBERS if kind != COMPUTED)
    return {column.key for column in table.columns if column.kind in kinds}
