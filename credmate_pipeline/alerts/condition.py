"""The kinds of trouble somebody must hear of, what each means, and what to do."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class AlertKind(StrEnum):
    """A kind of trouble. There is at most one open alert of a kind."""

    RUN_FAILED = "run-failed"
    DOCUMENT_FAILED = "document-failed"
    WAITING_TOO_LONG = "waiting-too-long"
    NOTHING_SETTLES = "nothing-settles"
    NOTHING_READ = "nothing-read"
    RECONCILIATION = "reconciliation"
    CANARY = "canary"
    SPEND_LIMIT = "spend-limit"
    FAULTY_NOTICE = "faulty-notice"
    DAEMON_SILENT = "daemon-silent"
    SERVICE_ENDED = "service-ended"
    LEDGER_UNREACHABLE = "ledger-unreachable"
    UNDELIVERED = "undelivered"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a kind of alert says to the person who gets it."""

    sentence: str
    remedy: str


MEANINGS: dict[AlertKind, Meaning] = {
    AlertKind.RUN_FAILED: Meaning(
        "A run failed; the documents it held are run again by themselves.",
        "Open the run in Dagster and read its last error; `run-failed` again and again means the cause is not passing.",
    ),
    AlertKind.DOCUMENT_FAILED: Meaning(
        "Documents are `failed`: their attempts are spent on an unexpected or outside error.",
        "Read the reason with `credmate show ID`, mend the cause, and re-run the documents from Dagster.",
    ),
    AlertKind.WAITING_TOO_LONG: Meaning(
        "Documents wait longer than their patience (CREDMATE_PATIENCE_MINUTES).",
        "See in Dagster whether sensors tick and runs start; `credmate status` lists the documents.",
    ),
    AlertKind.NOTHING_SETTLES: Meaning(
        "Documents arrive and wait, and nothing settles (CREDMATE_BACKLOG_MINUTES).",
        "The reading has stopped: look at the newest runs in Dagster, and at `credmate health`.",
    ),
    AlertKind.NOTHING_READ: Meaning(
        "Documents settle, and of none of the newest a single field was read.",
        "An engine that reads nothing looks like this: try a good file with `credmate read FILE`, look at what lies "
        "among the uploads, then run the documents again from Dagster.",
    ),
    AlertKind.RECONCILIATION: Meaning(
        "Reconciliation found what it may not repair, or has not run for two hours.",
        "Read the newest report of the asset `reconciliation`: it names each kind and who must act.",
    ),
    AlertKind.CANARY: Meaning(
        "A document with known fields did not come through right and in time.",
        "Reading cannot be trusted until this is over: open the asset `canary` for what differed.",
    ),
    AlertKind.SPEND_LIMIT: Meaning(
        "A spend limit stopped calls to the model that reads beside the rules.",
        "The rules alone read meanwhile; raise CREDMATE_BEDROCK_DAILY_USD or CREDMATE_BEDROCK_DOCUMENT_USD, or wait "
        "for the next day (UTC).",
    ),
    AlertKind.FAULTY_NOTICE: Meaning(
        "Messages in the queue of new uploads could not be understood.",
        "Look at the dead-letter queue; their uploads, if any, are found by the listing (CREDMATE_LISTING_MINUTES).",
    ),
    AlertKind.DAEMON_SILENT: Meaning(
        "Sensors do not tick, or every tick fails: uploads are not picked up.",
        "See the sensors' last ticks in Dagster; if there are none, start the Dagster daemon again and read its log.",
    ),
    AlertKind.SERVICE_ENDED: Meaning(
        "A process of the system ended and was started again.",
        "Nothing is lost; where it happens again, read the log in `<home>/logs` that is named like the process.",
    ),
    AlertKind.LEDGER_UNREACHABLE: Meaning(
        "PostgreSQL does not answer: nothing can be read or settled.",
        "Start it again; nothing is lost, runs that died are repeated by themselves.",
    ),
    AlertKind.UNDELIVERED: Meaning(
        "Alerts could not be delivered on a channel.",
        "`credmate alerts list` names the channel and its error; mend its setting, then `credmate alerts test`.",
    ),
    AlertKind.TEST: Meaning("This is a test; nothing is wrong.", "Nothing."),
}


@dataclass(frozen=True, slots=True)
class Condition:
    """Trouble seen just now."""

    kind: AlertKind
    count: int
    """How many documents, runs, findings or deliveries are concerned; at least 1."""
    samples: tuple[str, ...] = ()
    """Ids of some of them; never personal data."""
    since: datetime | None = None
    """When the oldest of them began, where that is known."""
