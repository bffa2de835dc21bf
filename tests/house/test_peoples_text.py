"""Every column of text is either people's, and then an attack is put into it, or says why it is not."""

from sqlalchemy import JSON, Enum, String, Text

from portal import schema
from tests.journeys.peoples_text import columns

OURS_BY_NAME = {
    *("key", "fingerprint", "file_hash", "sha256", "token_hash", "key_hash", "password_hash", "account", "address"),
    *("currency", "zone", "roles", "email", "measure", "of", "industry", "discipline", "practice_key", "content_type"),
    *("handler", "payload", "purpose", "renderer", "path", "uid", "match_key", "match_name", "item_key", "claim_key"),
    *("outcomes", "counts", "moved", "stamps", "ending", "node", "leads_to", "criterion", "before", "place", "row"),
}
"""Codes, hashes and numbers that the portal makes, in whatever table."""
OURS = """
    ask_rule_versions.days ask_rule_versions.subjects brought_sheets.base brought_sheets.rows cards.options
    certifications.evidence check_attempts.answers claims.replaces collision_looks.found collision_looks.keys_mark
    contact_import_rows.after contact_import_rows.differs contact_import_rows.found_by contact_import_rows.picks
    contact_import_rows.words contact_imports.closeness contact_imports.fields contact_imports.relation
    contact_imports.takes content_requests.quarter field_insights.page field_insights.quarter
    filled_history.left_over imports.unused item_decision_checks.figures item_decisions.box item_decisions.figures
    item_readers.reason item_tags.facet known_abbreviations.word lead_definitions.html modules.html
    phrases_to_avoid.forms
    pipeline_agreements.probabilities pipeline_agreements.stale_days quick_logs.touch_ids readiness_checks.answered
    readiness_checks.facts readiness_checks.lights recitals.claim_keys recitals.covered releases.effects
    releases.kind releases.practices rubric_versions.html scenario_versions.content share_passcode_tries.network
    share_salts.salt share_visits.network share_visits.pressed share_visits.reasons share_visits.visitor
    shares.passcode_hash step_versions.facts step_versions.html steps.facts steps.html stored_files.text
    suggestion_rounds.accepted weekly_items.why worksheet_versions.html worksheet_versions.sections
"""
"""What comes from content files alone, is worked out from other columns, or is never shown."""


def test_every_column_of_text_is_people_s_or_ours():
    attacked = {f"{table}.{column}" for table, column, _marks in columns()}
    unknown = {
        f"{table.name}.{column.name}"
        for table in schema.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, Text | JSON | String) and not isinstance(column.type, Enum)
        if column.name not in OURS_BY_NAME
    } - attacked
    unsaid = sorted(unknown - set(OURS.split()))
    assert not unsaid, f"Put these into tests/journeys/peoples_text.py: {unsaid}"
    both = sorted(attacked & set(OURS.split()))
    assert not both, f"These are people's: {both}"
