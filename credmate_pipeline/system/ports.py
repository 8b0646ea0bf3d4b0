"""Finding a free port on this machine."""

import socket

from credmate_pipeline.errors import ConfigurationError

HOST = "127.0.0.1"
_TRIED = 20
"""Ports tried in a row, the wanted one first."""


def is_free(port: int) -> bool:
    """Whether nobody listens on the port of this machine."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def choose_port(wanted: int, *, is_insisted: bool) -> int:
    """`wanted`, or the next free port where it is busy. Raises ConfigurationError where the caller insists on it."""
    if is_free(wanted):
        return wanted
    if is_insisted:
        raise ConfigurationError(f"Port {wanted} (--port) is in use; end what listens there or name another port.")
    last = wanted + _TRIED - 1
    for port in range(wanted + 1, last + 1):
        if is_free(port):
            return port
    raise ConfigurationError(f"Ports {wanted} to {last} are all in use; name a free one with --port.")
