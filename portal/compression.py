"""Text goes out compressed where the browser takes it."""

import gzip

from flask import Flask, Response, request

SMALLEST = 1_000
"""Bytes below which compressing costs more than it saves."""
LEVEL = 4
TEXT = ("text/html", "text/css", "text/javascript", "application/json", "image/svg+xml")


def init_app(app: Flask) -> None:
    """Compress text answers with gzip."""

    @app.after_request
    def compress(response: Response) -> Response:
        if response.mimetype not in TEXT:
            return response
        response.vary.add("Accept-Encoding")
        if "gzip" not in request.headers.get("Accept-Encoding", "") or "Content-Encoding" in response.headers:
            return response
        if response.status_code in {204, 304} or request.method == "HEAD":
            return response
        response.direct_passthrough = False  # static files come as an open file
        body = response.get_data()
        if len(body) >= SMALLEST:
            response.set_data(gzip.compress(body, LEVEL, mtime=0))
            response.headers["Content-Encoding"] = "gzip"
        return response
