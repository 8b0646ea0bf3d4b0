"""Invented clinicians: names from many languages, with the marks that make names hard to read."""

from dataclasses import dataclass
from random import Random
from unicodedata import combining, normalize

FIRST_NAMES = (
    *("Amara", "Anneliese", "Arjun", "Beatriz", "Caleb", "Catalina", "Chidi", "Chloé", "Daniela", "Deepika", "Dmitri"),
    *("Eleanor", "Elif", "Emeka", "Esteban", "Fatima", "Fiona", "Gabriela", "Giovanni", "Grace", "Hannah", "Haruto"),
    *("Hyun-Woo", "Imani", "Ingrid", "Isabel", "Ismail", "Jean-Luc", "Jordan", "Joshua", "Kavita", "Keisha", "Kwame"),
    *("Latoya", "Leilani", "Linh", "Lucía", "Magdalena", "Malik", "Marcus", "Margaret", "Mary Beth", "Mateo", "Mei"),
    *("Nadia", "Naomi", "Nikolai", "Olumide", "Oscar", "Patricia", "Priya", "Quentin", "Rafael", "Rebecca", "Roberto"),
    *("Rosalind", "Samir", "Siobhan", "Solomon", "Soo-Jin", "Stephanie", "Tamara", "Tariq", "Terrence", "Thandiwe"),
    *("Theodore", "Tobias", "Tomasz", "Uchenna", "Vanessa", "Victor", "Wei", "Winston", "Xiomara", "Yolanda", "Yusuf"),
)

LAST_NAMES = (
    *("Abernathy", "Achterberg", "Adeyemi", "Al-Rashid", "Bancroft", "Bergström", "Boateng", "Brathwaite", "Bui"),
    *(
        "Calloway",
        "Castellanos",
        "Chandrasekaran",
        "Cho",
        "Dalgaard",
        "D'Angelo",
        "Delacroix",
        "de la Cruz",
        "Desrosiers",
    ),
    *(
        "Eastman",
        "Ekwueme",
        "Espinoza",
        "Fairweather",
        "Farrokhzad",
        "Ferreira",
        "Fitzsimmons",
        "Galloway",
        "Gonçalves",
    ),
    *("Grünwald", "Haddad", "Hawthorne", "Henriksen", "Hussain", "Ibarra", "Iyer", "Jankowski", "Jefferson", "Kaplan"),
    *(
        "Kimura",
        "Kowalczyk",
        "Kuznetsov",
        "Lachance",
        "Larkin-Moore",
        "Lindqvist",
        "Littlebear",
        "MacGregor",
        "Marchetti",
    ),
    *(
        "McAllister",
        "Mbeki",
        "Montgomery",
        "Moreno-Ruiz",
        "Nakamura",
        "Nguyen",
        "Novak",
        "Núñez",
        "O'Brien",
        "O'Connell",
    ),
    *("Oduya", "Okonkwo", "Okafor-Smith", "Ortega", "Osei", "Papadakis", "Patel", "Pemberton", "Petrosyan", "Quiñones"),
    *("Rasmussen", "Reddy", "Rosenthal", "Rutherford", "Saetang", "Sandoval", "Schneider", "Shapiro", "Silva-Santos"),
    *("Sokolovsky", "St. Clair", "Stavropoulos", "Swaminathan", "Tadesse", "Takahashi", "Thibodeaux", "Tran", "Upton"),
    *(
        "Vandenberg",
        "Vasquez",
        "Villanueva",
        "Wainwright",
        "Weatherspoon",
        "Wojciechowski",
        "Yamada",
        "Yilmaz",
        "Zielinski",
    ),
)

SUFFIXES = ("Jr.", "Sr.", "II", "III")

ALLOPATHIC = ("MD", "MD", "MD", "MD, FACP", "MD, PhD", "MD, MPH", "MBBS", "MD, FAAP")
OSTEOPATHIC = ("DO", "DO", "DO, FACOI", "DO, MBA")
NURSES = ("RN", "BSN, RN", "MSN, RN", "APRN, FNP-BC", "DNP, APRN", "RN, CCRN")
PHARMACISTS = ("PharmD", "RPh", "PharmD, BCPS")
MID_LEVELS = ("PA-C", "APRN, FNP-BC", "NP", "CRNP")
NURSE_PRACTITIONERS = ("FNP-BC", "DNP, FNP-BC", "APRN, CNP", "NP-C")
DENTISTS = ("DDS", "DMD", "DDS, MS")


@dataclass(frozen=True, slots=True)
class Person:
    """A clinician's name in its parts."""

    first: str
    middle: str
    last: str
    suffix: str
    credentials: str
    """As printed after the name, such as `MD, FACP`."""

    @property
    def name(self) -> str:
        """In reading order, without credentials: `Mary Beth Q. O'Brien III`."""
        return " ".join(part for part in (self.first, self.middle, self.last, self.suffix) if part)

    @property
    def last_first(self) -> str:
        """As registers print it, without credentials and diacritics: `NUNEZ, MARY BETH Q`."""
        given = " ".join(part for part in (self.first, self.middle.rstrip("."), self.suffix.rstrip(".")) if part)
        return _plain_capitals(f"{self.last}, {given}")

    @property
    def capitals(self) -> str:
        """As cards print it, in reading order, without diacritics: `MARY BETH Q. NUNEZ`."""
        return _plain_capitals(self.name)


def draw_person(rng: Random, credentials: tuple[str, ...] = ALLOPATHIC) -> Person:
    """Somebody invented; about one in three has a middle initial, one in twelve a suffix."""
    return Person(
        first=rng.choice(FIRST_NAMES),
        middle=rng.choice("ABCDEFGHJKLMNPRSTVW") + "." if rng.random() < 0.35 else "",
        last=rng.choice(LAST_NAMES),
        suffix=rng.choice(SUFFIXES) if rng.random() < 0.08 else "",
        credentials=rng.choice(credentials),
    )


def _plain_capitals(name: str) -> str:
    return "".join(letter for letter in normalize("NFD", name.upper()) if not combining(letter))
