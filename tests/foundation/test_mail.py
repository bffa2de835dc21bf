"""Mail by a real mail server: encrypted where the server can, signed in where the address says so."""

import smtplib
import ssl
import threading
from base64 import b64decode
from datetime import UTC, datetime, timedelta
from socket import socket
from socketserver import StreamRequestHandler, TCPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from portal import mail
from portal.config import Config


class Post(TCPServer):
    """A mail server for one test; notes each line it is told, and whether it came encrypted."""

    allow_reuse_address = True

    def __init__(self, certificate=None, password=""):
        self.certificate, self.password, self.heard = certificate, password, []
        super().__init__(("127.0.0.1", 0), Talk)

    def handle_error(self, *_):
        """What goes wrong on purpose is no news."""

    @property
    def port(self):
        return self.server_address[1]

    def said(self, start):
        return [(line, is_encrypted) for line, is_encrypted in self.heard if line.startswith(start)]


class Talk(StreamRequestHandler):
    """One connection."""

    def handle(self):
        self.is_encrypted = False
        self.answer("220 ready")
        while line := self.rfile.readline().decode().rstrip():
            self.server.heard.append((line, self.is_encrypted))
            getattr(self, f"on_{line[:4].strip().lower()}", self.on_any)(line)
            if line == "QUIT":
                return

    def finish(self):
        super().finish()
        self.request.close()

    def answer(self, *lines):
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())

    def on_any(self, _line):
        self.answer("250 well")

    def on_quit(self, _line):
        self.answer("221 bye")

    def on_ehlo(self, _line):
        can = ["250-here"]
        can += ["250-STARTTLS"] if self.server.certificate and not self.is_encrypted else []
        can += ["250-AUTH PLAIN"] if self.server.password else []
        self.answer(*can, "250 SMTPUTF8")

    def on_star(self, _line):
        self.answer("220 go on")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.server.certificate)
        self.request = context.wrap_socket(self.request, server_side=True)
        self.rfile, self.wfile = self.request.makefile("rb"), self.request.makefile("wb", buffering=0)
        self.is_encrypted = True

    def on_auth(self, line):
        good = b64decode(line.split()[2]).decode().endswith(f"\0{self.server.password}")
        self.answer("235 come in" if good else "535 no")

    def on_data(self, _line):
        self.answer("354 go on")
        while (line := self.rfile.readline().decode().rstrip("\r\n")) != ".":
            self.server.heard.append((line, self.is_encrypted))
        self.answer("250 taken")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate of localhost, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    day = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(day - timedelta(days=3650))
        .not_valid_after(day + timedelta(days=3650))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("mail") / "localhost.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(secret + signed.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def post(request):
    """Starts mail servers, and stops them."""
    running = []

    def start(**given):
        server = Post(**given)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        running.append(server)
        return server

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


def send(url):
    mail.send(Config(SMTP_URL=url), to="ana@example.org", subject="A subject", text="A text")


def test_the_password_and_the_mail_go_encrypted_where_the_server_can(post, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    server = post(certificate=certificate, password="p@ss")
    send(f"smtp://portal:p%40ss@localhost:{server.port}")
    assert [is_encrypted for _line, is_encrypted in server.said("AUTH")] == [True]
    assert server.said("Subject: ") == [("Subject: A subject", True)]


def test_a_server_that_nobody_vouches_for_gets_no_password(post, certificate):
    server = post(certificate=certificate, password="p@ss")
    with pytest.raises(ssl.SSLError):
        send(f"smtp://portal:p%40ss@localhost:{server.port}")
    assert server.said("AUTH") == []


def test_a_server_in_the_house_without_encryption_takes_mail_too(post):
    server = post()
    send(f"smtp://localhost:{server.port}")
    assert server.said("rcpt TO") == [("rcpt TO:<ana@example.org>", False)]


def test_no_password_goes_to_a_server_without_encryption(post):
    server = post(password="p@ss")
    with pytest.raises(smtplib.SMTPException, match="the password is not sent"):
        send(f"smtp://portal:p%40ss@localhost:{server.port}")
    assert server.said("AUTH") == []


def test_portal_check_is_told_why_a_server_lets_nobody_in(post, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    good = post(certificate=certificate, password="right")
    with socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        free = nobody.getsockname()[1]
    assert mail.problem(Config(SMTP_URL=f"smtp://portal:right@localhost:{good.port}")) == ""
    assert "535" in mail.problem(Config(SMTP_URL=f"smtp://portal:wrong@localhost:{good.port}"))
    assert "does not let us in" in mail.problem(Config(SMTP_URL=f"smtp://localhost:{free}"))
    assert mail.problem(Config()) == ""
