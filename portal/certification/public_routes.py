"""What anybody may open who was shown a credential: whether it holds, and the machine-readable forms of it."""

from typing import Any

from flask import Response, current_app, jsonify, render_template

from portal import clock
from portal.access import public
from portal.accounts.viewer import asking
from portal.certification import credentials, keys, queries
from portal.certification.blueprint import bp
from portal.config import Config


@bp.get("/credentials/<token>")
@public
def shown(token: str):
    row, me = queries.issued(token), asking()
    revocation = queries.revocation_or_none(row.id)
    answer = Response(
        render_template(
            "certification/credential.html",
            row=row,
            revocation=revocation,
            may_revoke=me.is_authenticated and not revocation and queries.may_revoke(me, row),
            in_force=row.pitch.number,
            is_said_now=queries.is_said_now(row),
            zone=_config().TIME_ZONE,
        )
    )
    return _hidden(answer)


@bp.get("/credentials/<token>.jwt")
@public
def token(token: str):
    row = queries.issued(token)
    return _hidden(Response(credentials.signed(_config(), row), content_type="application/vc+jwt"))


@bp.get("/credentials/<token>.json")
@public
def unsigned(token: str):
    return _hidden(jsonify(credentials.credential(_config(), queries.issued(token))))


@bp.get("/credentials/issuer")
@public
def issuer():
    return jsonify({"@context": [credentials.CREDENTIALS, credentials.BADGES], **credentials.issuer(_config())})


@bp.get("/credentials/key")
@public
def key():
    return jsonify(keys.public_key(_config()))


@bp.get("/credentials/keys")
@public
def key_set():
    return jsonify({"keys": [keys.public_key(_config())]})


@bp.get("/credentials/status/<int:number>")
@public
def status(number: int):
    return Response(credentials.status_list(_config(), number, clock.now()), content_type="application/vc+jwt")


def _hidden(answer: Response) -> Response:
    """People find it by the address they were given, and search engines don't."""
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _config() -> Config:
    config: Any = current_app.extensions["portal_config"]
    return config
