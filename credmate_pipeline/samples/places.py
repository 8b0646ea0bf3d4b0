"""States as they license, and the shapes their numbers have."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """A state: its name, its medical board's wording and how it prints a physician's license number."""

    code: str
    name: str
    board: str
    license_type: str
    """The license of a doctor of medicine, in the board's words."""
    draw_number: Callable[[Random], str]
    cities: tuple[tuple[str, str], ...]
    """Cities with a ZIP code of theirs."""


def digits(rng: Random, count: int) -> str:
    """So many digits, the first not zero."""
    return str(rng.randint(1, 9)) + "".join(str(rng.randint(0, 9)) for _ in range(count - 1))


JURISDICTIONS = (
    Jurisdiction(
        *("CA", "California", "Medical Board of California", "Physician and Surgeon"),
        lambda rng: f"{rng.choice('AGC')}{digits(rng, 6)}",
        (("Fresno", "93721"), ("Oakland", "94612"), ("Riverside", "92501")),
    ),
    Jurisdiction(
        *("TX", "Texas", "Texas Medical Board", "Physician"),
        lambda rng: f"{rng.choice('JKLMNPQRST')}{digits(rng, 4)}",
        (("Lubbock", "79401"), ("El Paso", "79901"), ("Waco", "76701")),
    ),
    Jurisdiction(
        *("FL", "Florida", "Florida Board of Medicine", "Medical Doctor"),
        lambda rng: f"ME{digits(rng, 6)}",
        (("Ocala", "34470"), ("Pensacola", "32502")),
    ),
    Jurisdiction(
        *("OH", "Ohio", "State Medical Board of Ohio", "Doctor of Medicine"),
        lambda rng: f"35.{digits(rng, 6)}",
        (("Akron", "44308"), ("Toledo", "43604")),
    ),
    Jurisdiction(
        *("PA", "Pennsylvania", "Pennsylvania State Board of Medicine", "Medical Physician and Surgeon"),
        lambda rng: f"MD{digits(rng, 6)}",
        (("Scranton", "18503"), ("Lancaster", "17602")),
    ),
    Jurisdiction(
        *("NY", "New York", "New York State Board for Medicine", "Physician"),
        lambda rng: digits(rng, 6),
        (("Buffalo", "14202"), ("Syracuse", "13202")),
    ),
    Jurisdiction(
        *("WA", "Washington", "Washington Medical Commission", "Physician and Surgeon"),
        lambda rng: f"MD{digits(rng, 8)}",
        (("Spokane", "99201"), ("Tacoma", "98402")),
    ),
    Jurisdiction(
        *("VA", "Virginia", "Virginia Board of Medicine", "Medicine & Surgery"),
        lambda rng: f"0101{digits(rng, 6)}",
        (("Roanoke", "24011"), ("Richmond", "23219")),
    ),
    Jurisdiction(
        *("GA", "Georgia", "Georgia Composite Medical Board", "Physician"),
        lambda rng: digits(rng, 6),
        (("Macon", "31201"), ("Savannah", "31401")),
    ),
    Jurisdiction(
        *("MI", "Michigan", "Michigan Board of Medicine", "Medical Doctor"),
        lambda rng: f"4301{digits(rng, 6)}",
        (("Lansing", "48933"), ("Flint", "48502")),
    ),
    Jurisdiction(
        *("NJ", "New Jersey", "New Jersey State Board of Medical Examiners", "Medical Doctor"),
        lambda rng: f"25MA{digits(rng, 8)}",
        (("Trenton", "08608"), ("Camden", "08102")),
    ),
    Jurisdiction(
        *("IN", "Indiana", "Medical Licensing Board of Indiana", "Physician"),
        lambda rng: f"01{digits(rng, 6)}A",
        (("Fort Wayne", "46802"), ("Evansville", "47708")),
    ),
)

STREETS = ("Alder Street", "Birch Avenue", "Chestnut Boulevard", "Dogwood Lane", "Elmhurst Road", "Foxglove Court")


def jurisdiction(code: str) -> Jurisdiction:
    """The one with this two-letter code."""
    return next(place for place in JURISDICTIONS if place.code == code)


def draw_street(rng: Random) -> str:
    """An invented street address, such as `1420 Alder Street, Suite 210`."""
    suite = f", Suite {rng.randint(1, 9) * 10 + 100}" if rng.random() < 0.4 else ""
    return f"{rng.randint(100, 9899)} {rng.choice(STREETS)}{suite}"
