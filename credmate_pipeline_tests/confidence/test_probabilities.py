"""Every field gets its probability of being right, by how it was printed, read and found."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from credmate_pipeline.classification.classification import Classification
from credmate_pipeline.confidence.model import UNSURE, package_model
from credmate_pipeline.confidence.printed import PrintedPage
from credmate_pipeline.confidence.probabilities import with_probabilities
from credmate_pipeline.confidence.shapes import (
    ends_in_a_fragment,
    ends_in_strokes,
    has_expected_shape,
    has_look_alikes,
    may_have_lost_a_stroke,
    may_lack_its_first,
    shape_signs,
)
from credmate_pipeline.confidence.signs import Surroundings, field_signs
from credmate_pipeline.documents.document import Limits
from credmate_pipeline.documents.intake import inspect_file
from credmate_pipeline.extraction.document_type import FieldKind
from credmate_pipeline.extraction.fields import Extraction, Field, Item, evidence_of
from credmate_pipeline.extraction.layout import evidence_by_row
from credmate_pipeline.journey import understand
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.ocr.read import read_pages
from credmate_pipeline.ocr.reading import Box, Line, Page, Reading, Source, Word
from credmate_pipeline.ocr.tesseract import open_tesseract
from credmate_pipeline.outcome import Circumstances
from credmate_pipeline.validation.decide import THRESHOLDS
from credmate_pipeline_tests.papers import pdf_of, saved

TODAY = date(2026, 3, 9)
QUARTER_TURN = (0.0, -1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0)


@pytest.fixture
def certificate(tmp_path: Path) -> Reading:
    path = saved(tmp_path, "a.pdf", pdf_of())
    return read_pages(path, inspect_file(path, Limits()), engine=open_tesseract("eng"), limits=Limits())


def with_words(reading: Reading, change: Callable[[Word], Word]) -> Reading:
    pages = [
        replace(page, lines=tuple(Line(tuple(map(change, line.words))) for line in page.lines))
        for page in reading.pages
    ]
    return replace(reading, pages=tuple(pages))


def probabilities(reading: Reading) -> dict[str, float]:
    extraction = understand(reading, Circumstances(TODAY)).extraction
    assert extraction is not None
    return {field.name: field.confidence for field in extraction.items[0].fields}


def test_a_clear_page_settles_and_says_which_model_believed_it(certificate: Reading) -> None:
    outcome = understand(certificate, Circumstances(TODAY))
    assert outcome.status is DocumentStatus.COMPLETED
    assert outcome.extraction is not None
    assert outcome.extraction.confidence_version == package_model().version


def test_words_read_with_doubt_make_the_field_they_print_doubtful_and_send_it_to_a_person(certificate: Reading) -> None:
    seen = with_words(certificate, lambda word: replace(word, source=Source.TESSERACT, confidence=0.93))
    smudged = with_words(seen, lambda word: replace(word, confidence=0.3) if "Whitfield" in word.text else word)
    clear, doubtful = probabilities(seen), probabilities(smudged)
    assert doubtful["holder_name"] < clear["holder_name"] - 0.2
    assert doubtful["completion_date"] > clear["completion_date"] - 0.05
    outcome = understand(smudged, Circumstances(TODAY))
    assert outcome.status is DocumentStatus.REVIEW_PENDING
    assert any("holder name" in reason for reason in outcome.reasons)


def test_a_reader_the_model_never_saw_is_not_believed_without_a_person(certificate: Reading) -> None:
    outcome = understand(certificate, Circumstances(TODAY))
    assert outcome.extraction is not None
    assert outcome.classification is not None
    [item] = outcome.extraction.items
    foreign = Item(tuple(replace(field, method="oracle:whole") for field in item.fields))
    judged = with_probabilities(
        Extraction("cme_certificate", (foreign,), "oracle"), certificate, outcome.classification
    )
    assert all(field.confidence <= UNSURE < THRESHOLDS.of(field.name) for field in judged.items[0].fields)


def test_the_models_threshold_and_measures_are_those_of_documents_that_settled_right() -> None:
    model = package_model()
    assert 0.5 < model.threshold < 1
    settling = model.measures["settling"]
    assert settling["right_share"] == pytest.approx(settling["settled_right"] / settling["settled"], abs=1e-3)
    assert model.measures["required_fields"]["auroc"] > 0.8
    assert model.fitted_from["seeds"]


def test_the_words_under_a_field_are_found_on_a_turned_page_too() -> None:
    words = tuple(
        Word(text, Box(x, 0.1, x + 0.1, 0.12), 0.9, Source.TESSERACT) for x, text in ((0.1, "one"), (0.3, "two"))
    )
    for frame in (Page(1, (), Source.TESSERACT, 1, 1).frame, QUARTER_TURN):
        page = Page(1, (Line(words),), Source.TESSERACT, 612, 792, frame)
        assert PrintedPage(page).words_at(evidence_of(page, words[1:])) == words[1:]


def test_other_dates_on_the_page_are_rivals_and_the_same_one_is_not() -> None:
    printed = ["March", "3,", "2025", "until", "April", "4,", "2025"]
    words = tuple(
        Word(text, Box(0.1 * at, 0.1, 0.1 * at + 0.09, 0.12), 1.0, Source.TEXT_LAYER) for at, text in enumerate(printed)
    )
    page = Page(1, (Line(words),), Source.TEXT_LAYER, 612, 792)
    field = Field("completion_date", "2025-04-04", "April 4, 2025", 1.0, (evidence_of(page, words[4:]),), "rules:label")
    assert PrintedPage(page).rivals(field, FieldKind.DATE) <= 1
    assert PrintedPage(page).rivals(replace(field, value="2024-01-01"), FieldKind.DATE) >= 1
    assert PrintedPage(page).rivals(field, FieldKind.NAME) == 0


def field_of(name: str, value: str, content: str = "") -> Field:
    word = Word(value, Box(0.1, 0.1, 0.2, 0.2), 1.0, Source.TEXT_LAYER)
    page = Page(1, (Line((word,)),), Source.TEXT_LAYER, 612, 792)
    return Field(name, value, content or value, 1.0, (evidence_of(page, (word,)),), "rules:label")


@pytest.mark.parametrize(
    ("type_name", "name", "value", "is_expected"),
    [
        ("dea_registration", "registration_number", "AB1234563", True),
        ("dea_registration", "registration_number", "AB1234564", False),
        ("controlled_substance_registration", "registration_number", "CS 12", True),
        ("life_support_card", "ecard_code", "256012345678", True),
        ("life_support_card", "ecard_code", "2560123456", False),
        ("license", "expiration_date", "2020-01-01", False),
        ("license", "expiration_date", "2030-01-01", True),
        ("malpractice_insurance", "insurer", "Bluestem Physicians Mutual", True),
        ("malpractice_insurance", "insurer", "Bluestem Physician", False),
        ("malpractice_insurance", "insurer", "Company", False),
    ],
)
def test_numbers_and_dates_are_held_against_their_known_form(
    type_name: str, name: str, value: str, is_expected: bool
) -> None:
    field = field_of(name, value)
    item = Item((field, field_of("issue_date", "2025-05-01")))
    assert has_expected_shape(field, item, type_name) is is_expected


def test_odd_characters_cut_ends_and_mended_text_are_signs() -> None:
    clean = dict(shape_signs(field_of("activity_title", "Pain and Addiction"), FieldKind.TEXT))
    odd = dict(shape_signs(field_of("activity_title", "Pain and the", "P|in and th€"), FieldKind.TEXT))
    assert (clean["odd_signs"], clean["cut"], clean["changed"]) == (0, 0, 0)
    assert odd["odd_signs"] == 2
    assert odd["cut"] == 1
    assert odd["changed"] > 0
    name = dict(shape_signs(field_of("holder_name", "AnnRoe7"), FieldKind.NAME))
    assert name["name_of_one_word"] == name["name_with_odd_signs"] == 1


@pytest.mark.parametrize(
    ("name", "is_suspect"),
    [
        ("Ana Quifiones", True),
        ("Daniela Nufez", True),
        ("Imani Quifones", True),
        ("Rosa Begofa", True),
        ("Stefan Rafael", False),
        ("Roberto Bergstrém", True),
        ("Ida Griinwald", True),
        ("Rui Gongalves", True),
        ("Tarig Hassan", True),
        ("Craig Hertzog", False),
        ("Sofia Reyes", False),
        ("ANA QUIFIONES", False),
        ("TQMASZ BERGSTROM", True),
        ("MBEKI, TARLQ C", True),
        ("IQBAL, TARIQ", False),
        ("LINDQVIST, JOSHUA", False),
        ("Ann Holmqvist", False),
        ("Per Qvarnstrom", False),
        ("QURESHI, SIDDIQA", False),
    ],
)
def test_what_engines_make_of_letters_with_marks_is_known(name: str, is_suspect: bool) -> None:
    assert has_look_alikes(name) is is_suspect


@pytest.mark.parametrize(
    ("name", "is_torn"),
    [
        ("Dmitri Fairweather I", True),
        ("Marcus O'Brien, e", True),
        ("Olumide H.", True),
        ("Chidi T", True),
        ("SMITH JOHN A", False),
        ("Ida Novak III", False),
        ("NOVAK, IDA H.", False),
    ],
)
def test_a_name_that_ends_in_a_stroke_or_a_speck_is_known(name: str, is_torn: bool) -> None:
    assert ends_in_a_fragment(name) is is_torn


@pytest.mark.parametrize(
    ("name", "is_suspect"), [("J. Ferreira", True), ("Durango", True), ("Mei Lin", False), ("DELGADO, ROSA", False)]
)
def test_a_name_whose_first_word_may_not_have_been_read_is_known(name: str, is_suspect: bool) -> None:
    assert may_lack_its_first(name) is is_suspect


def test_a_name_that_engines_misread_though_they_are_sure_is_not_believed(certificate: Reading) -> None:
    seen = with_words(certificate, lambda word: replace(word, source=Source.TESSERACT, confidence=0.96))
    misread = with_words(seen, lambda word: replace(word, text=word.text.replace("Whitfield", "Griinwald")))
    assert probabilities(misread)["holder_name"] < THRESHOLDS.of("holder_name") < probabilities(seen)["holder_name"]


def test_an_amount_with_one_word_nobody_believes_is_not_believed(certificate: Reading) -> None:
    seen = with_words(certificate, lambda word: replace(word, source=Source.TESSERACT, confidence=0.96))
    extraction = understand(seen, Circumstances(TODAY)).extraction
    assert extraction is not None
    amount = extraction.items[0].field("credits_awarded")
    assert amount is not None
    words = PrintedPage(seen.pages[0]).words_at(amount.evidence[0])
    unsure = with_words(seen, lambda word: replace(word, confidence=0.4) if word is words[-1] else word)
    assert probabilities(unsure)["credits_awarded"] < THRESHOLDS.of("credits_awarded")
    assert probabilities(seen)["credits_awarded"] > THRESHOLDS.of("credits_awarded")


REGISTRATION = (
    "Commonwealth of Massachusetts",
    "Controlled Substances Registration",
    "Registration Number MF5190493",
    "Joshua Rasmussen",
    "Schedules 2 3 4 5",
    "Expires 06/27/2029",
)


def scanned(lines: Sequence[str], sure: Mapping[str, float]) -> Reading:
    """A page as an engine reads it: words of confidence 0.96, but for those of `sure`."""
    printed = []
    for row, text in enumerate(lines):
        words = []
        for place, word in enumerate(text.split()):
            box = Box(0.1 + 0.15 * place, 0.1 + 0.05 * row, 0.22 + 0.15 * place, 0.12 + 0.05 * row)
            words.append(Word(word, box, sure.get(word, 0.96), Source.TESSERACT))
        printed.append(Line(tuple(words)))
    return Reading((Page(1, tuple(printed), Source.TESSERACT, 612, 792),), "test")


@pytest.mark.parametrize(("word", "field"), [("MF5190493", "registration_number"), ("06/27/2029", "expiration_date")])
def test_a_number_or_date_read_with_little_confidence_is_not_believed(word: str, field: str) -> None:
    unsure, sure = (probabilities(scanned(REGISTRATION, {word: confidence}))[field] for confidence in (0.72, 0.8))
    assert unsure < THRESHOLDS.of(field) < sure


def test_a_title_that_wants_another_word_is_not_believed_even_from_a_text_layer(certificate: Reading) -> None:
    extraction = understand(certificate, Circumstances(TODAY)).extraction
    assert extraction is not None
    end = str(extraction.items[0].text("activity_title")).split()[-1]
    cut = with_words(certificate, lambda word: replace(word, text=word.text.replace(end, "for")))
    name = "activity_title"
    assert probabilities(cut)[name] < THRESHOLDS.of(name) < probabilities(certificate)[name]


def test_an_amount_printed_over_an_unsure_label_is_not_believed() -> None:
    slip = (
        "Grand Rounds Attendance Certificate",
        "Name: Joshua Rasmussen",
        "Topic: Asthma Care Update",
        "Date: 06/27/2025",
        "AMA PRA Category 1 Credits claimed: 25",
    )

    def believed(confidence: float) -> float:
        page = scanned(slip, {"claimed:": confidence}).pages[0]
        lines = [*page.lines[:-1], Line(tuple(_moved(word, at) for at, word in enumerate(page.lines[-1].words)))]
        return probabilities(Reading((replace(page, lines=tuple(lines)),), "test"))["credits_awarded"]

    assert believed(0.7) < THRESHOLDS.of("credits_awarded") < believed(0.96)


def _moved(word: Word, at: int) -> Word:
    """The words of a row a space apart."""
    return replace(word, box=Box(0.1 + 0.1 * at, word.box.y0, 0.19 + 0.1 * at, word.box.y1))


def test_a_number_in_two_parts_is_not_believed_where_it_was_seen() -> None:
    whole, parted = (
        tuple(line.replace("Number MF5190493", f"No. {number}") for line in REGISTRATION)
        for number in ("MF5190493", "25MA 19497236")
    )
    name = "registration_number"
    assert (
        probabilities(scanned(whole, {}))[name] > THRESHOLDS.of(name) > probabilities(scanned(parted, {})).get(name, 0)
    )


@pytest.mark.parametrize("field", ["holder_name", "activity_title", "issuer"])
def test_a_name_or_text_with_a_word_read_with_little_confidence_is_not_believed(
    certificate: Reading, field: str
) -> None:
    def believed(confidence: float) -> float:
        seen = with_words(certificate, lambda word: replace(word, source=Source.TESSERACT, confidence=0.96))
        extraction = understand(seen, Circumstances(TODAY)).extraction
        assert extraction is not None
        read = extraction.items[0].field(field)
        assert read is not None
        last = PrintedPage(seen.pages[0]).words_at(read.evidence[-1])[-1]
        changed = with_words(seen, lambda word: replace(word, confidence=confidence) if word is last else word)
        return probabilities(changed)[field]

    assert believed(0.66) < THRESHOLDS.of(field) < believed(0.8)


@pytest.mark.parametrize(
    ("end_of_title", "is_believed"), [("al", False), ("| 0488", False), ("e", False), ("to Do", True), ("up", True)]
)
def test_a_title_with_a_speck_behind_it_is_not_believed(
    certificate: Reading, end_of_title: str, is_believed: bool
) -> None:
    seen = with_words(certificate, lambda word: replace(word, source=Source.TESSERACT, confidence=0.96))
    extraction = understand(seen, Circumstances(TODAY)).extraction
    assert extraction is not None
    end = str(extraction.items[0].text("activity_title")).split()[-1]
    specked = with_words(seen, lambda word: replace(word, text=word.text.replace(end, f"{end} {end_of_title}")))
    assert probabilities(seen)["activity_title"] > THRESHOLDS.of("activity_title")
    assert (probabilities(specked)["activity_title"] > THRESHOLDS.of("activity_title")) is is_believed


def test_an_organization_with_a_slash_for_a_letter_is_not_believed(certificate: Reading) -> None:
    seen = with_words(certificate, lambda word: replace(word, source=Source.TESSERACT, confidence=0.96))
    issuer = understand(seen, Circumstances(TODAY)).extraction
    assert issuer is not None
    printed = str(issuer.items[0].text("issuer")).split()[-1]
    misread = with_words(seen, lambda word: replace(word, text=word.text.replace(printed, f"/{printed[1:]}")))
    assert probabilities(misread)["issuer"] < THRESHOLDS.of("issuer") < probabilities(seen)["issuer"]


def test_a_number_behind_which_digits_go_on_is_torn() -> None:
    def row(gap: float, following: str) -> PrintedPage:
        number = Word("MPL-998", Box(0.1, 0.1, 0.2, 0.115), 0.9, Source.TESSERACT)
        rest = Word(following, Box(0.2 + gap, 0.1, 0.25 + gap, 0.115), 0.9, Source.TESSERACT)
        return PrintedPage(Page(1, (Line((number, rest)),), Source.TESSERACT, 612, 792))

    def goes_on(page: PrintedPage) -> bool:
        return page.goes_on(evidence_of(page.page, page.page.words[:1]), with_digits=True)

    assert goes_on(row(0.01, "1014"))
    assert not goes_on(row(0.01, "Term"))
    assert not goes_on(row(0.1, "1014"))


@pytest.mark.parametrize(
    ("name", "is_suspect"),
    [
        ("VASQUEZ, CHIDI II", True),
        ("Oscar H. Okafor-Smith III", True),
        ("Grace Yamada ITI", True),
        ("OSEI, SIOBHAN TI", True),
        ("Ida Hill", False),
        ("IMANIN. JANKOWSKI JR.", True),
        ("IMANI N. JANKOWSKI JR.", False),
        ("DELACROIX, SIOBHAN.K", True),
        ("J.R. Ives", False),
        ("Jane Hill, Pharm.D", False),
        ("Ivo Ives IV", False),
    ],
)
def test_a_name_of_which_engines_may_have_dropped_a_stroke_is_known(name: str, is_suspect: bool) -> None:
    assert may_have_lost_a_stroke(name) is is_suspect


def test_what_stays_in_doubt_however_it_is_read_is_known() -> None:
    assert ends_in_strokes("Tariq Bancroft III")
    assert not any(map(ends_in_strokes, ("Grace Yamada ITI", "Ivo Ives IV", "III Novak")))


@pytest.mark.parametrize(
    ("before", "way", "is_suspect"),
    [("ranite", "layout", True), ("ranite", "label", False), ("ranite:", "layout", False), ("7", "layout", False)],
)
def test_a_value_taken_for_a_whole_line_is_doubted_where_a_word_stands_before_it(
    before: str, way: str, is_suspect: bool
) -> None:
    texts = ((0.1, before), (0.2, "Harbor"), (0.3, "Insurance"))
    words = tuple(Word(text, Box(x, 0.1, x + 0.095, 0.12), 0.9, Source.TESSERACT) for x, text in texts)
    page = Page(1, (Line(words),), Source.TESSERACT, 612, 792)
    value = "Harbor Insurance"
    field = Field("holder_name", value, value, 0.9, evidence_by_row(page, words[1:]), f"rules:{way}")
    around = Surroundings(
        Item((field,)),
        "malpractice_insurance",
        {1: PrintedPage(page)},
        Classification("malpractice_insurance", 0.99, ()),
    )
    assert (field_signs(field, around)["found_doubt"] >= 0.4) is is_suspect


def test_a_type_in_doubt_makes_no_field_surer(certificate: Reading) -> None:
    outcome = understand(certificate, Circumstances(TODAY))
    assert outcome.extraction is not None
    unsure, sure = (
        with_probabilities(outcome.extraction, certificate, Classification("cme_certificate", certainty, ()))
        for certainty in (0.2, 0.99)
    )
    for one, other in zip(unsure.items[0].fields, sure.items[0].fields, strict=True):
        assert one.confidence <= other.confidence
