"""Services and queries are free of Flask's request, and only the request commits."""

import re
from pathlib import Path

FORBIDDEN = re.compile(r"\b(request|session\.commit|current_user|flash|url_for|render_template)\b(?!:)")
EXCEPT = {Path("portal/audit/services.py"), Path("portal/jobs/services.py")}


def test_services_and_queries_know_no_request():
    guilty = [
        f"{path}:{number} {line.strip()}"
        for path in (*Path("portal").rglob("services.py"), *Path("portal").rglob("queries.py"))
        if path not in EXCEPT
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if FORBIDDEN.search(line.split('"""')[0].split("#")[0])
    ]
    assert not guilty, "Hand values in from the route; the request commits:\n" + "\n".join(guilty)
