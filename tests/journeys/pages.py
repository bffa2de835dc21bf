"""Every page there is, with who looks at it, at addresses that lead to something real in the demo firm."""

from tests.journeys.live import Live

NOBODY = "nobody"
FILES = {
    "static",
    "accounts.suggestions",
    "clients.service_suggestions",
    "clients.suggestions",
    "library.suggestions",
    "message.suggestions",
    "network.suggestions",
    "studio.release_progress",
    "healthz",
    "readyz",
    "adoption.export",
    "certification.export",
    "certification.issuer",
    "certification.key",
    "certification.key_set",
    "certification.paper",
    "certification.status",
    "certification.token",
    "certification.unsigned",
    "people.export",
    "people.export_audit_log",
    "people.file_to_start_from",
    "people.progress",
    "people.refused_rows",
    "drills.pack",
    "pipeline.export_csv",
    "pipeline.export_xlsx",
    "recitals.pieces",
    "recitals.sound",
    "worksheets.blank_paper",
    "worksheets.filled_paper",
    "worksheets.workbook",
}
"""What is read by programs, and is no page."""

PAGES = {
    NOBODY: "/sign-in /reset-password {link}",
    "practitioner": """
        / /settings /settings/password
        /modules /modules/value-proposition /modules/referrals /modules/network
        /modules/value-proposition/so-who-do-you-work-for /modules/referrals/who-and-when
        /modules/value-proposition/check /modules/value-proposition/check/attempts/{attempt} /modules/referrals/check
        /modules/cross-selling/drills /modules/referrals/worksheet /modules/value-proposition/field-task
        /modules/referrals/field-task
        /drills /drills/value-proposition /drills/referrals /drills/pitch-firm /drills/settings
        /drills/field-events /drills/field-events/new
        /drills/conversations/so-who-do-you-work-for /drills/conversation-runs/{run} /drills/conversation-runs/{ended}
        /pitch /pitch/tax-advisory /pitch/firm/versions /pitch/firm/versions/2
        /pitch/firm/versions?day=2026-06-01 /pitch/firm/compare /pitch/firm/from-memory?step=3
        /pitch/firm?listener=finance
        /recitals /recitals/new /recitals/new?pitch=firm&scope=changes /recitals/{draft} /recitals/{again}
        /recitals/{passed} /recitals/{draft}/colleagues?q=be /recitals/invitations/{invitation}
        /certification /credentials/{credential}
        /worksheets /worksheets/referral-request/new /worksheets/cross-sell/new
        /worksheets/filled/{sheet} /worksheets/filled/{sheet}?missing=1 /worksheets/filled/{sheet}/history
        /worksheets/filled/{finished}/read /worksheets/filled/{finished}/history
        /worksheets/filled/{sheet}/history/{version} /worksheets?state=archived /worksheets/filled/{behind}/newer
        /worksheets/filled/{came_back}/coach /worksheets/filled/{sheet}/coach /worksheets/filled/{came_back}/submit
        /worksheets/filled/{came_back}/read /worksheets/remarks/{remark}/answer
        /worksheets/filled/{sheet}/take-along /worksheets/filled/{finished}/take-along
        /worksheets/filled/{sheet}/brought/{brought}
        /worksheets/reminders /worksheets/reminders?done=1 /worksheets/filled/{sheet}/rows/{asks}
        /pipeline /pipeline?view=list&state=all /pipeline?state=closed /pipeline?words=nothing-like-it
        /pipeline/new /pipeline/new?kind=cross-sell /pipeline/{opportunity} /pipeline/{opportunity}/facts {row}
        /library /library?q=handovr /library?q=xylophone&kind=case-study /library/indirect-tax-online-retailer
    """,
    "leader": """
        /team /team/practices/{corporate} /team/people /team/people?module=referrals&state=not-started&quiet=1
        /team/people?q=nobody-like-her /team/people/{ana} /team/assign /team/assign?person={ana} /team/assignments
        /team/people?certified=no /certification/as-of /certification/as-of?day=2000-01-01
        /certification/{credential}/revoke
    """,
    "marketing": """
        /studio /studio?show=drafts /studio?show=review /studio?show=archived /studio/items/new /studio/items/{item}
        /studio/items/{item}/revisions /studio/pitches/new /studio/pitches/firm
        /certification/rules /certification/fluency
        /studio/pitches/tax-advisory /studio/pitches/firm/lines /studio/pitches/firm/releases
        /studio/pitches/firm/versions/2/withdraw
    """,
    "admin": """
        /people /people?words=nobody-like-her /people/new /people/{lena} /people/{lena}/roles
        /people/practices /people/practices/new /people/practices/{corporate}
        /people/import /people/imports/{import} /people/imports/{import}/start?outcome=refused
        /people/audit /people/audit?words=nobody-like-her /people/mail /people/jobs
    """,
    "executive": "/ /team",
    "coach": "/ /pipeline /coaching /coaching?kind=worksheet /coaching/{waiting} /coaching/worksheets/{to_read}",
    "leader2": "/ /team",
    "practitioner2": "/ /worksheets",
}
"""Who opens what. Every route that answers a browser with a page stands here."""

TURNED_AWAY = {
    NOBODY: ["/nowhere", "/choose-password/spent"],
    "practitioner": ["/nowhere", "/people", "/team", "/library/no-such-item"],
}
"""Addresses that end on an error page."""

PRESSED = [
    (NOBODY, "/sign-in", "Sign in"),
    ("practitioner", "/pipeline/new", "Log the ask"),
    ("practitioner", "/modules/referrals/check", "See how you did"),
    ("practitioner", "/settings", "Change the password"),
    ("leader", "/team/assign", "Assign the module"),
    ("marketing", "/studio/items/new", "Publish"),
    ("marketing", "/studio/pitches/new", "See what changes"),
    ("admin", "/people/new", "Add"),
    ("admin", "/people/import", "Look at the file"),
]
"""Forms that are sent empty, and say what is missing."""

ANA = "select id from people where email = 'practitioner@demo.example'"
IDS = {
    "ana": ANA,
    "lena": "select id from people where email = 'leader@demo.example'",
    "corporate": "select id from practices where key = 'corporate-tax'",
    "run": f"select min(id) from scenario_runs where person_id = ({ANA})",
    "ended": f"""
        select max(run_id) from scenario_choices where ending <> '' and
        run_id in (select id from scenario_runs where person_id = ({ANA}))
    """,
    "attempt": f"select min(id) from check_attempts where person_id = ({ANA})",
    "sheet": f"select min(id) from filled_worksheets where person_id = ({ANA}) and finished_at is null",
    "finished": f"select min(id) from filled_worksheets where person_id = ({ANA}) and finished_at is not null",
    "behind": f"""
        select min(filled_worksheets.id) from filled_worksheets join worksheets on worksheets.id = worksheet_id
        where person_id = ({ANA}) and filled_worksheets.number < worksheets.number
    """,
    "version": f"""
        select max(version) from filled_history where filled_id =
        (select min(id) from filled_worksheets where person_id = ({ANA}) and finished_at is null)
    """,
    "opportunity": f"select min(id) from opportunities where owner_id = ({ANA}) and stage = 'in-conversation'",
    "draft": f"select min(id) from recitals where person_id = ({ANA}) and state = 'draft'",
    "again": f"select min(id) from recitals where person_id = ({ANA}) and state = 'again'",
    "passed": f"select min(id) from recitals where person_id = ({ANA}) and state = 'passed'",
    "invitation": f"select min(id) from recital_invitations where person_id = ({ANA})",
    "waiting": """
        select min(recitals.id) from recitals join people on people.id = recitals.person_id
        where recitals.state = 'submitted' and people.email = 'leader@demo.example'
    """,
    "brought": "select max(id) from brought_sheets",
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
    "item": "select id from items where key = 'indirect-tax-online-retailer'",
    "credential": f"select min(uid) from certifications where person_id = ({ANA})",
    "import": "select max(id) from imports",
}
"""What the names in the addresses stand for."""


def ids(portal: Live) -> dict[str, str]:
    """The ids of this firm."""
    return {name: str(portal.value(question)) for name, question in IDS.items()}


def addresses(who: str, given: dict[str, str]) -> list[str]:
    """What somebody opens."""
    return [address.format(**given) for address in PAGES[who].split()]
