"""Amazon's services, simulated on loopback. What one server of a process holds, its others serve, too."""

from collections.abc import Iterator
from contextlib import contextmanager

from moto.server import ThreadedMotoServer


@contextmanager
def aws_server() -> Iterator[tuple[str, int]]:
    """A server's host and port."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        yield server.get_host_and_port()
    finally:
        server.stop()


@contextmanager
def aws_services() -> Iterator[str]:
    """A server's address."""
    with aws_server() as (host, port):
        yield f"http://{host}:{port}"
