"""The incident whole: 180 documents of which none was read are drawn, adopted, and worked off by the running system.

Prints each command's own output and the figures; ends with 1 unless every document ends as promised. Needs no settings:
everything is in a temporary folder, which is removed.
"""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

from credmate_pipeline.ledger.ledger import Ledger, open_ledger
from credmate_pipeline.ledger.records import DocumentRecord
from credmate_pipeline.ledger.states import NEEDS_EXTRACTION, DocumentStatus
from credmate_pipeline.samples.incident import DOCUMENTS_FILE, EXTRACTIONS_FILE, UPLOADS_FOLDER, WHOLE
from credmate_pipeline.settings import Settings
from credmate_pipeline.system.ports import choose_port
from credmate_pipeline.system.supervisor import System, running_system

_DEADLINE_SECONDS = 7200.0
_UNREADABLE = {"file-missing": WHOLE.missing, "damaged": WHOLE.corrupt}


def main() -> int:
    with in_a_folder_of_its_own():
        told("samples", "incident", "--mix", "incident")
        source = ("--documents", f"incident/{DOCUMENTS_FILE}", "--extractions", f"incident/{EXTRACTIONS_FILE}")
        told("adopt", *source)
        told("adopt", *source, "--apply")
        with running_system(Settings(), port=choose_port(3200, is_insisted=False)) as system:
            begun = monotonic()
            with closing(open_ledger(system.database_url)) as ledger:
                records = worked_off(system, ledger)
                seconds = monotonic() - begun
                told("status")
                told("uploaders")
                os.environ["CREDMATE_WEBSERVER_URL"] = system.url
                # The worked-off backlog is no trouble any more, but alerts of it may be; the lines are what matters.
                told("doctor", must_succeed=False)
                told("show", next(one.document_id for one in records if one.status is DocumentStatus.COMPLETED))
                return judged(records, evidenced(ledger, records), seconds)


@contextmanager
def in_a_folder_of_its_own() -> Iterator[None]:
    """A fresh home, and uploads where the incident's files are drawn."""
    with TemporaryDirectory(prefix="credmate-incident-") as folder:
        os.chdir(folder)
        os.environ.pop("DATABASE_URL", None)
        os.environ["CREDMATE_HOME"] = f"{folder}/var"
        os.environ["CREDMATE_UPLOADS_DIR"] = f"{folder}/incident/{UPLOADS_FOLDER}"
        yield
        os.chdir("/")


def told(*words: str, must_succeed: bool = True) -> None:
    """Runs the command as a person would, its output shown."""
    print(f"$ credmate {' '.join(words)}", flush=True)
    program = Path(sys.executable).parent / "credmate"
    subprocess.run([str(program), *words], check=must_succeed)
    print(flush=True)


def worked_off(system: System, ledger: Ledger) -> Sequence[DocumentRecord]:
    """All documents, once none waits any more; or as they are at the deadline."""
    end = monotonic() + _DEADLINE_SECONDS
    while ledger.counts_by_status().get(DocumentStatus.UPLOADED, 0) and monotonic() < end:
        system.keep_up()
        sleep(1)
    return ledger.documents()


def evidenced(ledger: Ledger, records: Sequence[DocumentRecord]) -> int:
    """How many documents have an extraction whose every field has its place."""
    return sum(ledger.has_evidenced_extraction(one.document_id) for one in records)


def judged(records: Sequence[DocumentRecord], evidenced_count: int, seconds: float) -> int:
    """Prints the figures; 0 where everything is as promised."""
    unreadable = Counter(str(one.reason_code) for one in records if one.status is DocumentStatus.UNREADABLE)
    read = [one for one in records if one.status in NEEDS_EXTRACTION]
    expected = WHOLE.count - sum(_UNREADABLE.values())
    print(f"{len(records)} documents, 0 extractions before; now {evidenced_count} with an evidenced extraction")
    print(f"unreadable: {dict(unreadable)}; worked off in {seconds:.0f} s")
    is_kept = len(records) == WHOLE.count and len(read) == evidenced_count == expected and unreadable == _UNREADABLE
    print("as promised" if is_kept else "NOT as promised")
    return 0 if is_kept else 1


if __name__ == "__main__":
    sys.exit(main())
