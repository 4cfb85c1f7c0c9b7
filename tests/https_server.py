"""A receiver of pushed letters on loopback: real HTTPS, under a certificate of its own authority."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import trustme


@dataclass
class Receiver:
    """Where it is, what it answers, and what it was sent: path, headers and body of each request."""

    address: str = ""
    ca_file: str = ""
    answer: int = 201
    received: list[tuple[str, Message, bytes]] = field(default_factory=list)


class _Request(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        receiver: Receiver = self.server.receiver  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers["Content-Length"]))
        receiver.received.append((self.path, self.headers, body))
        self.send_response(receiver.answer)
        if 300 <= receiver.answer < 400:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing between the tests' own lines."""


@contextmanager
def https_server(folder: Path) -> Iterator[Receiver]:
    """Run the receiver for as long as the block lasts; its authority's certificate is written into the folder."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    ca_file = folder / "authority.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    with ThreadingHTTPServer(("127.0.0.1", 0), _Request) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        receiver = Receiver(f"https://localhost:{server.server_address[1]}/letters", str(ca_file))
        server.receiver = receiver  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield receiver
        finally:
            server.shutdown()
            thread.join()
