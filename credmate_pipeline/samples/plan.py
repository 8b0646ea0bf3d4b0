"""The demonstration set: every type, layout worth showing, way of production and fault, once."""

from dataclasses import dataclass

from credmate_pipeline.samples.sample import Kind


@dataclass(frozen=True, slots=True)
class Order:
    """One document to draw: how it comes, and by which layout (None where the file has no page to show)."""

    kind: Kind
    layout: str | None = None


DEMO_PLAN = (
    Order(Kind.BORN_DIGITAL, "cme_awarded"),
    Order(Kind.DUPLICATE),
    Order(Kind.CLEAN_SCAN, "dea_form_223"),
    Order(Kind.BORN_DIGITAL, "license_verification_page"),
    Order(Kind.PHONE_PHOTO, "cme_joint_providership"),
    Order(Kind.POOR_SCAN, "cme_label_table"),
    Order(Kind.ROTATED_SCAN, "license_wall_certificate"),
    Order(Kind.FAX, "csr_massachusetts"),
    Order(Kind.HEIC_PHOTO, "license_pocket_card"),
    Order(Kind.WEBP_SCAN, "life_support_electronic_card"),
    Order(Kind.MULTIPAGE_TIFF, "board_wall_certificate"),
    Order(Kind.BORN_DIGITAL, "malpractice_liability_certificate"),
    Order(Kind.LYING_TEXT_LAYER, "cme_awarded"),
    Order(Kind.ENCRYPTED),
    Order(Kind.TRUNCATED, "cme_letter"),
    Order(Kind.EMPTY_FILE),
    Order(Kind.BLANK_PAGE),
    Order(Kind.WORD_FILE),
    Order(Kind.CLEAN_SCAN, "dea_form_223_expired"),
    Order(Kind.BORN_DIGITAL, "dea_form_223_bad_check_digit"),
    Order(Kind.BORN_DIGITAL, "cme_awarded_beyond_designation"),
    Order(Kind.BORN_DIGITAL, "invoice"),
    Order(Kind.CLEAN_SCAN, "appointment_letter"),
    Order(Kind.BORN_DIGITAL, "curriculum_vitae"),
    Order(Kind.BORN_DIGITAL, "cme_participation"),
    Order(Kind.BORN_DIGITAL, "cme_two_columns"),
    Order(Kind.CLEAN_SCAN, "cme_nursing"),
    Order(Kind.BORN_DIGITAL, "cme_pharmacy"),
    Order(Kind.BORN_DIGITAL, "cme_osteopathic"),
    Order(Kind.BORN_DIGITAL, "cme_several_credits"),
    Order(Kind.BORN_DIGITAL, "dea_wide_certificate"),
    Order(Kind.BORN_DIGITAL, "course_diploma"),
    Order(Kind.BORN_DIGITAL, "life_support_term_in_words"),
    Order(Kind.BORN_DIGITAL, "life_support_quick_course"),
)
"""Ordered so that the first `COMPLETE_SET` hold every type and kind, and only all of it every fault on a page.

A duplicate repeats the document before it.
"""

COMPLETE_SET = 24
"""From so many on, a set holds every type, every fault of a file, and every kind but `catalog.RARE_KINDS`."""
