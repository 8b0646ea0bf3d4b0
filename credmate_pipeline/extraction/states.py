"""US states, the District of Columbia and the territories, by their names and two-letter codes."""

import re

STATE_NAMES = {
    "AL": "Alabama",
    "AK": "Alaska",
    "AZ": "Arizona",
    "AR": "Arkansas",
    "CA": "California",
    "CO": "Colorado",
    "CT": "Connecticut",
    "DE": "Delaware",
    "DC": "District of Columbia",
    "FL": "Florida",
    "GA": "Georgia",
    "HI": "Hawaii",
    "ID": "Idaho",
    "IL": "Illinois",
    "IN": "Indiana",
    "IA": "Iowa",
    "KS": "Kansas",
    "KY": "Kentucky",
    "LA": "Louisiana",
    "ME": "Maine",
    "MD": "Maryland",
    "MA": "Massachusetts",
    "MI": "Michigan",
    "MN": "Minnesota",
    "MS": "Mississippi",
    "MO": "Missouri",
    "MT": "Montana",
    "NE": "Nebraska",
    "NV": "Nevada",
    "NH": "New Hampshire",
    "NJ": "New Jersey",
    "NM": "New Mexico",
    "NY": "New York",
    "NC": "North Carolina",
    "ND": "North Dakota",
    "OH": "Ohio",
    "OK": "Oklahoma",
    "OR": "Oregon",
    "PA": "Pennsylvania",
    "RI": "Rhode Island",
    "SC": "South Carolina",
    "SD": "South Dakota",
    "TN": "Tennessee",
    "TX": "Texas",
    "UT": "Utah",
    "VT": "Vermont",
    "VA": "Virginia",
    "WA": "Washington",
    "WV": "West Virginia",
    "WI": "Wisconsin",
    "WY": "Wyoming",
    "AS": "American Samoa",
    "GU": "Guam",
    "MP": "Northern Mariana Islands",
    "PR": "Puerto Rico",
    "VI": "Virgin Islands",
}
_CODES = {name.lower(): code for code, name in STATE_NAMES.items()}
_NAMES = re.compile(
    r"(?<![a-z])(?:"
    + "|".join(name.lower().replace(" ", r"\s+") for name in sorted(_CODES, key=len, reverse=True))
    + r")(?![a-z])",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?<![A-Za-z])(?P<code>[A-Z]{2})[\s,.]{1,3}(?P<zip>\d{5}(?:-\d{4})?)(?!\d)")


def normal_state(printed: str) -> str | None:
    """The two letters of a state given by its name or code alone, None for anything else."""
    bare = re.sub(r"[\s.]+", " ", printed).strip(" ,;:()")
    code = bare.replace(" ", "").upper()
    return code if code in STATE_NAMES else _CODES.get(bare.lower())


def find_states(text: str) -> tuple[tuple[int, int, str], ...]:
    """The states named in full in `text` as (start, end, code); codes alone are too short to be believed."""
    return tuple(
        (match.start(), match.end(), _CODES[re.sub(r"\s+", " ", match.group()).lower()])
        for match in _NAMES.finditer(text)
    )


def find_address_states(text: str) -> tuple[tuple[int, int, str], ...]:
    """The states of postal addresses in `text`, `Springfield, IL 62701`, as (start, end, code) of the code."""
    return tuple(
        (match.start("code"), match.end("code"), match["code"])
        for match in _ADDRESS.finditer(text)
        if match["code"] in STATE_NAMES
    )
