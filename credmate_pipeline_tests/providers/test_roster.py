"""A roster is read whole or not at all, and every fault names its line."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credmate_pipeline.providers.provider import Provider
from credmate_pipeline.providers.roster import FaultyRoster, read_roster

HEAD = "owner,name,other_names,npi,organization,degree\n"
NPI = "1234567893"


def faults(text: str) -> list[str]:
    with pytest.raises(FaultyRoster) as raised:
        read_roster(text.encode())
    return [str(fault) for fault in raised.value.faults]


def test_a_roster_gives_its_providers_in_its_order() -> None:
    rows = f'p2,"Whitfield, Amelia R., MD",Amelia Stone;Mia Whitfield,{NPI},mercy,\np1,Jo Park DO,,,,DO\n'
    found = [entry.provider for entry in read_roster((HEAD + rows).encode())]
    assert found == [
        Provider("p2", ("Whitfield, Amelia R.", "Amelia Stone", "Mia Whitfield"), NPI, "mercy", "MD"),
        Provider("p1", ("Jo Park",), None, None, "DO"),
    ]


def test_excel_s_byte_order_mark_and_quoted_line_breaks_are_no_trouble() -> None:
    (entry,) = read_roster(b'\xef\xbb\xbfOwner,Name\r\n"p1","Jo\nPark"\r\n')
    assert entry.provider.owner == "p1"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",Jo Park,,,,", "line 2: owner must name one folder: not empty, without slashes"),
        ("a/b,Jo Park,,,,", "line 2: owner must name one folder: not empty, without slashes"),
        ("p1,Park,,,,", "line 2: a name needs a first and a last name (FNU where there is no first name)"),
        ("p1,Jo Park,Stone,,,", "line 2: a name needs a first and a last name (FNU where there is no first name)"),
        ("p1,Jo Park,,1234567890,,", "line 2: the NPI is not ten digits that pass the check digit"),
        ("p1,Jo Park,,,p1,", "line 2: owner and organization are the same folder"),
        ("p1,Jo Park", "line 2: 2 columns, but the header has 6"),
        (f"p1,Jo Park,,{NPI},,\np2,Al Stone,,{NPI},,", "line 3: the same NPI as line 2"),
        ("p1,Jo Park,,,,\np1,Al Stone,,,,", "line 3: the same owner as line 2"),
        ("p1,Jo Park,,,,\np2,Al Stone,,,p1,", "line 3: its organization's folder is another provider's own"),
    ],
)
def test_a_fault_names_its_line_and_what_is_wrong(row: str, said: str) -> None:
    assert faults(HEAD + row + "\n") == [said]


def test_every_faulty_line_is_told_at_once() -> None:
    told = faults(HEAD + "p1,Park,,,,\np2,Jo Park,,12,,\n")
    assert [fault.partition(":")[0] for fault in told] == ["line 2", "line 3"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the file is empty"),
        ("owner\np1\n", "the column name is missing"),
        ("owner,name,ssn\n", "unknown column 'ssn'"),
        ("owner,name,name\n", "the column name stands twice"),
        ('owner,name\np1,"Jo "Park"\n', "this is no CSV"),
    ],
)
def test_a_file_that_is_no_roster_says_so(text: str, said: str) -> None:
    assert said in faults(text)[0]


def test_another_encoding_is_told_with_its_line() -> None:
    with pytest.raises(FaultyRoster, match="line 2: not UTF-8"):
        read_roster("owner,name\np1,José Park\n".encode("latin-1"))


def test_somebody_without_a_first_name_is_fnu() -> None:
    (entry,) = read_roster(b"owner,name\np1,FNU Falak\n")
    assert entry.provider.names == ("FNU Falak",)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_and_never_quoted(content: bytes) -> None:
    with suppress(FaultyRoster):
        read_roster(b"owner,name\n" + content)


def test_no_name_reaches_a_log_through_repr() -> None:
    assert "Park" not in repr(read_roster(b"owner,name\np1,Jo Park\n"))
