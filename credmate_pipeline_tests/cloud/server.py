"""A server on loopback that speaks what Textract (JSON 1.1) and the Bedrock runtime (REST JSON) speak."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote

Json = dict[str, Any]
Refusal = tuple[int, str]
"""HTTP status and the service's name for the error."""


@dataclass
class CloudServer:
    """What it answers, and what it was asked."""

    answers: dict[str, Callable[[Json], Json | bytes]]
    """By operation: `DetectDocumentText`, …, `Converse`; bytes are sent as they are."""
    url: str = ""
    asked: list[tuple[str, Json]] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    """Given first, one a call."""
    silence_seconds: float = 0.0
    """Before each answer."""

    def count(self, operation: str) -> int:
        return sum(name == operation for name, _ in self.asked)

    def answer(self, operation: str, request: Json) -> tuple[int, bytes, str]:
        """Status, body, and the error's name for the header REST services use."""
        self.asked.append((operation, request))
        # Settled before any silence: a late answer to one who hung up takes nothing from the next test.
        refusal = self.refusals.pop(0) if self.refusals else None
        answering = self.answers[operation]
        if self.silence_seconds:
            time.sleep(self.silence_seconds)
        if refusal is not None:
            status, code = refusal
            return status, json.dumps({"__type": code, "message": "as the test wants"}).encode(), code
        answer = answering(request)
        return 200, answer if isinstance(answer, bytes) else json.dumps(answer).encode(), ""


@contextmanager
def cloud_server(**answers: Callable[[Json], Json | bytes]) -> Iterator[CloudServer]:
    """The server, answering each operation by the function of its name."""
    served = CloudServer(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])) or b"{}")
            target = self.headers.get("X-Amz-Target")
            operation = target.partition(".")[2] if target else "Converse"
            if target is None:
                request["modelId"] = unquote(self.path.split("/")[2])
            status, body, error = served.answer(operation, request)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            if error:
                self.send_header("x-amzn-ErrorType", error)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it
            """Tests print nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that hangs up is what some tests want."""

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        served.url = f"http://127.0.0.1:{server.server_address[1]}"
        try:
            yield served
        finally:
            server.shutdown()
            thread.join()
