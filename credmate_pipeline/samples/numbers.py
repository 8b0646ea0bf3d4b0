"""Registration and certificate numbers in their real shapes, with valid check digits; all invented."""

from datetime import date
from random import Random

from credmate_pipeline.samples.people import Person
from credmate_pipeline.samples.places import digits


def dea_check_digit(six: str) -> str:
    """The seventh digit of a DEA number: last digit of d1+d3+d5 + 2×(d2+d4+d6)."""
    numbers = [int(digit) for digit in six]
    return str((sum(numbers[0::2]) + 2 * sum(numbers[1::2])) % 10)


def draw_dea_number(rng: Random, person: Person, *, is_mid_level: bool = False) -> str:
    """A practitioner's number: registrant group, first letter of the last name, six digits, check digit."""
    group = "M" if is_mid_level else rng.choice("BFFG")
    initial = person.last_first[0]
    six = digits(rng, 6)
    return f"{group}{initial}{six}{dea_check_digit(six)}"


def with_wrong_check_digit(number: str) -> str:
    """The same number, its check digit off by three."""
    return number[:-1] + str((int(number[-1]) + 3) % 10)


def draw_uan(rng: Random, activity_on: date, *, topic_code: str = "01") -> str:
    """An ACPE universal activity number for pharmacists: `0000-0000-YY-NNN-L01-P` in shape."""
    provider = f"0{rng.randint(100, 899)}"
    joint = rng.choice(("0000", "9999"))
    year, sequence = activity_on.year % 100, rng.randint(1, 299)
    return f"{provider}-{joint}-{year:02d}-{sequence:03d}-{rng.choice('LH')}{topic_code}-P"


def draw_ecard_code(rng: Random, issued_on: date) -> str:
    """Twelve digits, the first two the year of issue."""
    return f"{issued_on.year % 100:02d}{digits(rng, 10)}"


def draw_certificate_number(rng: Random) -> str:
    """In one of the shapes providers use."""
    shapes = (
        lambda: digits(rng, 7),
        lambda: f"CME-{digits(rng, 6)}",
        lambda: f"{rng.choice('ABCDEFGHJK')}{digits(rng, 4)}-{digits(rng, 5)}",
        lambda: f"{digits(rng, 4)}-{digits(rng, 4)}-{digits(rng, 4)}",
    )
    return rng.choice(shapes)()
