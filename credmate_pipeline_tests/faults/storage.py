"""S3 on loopback behind a door that can be shut or left without an answer."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from enum import StrEnum

import pytest

from credmate_pipeline.uploads.s3 import S3Client, open_s3_client
from credmate_pipeline_tests.aws import aws_server

BUCKET = "credentials-in-trouble"
"""Not that of other tests: buckets of one process are served from one store."""
KEYS = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing"}
_CHUNK_BYTES = 65_536


class Door(StrEnum):
    """What becomes of a connection."""

    OPEN = "open"
    REFUSES = "refuses"
    """It is reset at once."""
    HANGS = "hangs"
    """It is taken, and nothing is ever answered."""


class Storage:
    """The way to the S3 server; `door` says whether it leads anywhere."""

    def __init__(self, server: tuple[str, int]) -> None:
        self.door = Door.OPEN
        self._server = server
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._kept: list[socket.socket] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    @property
    def server_url(self) -> str:
        """Past the door, for the test itself."""
        return f"http://{self._server[0]}:{self._server[1]}"

    def make_bucket(self, name: str) -> None:
        """An empty bucket: what a server of this process held before it is still there."""
        with closing(self._client()) as client:
            client.create_bucket(Bucket=name)
            for page in client.get_paginator("list_objects_v2").paginate(Bucket=name):
                for held in page.get("Contents", ()):
                    client.delete_object(Bucket=name, Key=held["Key"])

    def _client(self) -> S3Client:
        with pytest.MonkeyPatch.context() as patch:
            for setting, value in KEYS.items():
                patch.setenv(setting, value)
            return open_s3_client("us-east-1", self.server_url)

    def delete(self, bucket: str, key: str) -> None:
        """Deletes an object behind everybody's back."""
        with closing(self._client()) as client:
            client.delete_object(Bucket=bucket, Key=key)

    def becomes(self, door: Door) -> None:
        """Changes what becomes of connections; those that were left without an answer are reset."""
        self.door = door
        while self._kept:
            self._kept.pop().close()

    def serve(self) -> None:
        """Takes connections until closed."""
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                threading.Thread(target=self._pass, args=(client,), daemon=True).start()

    def close(self) -> None:
        # A shutdown wakes the thread that accepts; closing alone does not.
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.becomes(Door.REFUSES)

    def _pass(self, client: socket.socket) -> None:
        if self.door is Door.HANGS:
            self._kept.append(client)
        elif self.door is Door.REFUSES:
            client.close()
        else:
            with client, socket.create_connection(self._server) as server:
                back = threading.Thread(target=self._copy, args=(server, client), daemon=True)
                back.start()
                self._copy(client, server)
                back.join()

    def _copy(self, source: socket.socket, to: socket.socket) -> None:
        with suppress(OSError):
            while part := source.recv(_CHUNK_BYTES):
                if self.door is not Door.OPEN:
                    break
                to.sendall(part)
        for one in (source, to):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


@contextmanager
def serving_storage() -> Iterator[Storage]:
    """An S3 server and its door."""
    with aws_server() as server:
        storage = Storage(server)
        thread = threading.Thread(target=storage.serve, daemon=True)
        thread.start()
        try:
            yield storage
        finally:
            storage.close()
            thread.join()
