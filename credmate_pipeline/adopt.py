"""Brings an earlier installation's documents into the ledger. What becomes of each is decided in `adoption.plan`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from credmate_pipeline.adoption.installation import Installation
from credmate_pipeline.adoption.plan import Adoption, Fate, Place, plan_adoption, upload_key
from credmate_pipeline.gateways import Gateways

ACTOR = "adoption"


@dataclass(frozen=True, slots=True)
class AdoptionReport:
    """What becomes, or became, of every document an installation stated."""

    installation: Installation
    plan: tuple[Adoption, ...]
    unstated_count: int
    """Stored uploads no row tells of: the listing picks them up by itself."""


def plan(gateways: Gateways, installation: Installation, *, now: datetime) -> AdoptionReport:
    """What would be done; nothing is changed. A failed listing raises and is never read as missing files."""
    stored = {upload.key: upload for upload in gateways.uploads.list_all()}
    place = Place(stored, gateways.uploads.uri_of, now)
    planned = plan_adoption(installation.documents, place, gateways.adoptions.adopted_ids())
    stated = {upload_key(document.key, gateways.uploads.uri_of) for document in installation.documents}
    return AdoptionReport(installation, planned, len(stored.keys() - stated))


def apply(gateways: Gateways, report: AdoptionReport, *, now: datetime) -> int:
    """Adopts what the report plans; returns how many. Running it again adopts only what is new."""
    chosen: Sequence[Adoption] = [one for one in report.plan if one.fate is Fate.ADOPTED]
    for adoption in chosen:
        gateways.adoptions.adopt(adoption, actor=ACTOR, now=now)
    return len(chosen)
