"""Which files of a folder are new since the last call, without looking at all of them each time.

Decides by change times: the kernel sets them on every write and rename, and nobody can set them back. A folder's
own tells of names added; its files' of their bytes.
"""

from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush

from credmate_pipeline.uploads.folder_cursor import FolderCursor, folder_mark
from credmate_pipeline.uploads.folder_tree import NANOSECONDS, FolderTree
from credmate_pipeline.uploads.store import Upload

# Kernels stamp files with a clock some milliseconds behind; network file systems by the server's.
OVERLAP = 2 * NANOSECONDS
# A folder is looked at in every pass until nothing in it has changed for so long.
WATCH = 60 * NANOSECONDS
# Files of unchanged folders looked at in one call.
_ROUND_FILES = 2000
# Marks of folders that are gone are swept out beyond this many.
_SPARE_MARKS = 1000


@dataclass(slots=True)
class FolderWalk:
    """One call of the listing; changes `memory` into what the next call needs."""

    tree: FolderTree
    memory: FolderCursor
    now: int
    settle: int
    at_most: int
    uploads: list[Upload] = field(default_factory=list)

    def go_on(self) -> bool:
        """Gathers `uploads`; True where nothing more was waiting."""
        return self._go_on_with_pass() and self._go_on_with_round()

    def _go_on_with_pass(self) -> bool:
        """Lists from the folders that changed; True once all have been seen."""
        memory = self.memory
        started = self.now if memory.pass_started is None else memory.pass_started
        pending = self._folders(beginning=memory.pass_folder)
        while pending:
            folder = heappop(pending)
            after = memory.pass_file if folder == memory.pass_folder else ""
            stopped_after = self._list_folder(folder, after, pending)
            if stopped_after is not None:
                memory.pass_started, memory.pass_folder, memory.pass_file = started, folder, stopped_after
                return False
        memory.since = self._listed_until(started)
        memory.pass_started, memory.pass_folder, memory.pass_file = None, "", ""
        return True

    def _list_folder(self, folder: str, after: str, pending: list[str]) -> str | None:
        """Lists a folder that may hold something new; the file it stopped after where `at_most` was reached."""
        memory = self.memory
        status = self.tree.folder_status(folder)
        if status is None:
            memory.nested.discard(folder)
            memory.watched.pop(folder, None)
            return None
        if status.st_ctime_ns <= memory.since and folder not in memory.watched:
            return None
        mark = folder_mark(folder, status.st_ino)
        since = self._listed_since(folder) if mark in memory.known else -1
        entries = self.tree.entries(folder)
        newest = status.st_ctime_ns
        for path in entries.files:
            file = self.tree.file_status(path)
            if file is None:
                continue
            newest = max(newest, file.st_ctime_ns)
            if path > after and since < file.st_ctime_ns <= self.now - self.settle:
                if len(self.uploads) >= self.at_most:
                    return after
                self.uploads.append(self.tree.upload(path, file))
                after = path
        self._note_nested(folder, entries.folders, pending)
        self._note_listed(folder, mark, newest)
        return None

    def _listed_since(self, folder: str) -> int:
        """A folder known was last looked at by a pass or by the round, whichever is longer ago."""
        memory = self.memory
        return min(memory.since, memory.round_since, memory.watched.get(folder, memory.since))

    def _note_nested(self, folder: str, folders: tuple[str, ...], pending: list[str]) -> None:
        if folder == "":
            return
        for nested in folders:
            if nested not in self.memory.nested:
                self.memory.nested.add(nested)
                self.memory.watched[nested] = -1
                heappush(pending, nested)

    def _note_listed(self, folder: str, mark: str, newest: int) -> None:
        self.memory.known.add(mark)
        self.memory.watched.pop(folder, None)
        if newest > self.now - self.settle - WATCH:
            self.memory.watched[folder] = self.now

    def _go_on_with_round(self) -> bool:
        """Looks at further unchanged folders; False where one holds changed files, which the next call lists."""
        memory = self.memory
        if memory.round_started == 0:
            memory.round_since, memory.round_started = memory.since, self.now
        looked_at, is_quiet = 0, True
        pending = self._folders(beginning=memory.round_folder)
        while pending:
            folder = heappop(pending)
            if looked_at >= _ROUND_FILES:
                memory.round_folder = folder
                return is_quiet
            status = self.tree.folder_status(folder)
            if status is None or folder in memory.watched:
                continue
            files = self.tree.entries(folder).files
            looked_at += 1 + len(files)
            # Passes watched the folder for a while after its own last change, and listed what changed meanwhile.
            if self._changed_after(max(memory.round_since, status.st_ctime_ns + WATCH), files):
                memory.watched[folder] = memory.round_since
                is_quiet = False
        memory.round_since = self._listed_until(memory.round_started)
        memory.round_started, memory.round_folder = self.now, ""
        self._sweep_marks()
        return is_quiet

    def _changed_after(self, instant: int, files: tuple[str, ...]) -> bool:
        statuses = (self.tree.file_status(path) for path in files)
        return any(status is not None and status.st_ctime_ns > instant for status in statuses)

    def _sweep_marks(self) -> None:
        folders = self._folders(beginning="")
        if len(self.memory.known) <= len(folders) + _SPARE_MARKS:
            return
        statuses = ((folder, self.tree.folder_status(folder)) for folder in folders)
        self.memory.known &= {folder_mark(folder, status.st_ino) for folder, status in statuses if status is not None}

    def _folders(self, *, beginning: str) -> list[str]:
        """A heap of the folders to go through, from `beginning` on."""
        folders = {"", *self.tree.entries("").folders, *self.memory.nested}
        heap = [folder for folder in folders if folder >= beginning]
        heapify(heap)
        return heap

    def _listed_until(self, started: int) -> int:
        return started - self.settle - OVERLAP
