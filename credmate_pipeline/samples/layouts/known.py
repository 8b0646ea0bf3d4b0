"""All layouts, by document type."""

from credmate_pipeline.samples.layouts import (
    board,
    cme_other_credits,
    cme_physician,
    cme_tabular,
    dea,
    life_support,
    malpractice,
    papers,
    registrations,
    state_license,
)
from credmate_pipeline.samples.layouts.layout import Layout

LAYOUTS: dict[str, tuple[Layout, ...]] = {
    "cme_certificate": (
        Layout("cme_awarded", cme_physician.awarded),
        Layout("cme_awarded_beyond_designation", cme_physician.awarded_beyond_designation, is_common=False),
        Layout("cme_participation", cme_physician.participation),
        Layout("cme_joint_providership", cme_physician.joint_providership),
        Layout("cme_landscape", cme_physician.landscape),
        Layout("cme_letter", cme_physician.letter),
        Layout("cme_jointly_accredited", cme_physician.jointly_accredited),
        Layout("cme_label_table", cme_tabular.label_table),
        Layout("cme_two_columns", cme_tabular.two_columns),
        Layout("cme_release_dates", cme_tabular.release_dates),
        Layout("cme_conference", cme_tabular.conference),
        Layout("cme_nursing", cme_other_credits.nursing),
        Layout("cme_pharmacy", cme_other_credits.pharmacy),
        Layout("cme_osteopathic", cme_other_credits.osteopathic),
        Layout("cme_family_medicine", cme_other_credits.family_medicine),
        Layout("cme_several_credits", cme_other_credits.several_credits),
        Layout("cme_physician_assistants", cme_other_credits.physician_assistants),
    ),
    "dea_registration": (
        Layout("dea_form_223", dea.form_223),
        Layout("dea_form_223_expired", dea.form_223_expired, is_common=False),
        Layout("dea_form_223_bad_check_digit", dea.form_223_bad_check_digit, is_common=False),
        Layout("dea_wide_certificate", dea.wide_certificate),
        Layout("dea_register_page", dea.register_page),
    ),
    "license": (
        Layout("license_wall_certificate", state_license.wall_certificate),
        Layout("license_pocket_card", state_license.pocket_card),
        Layout("license_verification_page", state_license.verification_page),
        Layout("license_renewal_certificate", state_license.renewal_certificate),
        Layout("license_nurse_verification", state_license.nurse_verification),
    ),
    "controlled_substance_registration": (
        Layout("csr_massachusetts", registrations.massachusetts),
        Layout("csr_illinois", registrations.illinois),
    ),
    "board_certification": (
        Layout("board_wall_certificate", board.wall_certificate),
        Layout("board_verification", board.verification),
    ),
    "life_support_card": (
        Layout("life_support_electronic_card", life_support.electronic_card),
        Layout("life_support_printed_card", life_support.printed_card),
    ),
    "malpractice_insurance": (
        Layout("malpractice_liability_certificate", malpractice.liability_certificate),
        Layout("malpractice_confirmation_letter", malpractice.confirmation_letter),
    ),
    "unsupported": (
        Layout("invoice", papers.invoice),
        Layout("appointment_letter", papers.appointment_letter),
        Layout("curriculum_vitae", papers.curriculum_vitae),
        Layout("course_diploma", papers.course_diploma),
        Layout("meeting_agenda", papers.meeting_agenda),
    ),
}


def layout_named(name: str) -> Layout:
    """The layout of that name; `KeyError` where there is none."""
    return {layout.name: layout for layouts in LAYOUTS.values() for layout in layouts}[name]
