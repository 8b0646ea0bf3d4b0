"""Words around and in people's names: degrees, titles, suffixes, particles, nicknames, words no name holds."""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\S+", text))


TITLES = ("dr", "doctor", "prof", "professor", "mr", "mrs", "ms", "miss", "mx", "sir")

CREDENTIALS = _words(
    """
    MD DO MBBS MBCHB MBBCH BMBS DDS DMD DPM DVM OD DC ND PHD PSYD EDD DSC SCD DRPH PHARMD RPH DNP DNAP DPT DHSC
    JD MPH MHA MBA MS MSC MA MED MSW MSN MSHA MSED MPAS MMS MMSC MHS MHSC MPA MSPH LLM BS BA BSC BSN ADN AA AS
    ASN MSPAS MPP MPT BPHARM BDS MDS FRCP FRCS FRCPC FRCSC MRCP MRCS FACP FACS FACC FACOG FACEP FAAP FAAFP FACOI
    FACR FCCP FIDSA FAHA FASN FACG FAAN FAPA FACE FAANP FACHE FHM SFHM FSCAI FAAD FACOS FACOEP FAAOS FACAAI
    FAAAAI FAASM FASA FAPWCA RN LPN LVN NP PA APRN ARNP CRNP CNP FNP ANP PNP WHNP ACNP AGNP AGACNP AGPCNP PMHNP
    NNP CPNP CRNA CNM CNS CNE CCRN CEN CNOR OCN RNC CDE CDCES CPHQ CCM CHPN CMSRN PCCN CWOCN CWS TCRN NEA NE BC
    PC AC C CS SA APN CPAN CRRN CNL PAC PT OT OTR SLP CCC RD RDN LD LDN CDN CSSD CPHT BCPS BCACP BCOP BCCCP BCPP
    BCGP BCIDP RRT CRT RCP RPSGT RDCS RDMS RVT ATC LAT EMT EMTP NRP PARAMEDIC LCSW LICSW LMSW LMFT LPC LPCC LMHC
    LCPC LAC CADC LADC CHES MCHES CIC CPH CHT CLT IBCLC CMA RMA CPC COA COT COMT CO CPO ABOC NCLEC HPD ESQ NCC
    QMHP LP HSPP ABPP
    """
)
"""Degrees, licences and fellowships as printed after a name, without dots, upper case; parts of hyphenated ones too."""

SURNAME_LIKE_CREDENTIALS = frozenset(
    {"DO", "MA", "PA", "AN", "CO", "LAC", "LAT", "ND", "LD", "OD", "PT", "MED", "AA", "SA"}
)
"""Credentials that in mixed case and without a comma are rather a last name: Kim Do, Jack Ma."""

CREDENTIAL_PHRASES = {
    r"doctor\s+of\s+medicine": "MD",
    r"doctor\s+of\s+osteopath(?:y|ic\s+medicine)": "DO",
    r"doctor\s+of\s+pharmacy": "PharmD",
    r"physician\s+assistant": "PA",
    r"nurse\s+practitioner": "NP",
    r"registered\s+nurse": "RN",
    r"pharmacist": "RPh",
    r"physician": "MD",
}
"""Degrees written out after a name, most specific first."""

SUFFIXES = {
    "jr": "jr",
    "junior": "jr",
    "sr": "sr",
    "senior": "sr",
    "ii": "ii",
    "2nd": "ii",
    "iii": "iii",
    "3rd": "iii",
    "iv": "iv",
    "4th": "iv",
}

PARTICLES = _words(
    """
    de da do dos das del della der den di du la le los las el al bin ibn ben bint abu van von vander ter ten te
    zu y e st san af av mac mc o d
    """
)
"""Words that begin a last name and are no last name alone."""

NOT_IN_NAMES = _words(
    """
    accme acpe ama ancc aapa aafp aoa uan ceu ceus cme cpe pra nabp
    a an the of and or for in on at to by with from as is was are has have had been this that these which who
    carrier certificant diplomate insurer annual premium aggregate claim claims coverage inception limits made
    occurrence period retroactive
    whom it its his her their your not no yes per academy accreditation accredited accrediting accreditor
    activity activities address administration agency america american association attendance attended award
    awarded board bureau business california campus cancer card cardiac care category cell center centre certificate
    certification certified certifies certify chapter chair city class clinic clinical college commission
    committee completed completion congress conference contact continuing controlled copy corporation council
    county course credit credits date dates dea degree department designated director division doctor drug
    earned education educational effective enforcement event executive expiration expires fee forum foundation
    grand group health healthcare hereby holder home hospital hospitals hour hours inc insurance institute
    institution instructor insured international issue issued joint jointly journal justice learning lecture
    lecturer level license licensed licensee licensing life limited live llc llp location ltd management manager
    maximum medical medicine member meeting name national network number nurse nurses nursing office officer
    online page participant participants participated participation pass pharmacist pharmacists pharmacy
    physician physicians policy practitioner practitioners president presented presents professional
    professionals program programme project provider providers providership public purpose quality recognition
    record registered registrar registrant registration regulation renewal research review rounds safety school
    schedule schedules science sciences secretary section seminar series services signature signed society
    specialty state states statement status substance successful successfully summit support symposium system
    systems technician title titled topic trainer training transcript treasurer type united university update
    updates valid verification verified void webcast webinar workshop
    street avenue boulevard blvd road drive court suite floor apt po box
    """
)
"""Folded words that speak against a text being a person's name."""

_NICKNAME_GROUPS = """
    alexander alex sandy; alexandra alex sandra lexi; andrew andy drew; anthony tony; barbara barb; benjamin
    ben; catherine kathy cathy kate katie; katherine kathy kate katie kathryn; charles charlie chuck;
    christopher chris; christine chris tina; christina chris tina; daniel dan danny; david dave; deborah debbie
    deb; debra debbie deb; donald don; dorothy dot; edward ed eddie ted; elizabeth liz beth betty eliza; eugene
    gene; frances fran; francis frank; frederick fred; gerald jerry; gregory greg; harold harry hal; henry hank
    harry; jacob jake; jacqueline jackie; james jim jimmy jamie; janet jan; jeffrey jeff; jennifer jen jenny;
    jessica jess; john jack johnny; jonathan jon; joseph joe joey; joshua josh; judith judy; kenneth ken;
    kimberly kim; lawrence larry; leonard len; margaret maggie meg peggy; matthew matt; michael mike mick; nancy
    nan; natalie nat; nathaniel nate nathan; nicholas nick; pamela pam; patricia pat patty trish; patrick pat;
    peter pete; philip phil; phillip phil; raymond ray; rebecca becky; richard rick dick rich; robert bob rob
    bobby; ronald ron; samantha sam; samuel sam; stephen steve; steven steve; stephanie steph; stuart stu; susan
    sue; theodore ted; teresa terry; theresa terry; thomas tom; timothy tim; victoria vicky; vincent vince;
    walter walt; william bill will billy; zachary zach
"""


def _nicknames() -> dict[str, frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for group in _NICKNAME_GROUPS.split(";"):
        full, *short = group.split()
        groups.setdefault(full, {full}).update(short)
        for name in short:
            groups.setdefault(name, {name}).add(name)
    return {name: frozenset(known) for name, known in groups.items()}


NICKNAMES = _nicknames()
"""A full name with its short forms; a short form with itself: two names agree if their sets meet."""
