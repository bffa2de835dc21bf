"""Which columns hold what people typed, so that a test can put attacks into every one of them."""

PEOPLES = """
    assignments: note
    audit_events: actor action subject detail{}
    brought_sheets: filename cells{} wrong{}
    card_versions: content{<>}
    cards: front<> back<>
    claims: text answer wordings{}
    client_flags: reason
    client_imports: filename rows{}
    client_service_changes: note
    clients: name
    comments: text answer hidden_reason
    contact_channels: value
    contact_import_rows: name card{}
    contact_imports: filename heading{} cells{}
    contact_shares: note
    contacts: name organisation position tags{} notes how_met cares_about
    content_request_votes: note
    content_requests: title wanted_for said answer
    contributions: title idea facts{} source reason
    credit_dispute_words: words
    credit_entries: reason
    decks: title
    empty_searches: words
    field_events: note
    field_insights: text answer
    field_reports: text
    filled_history: answers{}
    filled_worksheets: name answers{} left_over{}
    hand_over_steps: note
    hand_overs: note contact
    imports: filename rows{}
    item_checks: findings{}
    item_decision_checks: words
    item_decisions: why
    item_files: name
    item_imports: outcomes{}
    item_links: said_by words
    item_readers: reason_words
    item_state_changes: note
    item_tags: value
    items: title summary facts{} source html<> byline{}
    jobs: error
    lead_answers: note
    lead_definitions: title criteria{}
    modules: title short outcome
    opportunities: contact organisation service ask reason next_step
    people: name title
    phrases_to_avoid: why better
    pipeline_agreements: labels{} reasons{}
    pitch_drafts: title claims{} change
    pitch_versions: change
    pitch_withdrawals: reason
    pitches: title
    practices: name
    recital_comments: text
    recital_decisions: note
    recitals: text
    reminders: what
    reuse_texts: text
    reuses: note
    revisions: title summary facts{} source tags{} change
    revocations: reason
    rubric_versions: title criteria{}
    scenarios: title summary who
    services: name summary source html<>
    shared_items: line
    shares: title note private_note reach
    sign_ins: browser
    stage_changes: note reason next_step
    step_versions: title
    steps: title summary
    submission_decisions: note
    submission_remarks: text
    submissions: name words
    suggestion_rounds: before_title after after_title note reply
    talks: asker_line other_line
    thanks: contact
    touches: note
    working_copies: fields{}
    worksheets: title summary
"""
"""By table. A column of JSON, whose texts are all people's, has braces; what was made from Markdown has brackets."""


def columns() -> list[tuple[str, str, str]]:
    """Table, column, and its marks."""
    found = []
    for line in PEOPLES.strip().splitlines():
        table, _, names = line.strip().partition(": ")
        for name in names.split():
            column = name.rstrip("{<>}")
            found.append((table, column, name.removeprefix(column)))
    return found
