"""A mail server on loopback that keeps what it is given: real SMTP, without a library."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Mailbox:
    """Where the server is, and the letters it took."""

    port: int = 0
    letters: list[str] = field(default_factory=list)
    is_full: bool = False
    knows_nobody: bool = False


class _Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        box: Mailbox = self.server.mailbox  # type: ignore[attr-defined]
        self._say("220 loopback")
        while line := self.rfile.readline().decode().strip():
            verb = line.partition(" ")[0].upper()
            if verb == "QUIT":
                return self._say("221 bye")
            if verb == "DATA":
                self._say("354 go on")
                body = iter(lambda: self.rfile.readline().decode(), ".\r\n")
                box.letters.append("".join(body))
            refusal = "550 nobody here" if box.knows_nobody else "452 full" if box.is_full else ""
            self._say(refusal if refusal and verb == "RCPT" else "250 ok")
        return None

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """Run the server for as long as the block lasts."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Session) as server:
        server.daemon_threads = True
        box = Mailbox(port=server.server_address[1])
        server.mailbox = box  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield box
        finally:
            server.shutdown()
            thread.join()
