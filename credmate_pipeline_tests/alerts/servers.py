"""Receivers on loopback that keep what they are sent: a mail server and a web server."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Received:
    """What arrived, and what the server answers."""

    url: str = ""
    bodies: list[bytes] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    answer: int = 200


@contextmanager
def web_server() -> Iterator[Received]:
    """A server that takes every POST, and answers as it is told."""
    received = Received()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if received.answer == 200:
                received.bodies.append(body)
                received.headers.append(dict(self.headers.items()))
            self.send_response(received.answer)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it
            """Tests print nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server, _serving(server):
        received.url = f"http://127.0.0.1:{server.server_address[1]}/hook"
        yield received


@contextmanager
def mail_server(refuses: str = "") -> Iterator[Received]:
    """A server that speaks enough SMTP to take mail; it refuses recipients that hold `refuses`."""
    received = Received()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 loopback")
            while line := self.rfile.readline().decode().strip():
                if line.upper().startswith("DATA"):
                    self._say("354 go on")
                    received.bodies.append(self._mail())
                    self._say("250 taken")
                elif line.upper().startswith("QUIT"):
                    self._say("221 bye")
                    return
                else:
                    is_refused = refuses and line.upper().startswith("RCPT") and refuses in line
                    self._say("550 nobody here" if is_refused else "250 well")

        def _mail(self) -> bytes:
            lines: list[bytes] = []
            while (line := self.rfile.readline()) != b".\r\n":
                lines.append(line)
            return b"".join(lines)

        def _say(self, text: str) -> None:
            self.wfile.write(f"{text}\r\n".encode())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server, _serving(server):
        received.url = f"smtp://127.0.0.1:{server.server_address[1]}"
        yield received


@contextmanager
def _serving(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
