"""However writes, moves and listings follow upon each other, every version of every file is listed in the end."""

import os
import shutil
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from credmate_pipeline.uploads import folder_walk
from credmate_pipeline.uploads.folder_tree import NANOSECONDS
from credmate_pipeline.uploads.local_folder import LocalUploads

OWNERS = st.sampled_from(["a", "b", "b c", "d"])
NAMES = st.sampled_from(["x.pdf", "y.pdf", "sub/z.pdf"])
# As in life, but faster. The overlap stays longer than the 10 ms by which a kernel's file clock may lag.
MILLISECOND = 1_000_000
SETTLE, OVERLAP, WATCH = 10 * MILLISECOND, 20 * MILLISECOND, 30 * MILLISECOND


class Uploaders(RuleBasedStateMachine):
    """Uploaders at work in a folder, and a listing that comes by between."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp(prefix="uploads-"))
        self.store = LocalUploads(self.root, settle_seconds=SETTLE / NANOSECONDS)
        self.store.prepare()
        self.documents = self.root / "documents"
        self.staging = self.root / "staging"
        self.staging.mkdir()
        self.cursor: str | None = None
        self.listed: set[tuple[str, str]] = set()
        self.writes = 0

    def teardown(self) -> None:
        self.drain()
        assert {(upload.uri, upload.version) for upload in self.store.list_all()} <= self.listed
        shutil.rmtree(self.root)

    def content(self) -> bytes:
        self.writes += 1
        return b"x" * self.writes

    def path(self, owner: str, name: str) -> Path:
        path = self.documents / owner / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    @rule(owner=OWNERS, name=NAMES)
    def write_in_place(self, owner: str, name: str) -> None:
        self.path(owner, name).write_bytes(self.content())

    @rule(owner=OWNERS, name=NAMES)
    def write_and_rename(self, owner: str, name: str) -> None:
        path = self.path(owner, name)
        partial = path.with_name(path.name + ".part")
        partial.write_bytes(self.content())
        os.utime(partial, (1, 1))
        partial.replace(path)

    @rule(owner=OWNERS, name=NAMES)
    def put(self, owner: str, name: str) -> None:
        self.store.put(f"documents/{owner}/{name}", self.content())

    @rule(name=NAMES)
    def stage(self, name: str) -> None:
        path = self.staging / "owner" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self.content())

    @rule(number=st.integers(0, 99))
    def move_staged_folder_in(self, number: int) -> None:
        staged, target = self.staging / "owner", self.documents / f"moved-{number}"
        if staged.exists() and not target.exists():
            staged.rename(target)

    @rule(owner=OWNERS, number=st.integers(0, 99))
    def rename_folder(self, owner: str, number: int) -> None:
        folder, target = self.documents / owner, self.documents / f"renamed-{number}"
        if folder.exists() and not target.exists():
            folder.rename(target)

    @rule(owner=OWNERS)
    def remove_folder(self, owner: str) -> None:
        shutil.rmtree(self.documents / owner, ignore_errors=True)

    @rule(milliseconds=st.sampled_from([1, 15, 35, 60]))
    def let_time_pass(self, milliseconds: int) -> None:
        time.sleep(milliseconds / 1000)

    @rule(at_most=st.integers(1, 4))
    def tick(self, at_most: int) -> None:
        self.list_once(at_most)

    def list_once(self, at_most: int) -> bool:
        listing = self.store.list_new(self.cursor, at_most=at_most)
        self.cursor = listing.cursor
        self.listed |= {(upload.uri, upload.version) for upload in listing.uploads}
        return listing.is_complete

    def drain(self) -> None:
        for _ in range(3):
            time.sleep((SETTLE + OVERLAP + WATCH) / NANOSECONDS)
            while not self.list_once(3):
                pass

    @invariant()
    def listing_never_names_unfinished_files(self) -> None:
        assert not any(uri.endswith(".part") for uri, _ in self.listed)


@pytest.mark.timeout(120)
def test_every_version_of_every_file_is_listed_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_walk, "OVERLAP", OVERLAP)
    monkeypatch.setattr(folder_walk, "WATCH", WATCH)
    run_state_machine_as_test(
        Uploaders,
        settings=settings(
            max_examples=20,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
