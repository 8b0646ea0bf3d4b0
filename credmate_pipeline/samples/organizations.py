"""Invented organizations: none of them exists. Names of accreditors and of public bodies are wording, not issuers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Organization:
    """An invented organization and where it says it is."""

    name: str
    street: str
    city: str
    state: str
    zip_code: str

    @property
    def address(self) -> str:
        return f"{self.street}, {self.city}, {self.state} {self.zip_code}"

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.name.split() if word[0].isupper())[:4]


EDUCATION_PROVIDERS = (
    Organization("Blue Ridge Academy of Continuing Medicine", "410 Laurel Street", "Asheville", "NC", "28801"),
    Organization("Larkspur Medical Education Institute", "2200 Mission Bluff Road", "Sacramento", "CA", "95814"),
    Organization("Great Plains Clinical Learning Network", "815 Prairie Avenue", "Lincoln", "NE", "68502"),
    Organization("Harborview Hills Health System", "1 Lighthouse Way", "Portland", "ME", "04101"),
    Organization("Cedar Mesa University School of Medicine", "700 Mesa Drive", "Santa Fe", "NM", "87501"),
    Organization("Northgate Physicians' Education Council", "52 Northgate Plaza, Suite 300", "Columbus", "OH", "43215"),
    Organization("Summit & Vale Medical Education, LLC", "9 Vale Court", "Boulder", "CO", "80302"),
    Organization("Tidewater Society for Postgraduate Medicine", "1440 Granby Street", "Norfolk", "VA", "23510"),
    Organization("The Wexcombe Foundation for Clinical Education", "77 Orchard Lane", "Hartford", "CT", "06103"),
    Organization("Redwood Coast Hospital Medical Staff Office", "300 Timber Road", "Eureka", "CA", "95501"),
    Organization("Lakemont Regional Medical Center", "2901 Shoreline Boulevard", "Madison", "WI", "53703"),
    Organization("PrairieStar Continuing Education, Inc.", "120 Windmill Parkway", "Wichita", "KS", "67202"),
    Organization("University of Eastern Cascadia School of Medicine", "1300 Cascade Way", "Yakima", "WA", "98901"),
    Organization("The Alder Clinic Foundation", "88 Alder Street", "Bangor", "ME", "04401"),
    Organization("St. Brendan's Hospital and Medical Center", "5 Abbey Road", "Dubuque", "IA", "52001"),
    Organization("American College of Rural Emergency Physicians", "2120 Ranch Road", "Abilene", "TX", "79601"),
    Organization("CardioLearn", "600 Corporate Center Drive", "Exton", "PA", "19341"),
    Organization("Med-Ed Horizons, Ltd.", "14 Innovation Park, Suite 210", "Durham", "NC", "27703"),
    Organization("Children's Hospital of the Lower Hudson", "900 Riverside Drive", "Beacon", "NY", "12508"),
    Organization("Kessler-Vaughn Institute for Health Professions Education", "71 Elm Row", "Newark", "NJ", "07102"),
)

DENTAL_PROVIDERS = (
    Organization("Bluewater Academy of Dental Education", "37 Bay Street", "Traverse City", "MI", "49684"),
    Organization("Carolina Piedmont Dental Study Club", "12 Mill Street", "Greenville", "SC", "29601"),
)

JOURNALS = ("Annals of Ambulatory Surgery", "The Journal of Rural Medicine", "Archives of Bedside Cardiology")

NURSING_PROVIDERS = (
    Organization("Willow Bend Nurses' Learning Center", "61 Willow Bend", "Dayton", "OH", "45402"),
    Organization("Coastal Alliance for Nursing Education", "880 Harbor Drive", "San Diego", "CA", "92101"),
    Organization("Three Rivers Nursing Education Collaborative", "14 Confluence Square", "Pittsburgh", "PA", "15222"),
)

PHARMACY_PROVIDERS = (
    Organization("Meridian College of Pharmacy Practice", "455 Apothecary Row", "St. Louis", "MO", "63103"),
    Organization("Juniper Pharmacy Learning Group", "19 Juniper Street", "Salt Lake City", "UT", "84101"),
)

OSTEOPATHIC_PROVIDERS = (
    Organization("Ozark Plateau Osteopathic Association", "330 Bluff Street", "Springfield", "MO", "65806"),
    Organization("Allegheny Valley College of Osteopathic Studies", "21 Ridge Road", "Erie", "PA", "16501"),
)

TRAINING_CENTERS = (
    Organization("Pinecrest Emergency Training Center", "18 Fire Tower Road", "Boise", "ID", "83702"),
    Organization("Bayside Resuscitation Training", "640 Pier Avenue", "Tampa", "FL", "33602"),
    Organization("Four Corners Life Safety Training", "2 Canyon Street", "Durango", "CO", "81301"),
)

INSURERS = (
    Organization("Granite Harbor Professional Insurance Company", "100 Granite Street", "Concord", "NH", "03301"),
    Organization("Bluestem Physicians Mutual Insurance Company", "4500 Bluestem Road", "Topeka", "KS", "66603"),
    Organization("Stillwater Medical Assurance Company", "88 Assurance Plaza", "Minneapolis", "MN", "55401"),
)

BROKERS = (
    Organization("Hollis & Wren Insurance Services", "27 Market Street", "Albany", "NY", "12207"),
    Organization("Tamarack Risk Partners, Inc.", "510 Tamarack Avenue", "Duluth", "MN", "55802"),
)

HOSPITALS = (
    Organization("Fernwood Community Hospital", "1200 Fernwood Drive", "Tulsa", "OK", "74103"),
    Organization("St. Aldric's Medical Center", "75 Abbey Road", "Rochester", "NY", "14604"),
    Organization("Copper Basin Health Partners", "3300 Basin Street", "Butte", "MT", "59701"),
)

SIGNERS = (
    *("Margot Ellery, MEd, CHCP", "Leopold Strand, MD", "Ruth Ann Castile, MBA", "Garrett Fenwick, MD, MPH"),
    *("Philippa Nord, MSN, RN", "Desmond Achebe-Lyle, PhD", "Corinne Vance, CHCP"),
)
