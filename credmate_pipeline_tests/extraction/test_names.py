"""Names lose their degrees, are told from other text, and are compared as a credentialing specialist does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credmate_pipeline.extraction.names import (
    best_agreement,
    compare_names,
    last_name_initials,
    looks_like_person,
    name_key,
    split_credentials,
)

FIRST = st.sampled_from(["Emily", "José", "Xiomara", "Priya", "Zoë", "Marcus", "Siobhan", "Tomasz", "Linh"])
MIDDLE = st.sampled_from(["", "R", "Rose", "Q", "Tomás"])
LAST = st.sampled_from(
    ["Carter", "O'Dwyer", "García-López", "Müller", "Nguyen", "Haddad", "Brathwaite", "Silva-Santos"]
)


@pytest.mark.parametrize(
    ("printed", "name", "credentials"),
    [
        ("Dr. Emily R. Carter, MD, FACP", "Emily R. Carter", ("MD", "FACP")),
        ("CARTER, EMILY R MD", "CARTER, EMILY R", ("MD",)),
        ("Carter, Emily R. (MD)", "Carter, Emily R.", ("MD",)),
        ("Roosevelt Tillery Jr.", "Roosevelt Tillery Jr.", ()),
        ("Roosevelt Tillery, Jr., M.D.", "Roosevelt Tillery, Jr.", ("MD",)),
        ("Jane Roe, RN-BC, BSN", "Jane Roe", ("RN-BC", "BSN")),
        ("CARTER MD, EMILY R", "CARTER, EMILY R", ("MD",)),
        ("Emily Carter, Doctor of Medicine", "Emily Carter", ("MD",)),
        ("JOHN Q PARKER M D", "JOHN Q PARKER", ("MD",)),
        ("Kim Do", "Kim Do", ()),
        ("Kim Do, DO", "Kim Do", ("DO",)),
        ("Jack Ma", "Jack Ma", ()),
        ("Henry Ford III, PA-C", "Henry Ford III", ("PA-C",)),
    ],
)
def test_degrees_and_titles_are_split_off_and_suffixes_stay(printed, name, credentials):
    assert split_credentials(printed) == (name, credentials)


@given(FIRST, MIDDLE, LAST)
def test_splitting_twice_changes_nothing(first, middle, last):
    name, _ = split_credentials(f"Dr. {first} {middle} {last}, MD")
    assert split_credentials(name) == (name, ())


@pytest.mark.parametrize(
    "text",
    [
        "Emily R. Carter, MD",
        "O'DWYER, SIOBHAN",
        "Falak, MD",
        "Ludwig van Beethoven",
        "Rami An-Na'im",
        "In-Sook Park",
        "LEE, AL",
    ],
)
def test_names_look_like_people(text):
    assert looks_like_person(text)


@pytest.mark.parametrize(
    "text",
    [
        "Internal Medicine",
        "Mercy Hospital",
        "Certificate of Completion",
        "Emily",
        "12 Oak Avenue",
        "has completed",
        "",
        "MLP-PHYSICIAN ASSISTANT",
        "Point-of-Care Ultrasound Essentials",
        "Wichita, KS",
        "Main Campus",
    ],
)
def test_other_text_does_not(text):
    assert not looks_like_person(text)


@given(FIRST, MIDDLE, LAST)
def test_the_order_of_first_and_last_name_does_not_matter(first, middle, last):
    plain, swapped = f"{first} {middle} {last}", f"{last.upper()}, {first} {middle}"
    assert compare_names(plain, swapped) == "same"
    assert name_key(plain) == name_key(swapped)


@given(st.tuples(FIRST, MIDDLE, LAST).map(" ".join), st.tuples(FIRST, MIDDLE, LAST).map(" ".join))
def test_comparing_is_symmetric(one, other):
    assert compare_names(one, other) == compare_names(other, one)


@given(FIRST, FIRST, LAST)
def test_nobody_is_matched_by_the_last_name_alone(first, other_first, last):
    if first != other_first:
        assert compare_names(f"{first} {last}", f"{other_first} {last}") == "doubtful"


@pytest.mark.parametrize(
    ("one", "other", "agreement"),
    [
        ("Emilly Obadiah", "EMILLY BONARERI OBADIAH", "close"),
        ("Fnu Falak", "Falak Fnu", "close"),
        ("FALAK", "Fnu Falak", "close"),
        ("JEFFREY L CHIN", "Jeffrey Lap-Yan Chin", "close"),
        ("CARTER EMILY R", "Emily R. Carter", "close"),
        ("J Smith", "Jane Smith", "close"),
        ("Bob Jones", "Robert Jones", "close"),
        ("John Smith Jr", "John Smith", "close"),
        ("John Smith Jr", "John Smith Sr", "doubtful"),
        ("Patrick Lee", "Patricia Lee", "doubtful"),
        ("Mary Kelly Jones", "Mary Kelly", "doubtful"),
        ("Smith", "Smith", "doubtful"),
        ("José García-López", "Jose Garcia", "close"),
        ("María de la Cruz", "DELACRUZ, MARIA", "same"),
        ("Siobhan O’Dwyer", "SIOBHAN ODWYER", "same"),
        ("Jennifer Steﬀens", "Jennifer Steffens", "same"),
        ("John Smith", "Alan Turing", "other"),
    ],
)
def test_known_pairs_of_names_agree_as_a_specialist_says(one, other, agreement):
    assert compare_names(one, other) == agreement


def test_a_former_name_counts_as_known():
    assert best_agreement("Jane Miller", ("Jane Carter", "Jane Miller")) == "same"


def test_the_last_names_initials_see_through_particles_and_hyphens():
    assert last_name_initials("Maria Garcia-Lopez") == {"g", "l"}
    assert last_name_initials("Ann McDonald") == {"m", "d"}
    assert last_name_initials("Ludwig van Beethoven") == {"v", "b"}
