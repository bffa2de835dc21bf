"""Every page there is, with who looks at it, at addresses that lead to something real in the demo firm."""

NOBODY = "nobody"
FILES = {
    "static",
    "accounts.suggestions",
    "attachments.one",
    "asking.kept_csv",
    "asking.kept_xlsx",
    "address_book.export",
    "address_book.export_cards",
    "address_book.file_to_start_from",
    "address_book.left_out",
    "address_book.progress",
    "clients.export_csv",
    "clients.export_xlsx",
    "clients.file_to_start_from",
    "clients.matrix_csv",
    "clients.matrix_xlsx",
    "clients.refused_clients",
    "clients.service_suggestions",
    "credit.export_if_they_left",
    "credit.export_mine",
    "credit.export_origination",
    "credit.export_origination_rows",
    "credit.suggestions",
    "clients.suggestions",
    "usage.export_board",
    "usage.export_influence",
    "usage.export_item",
    "usage.export_mine",
    "network.export_csv",
    "network.export_xlsx",
    "library.plain_text",
    "insights.export_insights_csv",
    "insights.export_insights_xlsx",
    "library.suggestions",
    "readership.people_csv",
    "readership.people_xlsx",
    "message.suggestions",
    "network.suggestions",
    "stewardship.penetration_csv",
    "stewardship.penetration_xlsx",
    "studio.export_item",
    "studio.export_items",
    "studio.export_csv",
    "studio.export_xlsx",
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
    "pipeline.sources_csv",
    "pipeline.sources_xlsx",
    "recitals.pieces",
    "recitals.sound",
    "sharing.file",
    "worksheets.blank_paper",
    "worksheets.filled_paper",
    "worksheets.workbook",
}
"""What is read by programs, and is no page."""

PAGES = {
    NOBODY: "/sign-in /reset-password {link} {package} {shared} {shared}?count=no {room} {locked}",
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
        /worksheets/filled/{taken}/brought/{brought}
        /worksheets/reminders /worksheets/reminders?done=1 /worksheets/filled/{sheet}/rows/{asks}
        /network /network?state=due /network?words=nothing-like-it /network/new /network/settings /network/picture
        /network/growth /network/shared /network/{contact} /network/{contact}/facts /network/{contact}/say
        /network/{contact}/share
        /pipeline /pipeline?view=list&state=all /pipeline?state=closed /pipeline?words=nothing-like-it
        /pipeline/{opportunity}/ready /asking /asking?kind=cross-sell /asking/kept /asking/kept/{check} /asking/rules
        /asking/rules/1 /asking/talks /asking/talks/{talk} /log /log?contact={known}
        /pipeline/new /pipeline/new?kind=cross-sell /pipeline/{opportunity} /pipeline/{opportunity}/facts {row}
        /network/import /network/import/{contacts} /network/import/{contacts}?show=made
        /network/import/{looked} /network/import/{looked}?show=likely /network/import/{looked}/columns
        /network/import/{looked}/rows/{likely} /network/import/{looked}/rows/{fresh}
        /pipeline?care=no-step /pipeline?care=stale /pipeline?state=resting /pipeline?state=all&kind=given
        /pipeline/new?kind=referral&direction=received /pipeline/sources /pipeline/sources?words=nobody-like-her
        /pipeline/{opportunity}/lead /pipeline/{opportunity}/hand-over /pipeline/hand-overs
        /pipeline/hand-overs?show=sent /pipeline/hand-overs/{offered} /pipeline/hand-overs/{returned}
        /pipeline/thanks/{thanks}
        /pipeline/{opportunity}/credit /pipeline/{opportunity}/credit/dispute /pipeline/{disputed}/credit
        /pipeline/{disputed}/credit/disputes/{dispute}/answer /credit/mine /credit/mine?period=last-year
        /clients /clients?words=nothing-like-it /clients?steward=mine&flagged=1 /clients/new /clients/{client}
        /clients/{client}/facts /clients/{client}/flags /clients/{client}/merge /clients/{client}/merge/{other_client}
        /clients/matrix /clients/matrix?steward=mine /clients/{client}/services/{service}
        /clients/services /clients/services/{service}
        /shares /shares/new /shares/new?item={shareable} /shares/rooms/new /shares/{share} /shares/{share}/settings
        /shares/{room_id} /shares/{room_id}/items {shared}
        /library /library?q=handovr /library?q=xylophone&kind=case-study /library/indirect-tax-online-retailer
        /library/introduction-email /library/indirect-tax-online-retailer/usefulness/why /library/new-for-you
        /library/must-read /library/comments /library/comments?show=mine /library/comments/{asked}
        /library/comments/{asked_open}/edit /library/introduction-email/comments/new
        /studio/mine
        /usage/mine /usage/items/{item}/used /usage/opportunities/{opportunity}/content
        /requests /requests?state=answered /requests?words=nothing-like-it /requests/new /requests/new?title=hiring
        /requests/{wish} /requests/{fulfilled}
        /contribute /contribute/new /contribute/{idea} /contribute/{idea}/edit /contribute/{idea}/authors
        /contribute/{suggested} /contribute/{suggested}/suggestions /contribute/{out}
        /contribute/reuse/indirect-tax-online-retailer
        /insights /insights?mine=1&kind=trend /insights?words=nothing-like-it /insights/new /insights/{insight}
    """,
    "leader": """
        /team /team/practices/{corporate} /team/people /team/people?module=referrals&state=not-started&quiet=1
        /team/people?q=nobody-like-her /team/people/{ana} /team/assign /team/assign?person={ana} /team/assignments
        /clients/penetration
        /team/people?certified=no /certification/as-of /certification/as-of?day=2000-01-01
        /certification/{credential}/revoke
        /team/origination /team/origination?period=last-year&role=content /team/origination/rows?person={ben}
        /library/must-read/{must_read}
        /team/rainmaker-risk /team/rainmaker-risk?practice={corporate}&counts=all /team/rainmaker-risk/people/{ben}
        /pipeline/{disputed}/credit /pipeline/{disputed}/credit/disputes/{dispute}/decide
    """,
    "marketing": """
        /studio /studio?show=drafts /studio?show=in-review /studio?show=scheduled /studio?show=soon
        /studio?show=overdue /studio?show=expired /studio?show=archived&words=nothing-like-it /studio/needs-a-look
        /studio/items/new /studio/items/{item} /studio/items/{item}/publish /studio/items/{item}/state
        /studio/import /studio/import/{brought_in} /studio/items/{half_revised} /studio/content-folder
        /studio/items/{item}/revisions /studio/pitches/new /studio/pitches/firm
        /certification/rules /certification/fluency
        /contribute/to-edit /contribute/to-edit?show=taken /contribute/{handed_in} /contribute/{handed_in}/suggest
        /contribute/{handed_in}/decline /contribute/reuse/indirect-tax-online-retailer
        /requests/to-answer /requests/to-answer?state=being-written /requests/{wish} /requests/{wish}/take
        /requests/{wish}/answer /requests/{wish}/decline /requests/{wish}/merge
        /insights/to-answer /insights/{insight} /insights/{insight}/answer
        /studio/pitches/tax-advisory /studio/pitches/firm/lines /studio/pitches/firm/releases
        /studio/pitches/firm/versions/2/withdraw
        /library/must-read/all /library/must-read/{must_read}?show=read /library/introduction-email/must-read
        /library/comments?show=settled /library/comments/{asked_open}
        /pipeline/stages /pipeline/sales-desk /pipeline/rates
        /clients/services/new /clients/services/{service}/edit /clients/penetration
        /usage/scoreboard /usage/scoreboard?box=useful&kind=case-study /usage/scoreboard?discipline=nothing-like-it
        /usage/influence /usage/influence?order=value /usage/items/{item} /usage/items/{item}?time=year&what=helped
        /usage/items/{item}/decide /usage/decisions /usage/decisions?show=later /usage/decisions?show=checked
        /usage/decisions/{decided} /usage/decisions/{checked}
    """,
    "admin": """
        /people /people?words=nobody-like-her /people/new /people/{lena} /people/{lena}/roles
        /people/{lena}/leaving /people/{leaver}/leaving
        /people/practices /people/practices/new /people/practices/{corporate}
        /people/import /people/imports/{import} /people/imports/{import}/start?outcome=refused
        /clients/import /clients/imports/{client_import}
        /people/audit /people/audit?words=nobody-like-her /people/mail /people/jobs
    """,
    "executive": "/ /team",
    "coach": "/ /pipeline /coaching /coaching?kind=worksheet /coaching/{waiting} /coaching/worksheets/{to_read}",
    "leader2": "/ /team",
    "practitioner2": "/ /worksheets /pipeline?state=resting /pipeline/{back}",
}
"""Who opens what. Every route that answers a browser with a page stands here."""

TURNED_AWAY = {
    NOBODY: ["/nowhere", "/choose-password/spent"],
    "practitioner": ["/nowhere", "/people", "/team", "/library/no-such-item"],
}
"""Addresses that end on an error page."""

PRESSED = [
    (NOBODY, "/sign-in", "Sign in"),
    ("practitioner", "/network/new", "Add to my network"),
    ("practitioner", "/pipeline/new", "Log it"),
    ("practitioner", "/log", "Read it"),
    ("practitioner", "/shares/new", "Make the link"),
    ("practitioner", "/modules/referrals/check", "See how you did"),
    ("practitioner", "/settings", "Change the password"),
    ("practitioner", "/network/import", "Look at the file"),
    ("leader", "/team/assign", "Assign the module"),
    ("marketing", "/studio/items/new", "Publish"),
    ("marketing", "/studio/pitches/new", "See what changes"),
    ("admin", "/people/new", "Add"),
    ("admin", "/people/import", "Look at the file"),
    ("admin", "/clients/import", "Look at the file"),
    ("marketing", "/clients/services/new", "Add the service"),
    ("practitioner", "/clients/new", "Add the client"),
    ("practitioner", "/requests/new", "Ask for it"),
    ("practitioner", "/insights/new", "Send it"),
    ("practitioner", "/contribute/new", "Keep the idea"),
]
"""Forms that are sent empty, and say what is missing."""


AT_ONCE = 30


def _rounds() -> dict[str, tuple[str, str]]:
    found = {}
    for who, pages in PAGES.items():
        each = pages.split()
        for number, start in enumerate(range(0, len(each), AT_ONCE), 1):
            found[f"{who}-{number}"] = (who, " ".join(each[start : start + AT_ONCE]))
    return found


ROUNDS = _rounds()
"""The same in parts that take about as long, so that several can be looked at side by side: who, and what they open."""


def addresses(who: str, given: dict[str, str]) -> list[str]:
    """What somebody opens."""
    return filled(PAGES[who], given)


def filled(pages: str, given: dict[str, str]) -> list[str]:
    """The addresses, with the ids in them."""
    return pages.format(**given).split()
