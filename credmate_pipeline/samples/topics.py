"""Titles of invented activities, with the topic tags a reader may give them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topic:
    """An activity's title and its tags (empty where none is meant)."""

    title: str
    tags: tuple[str, ...] = ()


PHYSICIAN_TOPICS = (
    Topic("Anticoagulation in Atrial Fibrillation: From Guidelines to the Bedside"),
    Topic("Safer Opioid Prescribing and the Treatment of Opioid Use Disorder", ("opioid_sud",)),
    Topic("Resistant Hypertension: A Practical Workup"),
    Topic("Sepsis in the First Hour: Recognition and Resuscitation"),
    Topic("Advances in Heart Failure With Preserved Ejection Fraction"),
    Topic("Medical Ethics at the End of Life: Cases and Commentary", ("ethics", "end_of_life")),
    Topic("Updates in Adult Immunization for Primary Care"),
    Topic("Recognizing Human Trafficking in Clinical Practice", ("human_trafficking",)),
    Topic("Preventing Medical Errors on the Wards", ("medical_errors",)),
    Topic("Infection Control and Barrier Precautions", ("infection_control",)),
    Topic("Type 2 Diabetes & Kidney Disease: Closing the Gap"),
    Topic("Implicit Bias and Equity in Maternal Health", ("implicit_bias",)),
    Topic("Suicide Risk Assessment in the Emergency Department", ("suicide",)),
    Topic("Biologic Therapy for Moderate-to-Severe Psoriasis"),
    Topic("Point-of-Care Ultrasound Essentials"),
    Topic("Chronic Low Back Pain: Movement, Medicine, and Patience", ("pain",)),
    Topic("Identifying and Reporting Child Abuse", ("child_abuse",)),
    Topic("Cognitive Decline in Older Adults: Early Detection of Dementia", ("geriatrics", "dementia")),
    Topic("Acute Stroke Update: Extending the Thrombectomy Window"),
    Topic("Thyroid Nodules: When to Biopsy, When to Watch"),
    Topic("What's New in COVID-19? Vaccines, Variants, and Long COVID"),
    Topic("17th Annual Update on Primary Care Dermatology"),
    Topic("Rheumatology Board Review 2025, Part 2: Vasculitis and Myositis"),
    Topic("Focus on the Failing Kidney: SGLT2 Inhibitors in Practice"),
    Topic("From Awareness to Action on Health Equity in the Clinic", ("cultural_competency",)),
    Topic("Five Malpractice Claims Every Surgeon Should Know", ("risk_mgmt",)),
    Topic("HIV Pre-Exposure Prophylaxis for the Generalist", ("hiv",)),
    Topic("Intimate Partner Violence: Screening and Response", ("domestic_violence",)),
    Topic("Nutrition Counseling in Ten Minutes", ("nutrition",)),
    Topic("Patient Safety and Teamwork in the Operating Room", ("patient_safety",)),
    Topic("Buprenorphine in the Office: Meeting the MATE Act Requirement", ("opioid_sud",)),
    Topic("State Law and Professional Responsibility for Physicians", ("state_law",)),
    Topic("CAR-T Cells & Bispecifics in R/R Multiple Myeloma"),
    Topic("Evaluation of the Dizzy Patient"),
)

LONG_TOPICS = (
    Topic(
        "Optimizing the Long-Term Management of Moderate-to-Severe Atopic Dermatitis in Adolescents and Adults: "
        "Shared Decisions, Emerging Agents, and Practical Steps for the Busy Clinician"
    ),
    Topic(
        "The Multidisciplinary Approach to Advanced Non-Small Cell Lung Cancer: Biomarker Testing, Sequencing of "
        "Therapy, and Management of Immune-Related Adverse Events Across the Community and Academic Settings"
    ),
    Topic(
        "Opioid Prescribing for Acute and Chronic Pain: Federal and State Requirements, Patient Selection, "
        "Monitoring, and Tapering in an Era of Overdose",
        ("opioid_sud", "pain"),
    ),
)

JOURNAL_TOPICS = (
    Topic("Outcomes After Early Versus Delayed Cholecystectomy for Acute Cholecystitis"),
    Topic("Association of Night-Shift Work With Incident Atrial Fibrillation"),
    Topic("Palliative Care Consultation and Time at Home", ("end_of_life",)),
    Topic("A Randomized Trial of Reduced-Dose Computed Tomography for Kidney Stones"),
)

DENTAL_TOPICS = (
    Topic("Contemporary Management of the Deep Carious Lesion"),
    Topic("Infection Control in the Dental Office", ("infection_control",)),
    Topic("Implant Complications and How to Avoid Them"),
)

NURSING_TOPICS = (
    Topic("Central Line Care: Preventing Bloodstream Infections"),
    Topic("Wound Assessment and Dressing Selection"),
    Topic("Caring for the Patient With Delirium"),
    Topic("Early Warning Scores and Rapid Response"),
    Topic("Pediatric Pain Assessment for Nurses", ("pain",)),
    Topic("Palliative Nursing: Conversations That Matter", ("end_of_life",)),
)

PHARMACY_TOPICS = (
    Topic("Antimicrobial Stewardship in Long-Term Care"),
    Topic("GLP-1 Receptor Agonists: Counseling Points for Pharmacists"),
    Topic("Naloxone Access and the Pharmacist's Role", ("opioid_sud",)),
    Topic("Reconciling Medications Across Transitions of Care"),
)
