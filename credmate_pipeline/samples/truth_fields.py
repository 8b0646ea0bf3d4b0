"""The fields a truth speaks of, by type. Kept apart from the extractors on purpose: a truth must not follow them."""

TRUTH_FIELDS: dict[str, tuple[str, ...]] = {
    "cme_certificate": (
        *("holder_name", "holder_credentials", "activity_title", "issuer", "completion_date", "start_date"),
        *("credits_awarded", "credits_designated", "credit_type", "other_credits", "certificate_number", "acpe_uan"),
        *("accreditation_statement", "topics"),
    ),
    "dea_registration": (
        *("registration_number", "holder_name", "schedules", "business_activity", "issue_date", "expiration_date"),
        "address_state",
    ),
    "license": (
        *("license_number", "state", "license_type", "holder_name", "issue_date", "expiration_date"),
        "license_status",
    ),
    "controlled_substance_registration": (
        *("registration_number", "state", "holder_name", "schedules", "issue_date", "expiration_date"),
    ),
    "board_certification": (
        *("board", "specialty", "holder_name", "certificate_number", "issue_date", "expiration_date"),
    ),
    "life_support_card": (
        *("course", "holder_name", "issue_date", "renew_by", "ecard_code", "training_center", "instructor_name"),
    ),
    "malpractice_insurance": (
        *("holder_name", "insurer", "policy_number", "effective_date", "expiration_date", "coverage_basis"),
        *("retroactive_date", "limit_per_claim", "limit_aggregate"),
    ),
    "unsupported": (),
}
