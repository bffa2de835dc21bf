"""What the names in the addresses of `pages.py` stand for in the demo firm."""

from tests.journeys.live import Live

ANA = "select id from people where email = 'practitioner@demo.example'"
ROW_LOOKED_AT = f"""
    select min(contact_import_rows.id) from contact_import_rows
    join contact_imports on contact_imports.id = contact_import_rows.import_id
    where contact_imports.owner_id = ({ANA}) and contact_imports.state = 'previewed'
"""
UNDER_WAY = f"""
    select min(filled_worksheets.id) from filled_worksheets join worksheets on worksheets.id = worksheet_id
    where person_id = ({ANA}) and finished_at is null and key = 'referral-request'
"""
IDS = {
    "ana": ANA,
    "lena": "select id from people where email = 'leader@demo.example'",
    "ben": "select id from people where email = 'coach@demo.example'",
    "leaver": "select max(owner_id) from contacts",
    "corporate": "select id from practices where key = 'corporate-tax'",
    "run": f"select min(id) from scenario_runs where person_id = ({ANA})",
    "ended": f"""
        select max(run_id) from scenario_choices where ending <> '' and
        run_id in (select id from scenario_runs where person_id = ({ANA}))
    """,
    "known": f"select min(id) from contacts where owner_id = ({ANA})",
    "check": f"select min(id) from readiness_checks where person_id = ({ANA})",
    "talk": f"select min(id) from talks where other_id = ({ANA})",
    "attempt": f"select min(id) from check_attempts where person_id = ({ANA})",
    "sheet": UNDER_WAY,
    "finished": f"select min(id) from filled_worksheets where person_id = ({ANA}) and finished_at is not null",
    "behind": f"""
        select min(filled_worksheets.id) from filled_worksheets join worksheets on worksheets.id = worksheet_id
        where person_id = ({ANA}) and filled_worksheets.number < worksheets.number
    """,
    "version": f"""
        select max(version) from filled_history where filled_id = ({UNDER_WAY})
    """,
    "opportunity": f"""
        select min(id) from opportunities
        where owner_id = ({ANA}) and stage = 'in-conversation' and direction = 'asked'
    """,
    "contact": f"select min(id) from contacts where owner_id = ({ANA})",
    "offered": f"select min(id) from hand_overs where to_id = ({ANA}) and state = 'offered'",
    "returned": f"select min(id) from hand_overs where from_id = ({ANA}) and state = 'returned'",
    "thanks": f"select max(id) from thanks where owner_id = ({ANA})",
    "back": """
        select min(opportunities.id) from opportunities join people on people.id = opportunities.owner_id
        where stage = 'nurture' and people.email = 'practitioner2@demo.example'
    """,
    "dispute": f"""
        select max(d.id) from credit_disputes d join opportunities o on o.id = d.opportunity_id
        where d.state = 'raised' and o.owner_id = ({ANA})
    """,
    "disputed": f"""
        select max(o.id) from credit_disputes d join opportunities o on o.id = d.opportunity_id
        where d.state = 'raised' and o.owner_id = ({ANA})
    """,
    "draft": f"select min(id) from recitals where person_id = ({ANA}) and state = 'draft'",
    "again": f"select min(id) from recitals where person_id = ({ANA}) and state = 'again'",
    "passed": f"select min(id) from recitals where person_id = ({ANA}) and state = 'passed'",
    "invitation": f"select min(id) from recital_invitations where person_id = ({ANA})",
    "waiting": """
        select min(recitals.id) from recitals join people on people.id = recitals.person_id
        where recitals.state = 'submitted' and people.email = 'leader@demo.example'
    """,
    "brought": "select max(id) from brought_sheets",
    "taken": "select filled_id from brought_sheets order by id desc limit 1",
    "came_back": f"select max(filled_id) from submissions where person_id = ({ANA}) and standing = 'returned'",
    "remark": f"""
        select min(submission_remarks.id) from submission_remarks
        join submissions on submissions.id = submission_remarks.submission_id
        where submissions.person_id = ({ANA}) and submission_remarks.by_id <> ({ANA})
    """,
    "to_read": """
        select min(submissions.id) from submissions join people on people.id = submissions.person_id
        where submissions.standing = 'waiting' and people.email = 'leader@demo.example'
    """,
    "must_read": "select min(id) from must_reads",
    "asked": f"select min(id) from comments where person_id = ({ANA}) and answer <> ''",
    "asked_open": f"select max(id) from comments where person_id = ({ANA}) and answer = ''",
    "share": f"select min(id) from shares where owner_id = ({ANA})",
    "room_id": f"select min(id) from shares where owner_id = ({ANA}) and is_room",
    "shareable": f"""
        select min(items.key) from items join shared_items on shared_items.item_id = items.id
        join shares on shares.id = shared_items.share_id where shares.owner_id = ({ANA})
    """,
    "item": "select id from items where key = 'indirect-tax-online-retailer'",
    "brought_in": "select max(id) from item_imports",
    "half_revised": "select max(item_id) from working_copies",
    "decided": "select min(id) from item_decisions where id not in (select decision_id from item_decision_checks)",
    "checked": "select min(decision_id) from item_decision_checks",
    "credential": f"select min(uid) from certifications where person_id = ({ANA})",
    "import": "select max(id) from imports",
    "contacts": f"select min(id) from contact_imports where owner_id = ({ANA}) and state = 'done'",
    "looked": f"select max(id) from contact_imports where owner_id = ({ANA}) and state = 'previewed'",
    "likely": f"{ROW_LOOKED_AT} and outcome = 'likely'",
    "fresh": f"{ROW_LOOKED_AT} and outcome = 'new'",
    "client": f"select min(id) from clients where steward_id = ({ANA})",
    "other_client": f"select max(id) from clients where steward_id = ({ANA})",
    "client_import": "select max(id) from client_imports",
    "wish": "select min(id) from content_requests where state = 'open'",
    "fulfilled": f"select max(id) from content_requests where state = 'answered' and asked_by_id = ({ANA})",
    "insight": f"select max(id) from field_insights where sent_by_id = ({ANA})",
    "idea": f"select max(id) from contributions where state = 'idea' and begun_by_id = ({ANA})",
    "suggested": f"select max(id) from contributions where state = 'suggestions' and begun_by_id = ({ANA})",
    "out": f"select max(id) from contributions where state = 'accepted' and begun_by_id = ({ANA})",
    "handed_in": "select max(id) from contributions where state = 'submitted'",
    "service": "select id from services where key = 'statutory-audit'",
}
"""What the names in the addresses stand for."""


def ids(portal: Live) -> dict[str, str]:
    """The ids of this firm."""
    return {name: str(portal.value(question)) for name, question in IDS.items()}
