"""Words in names of companies and bodies: legal forms, and words that many names share."""

from collections.abc import Iterable

from cases.screening.names.sounds import even

# From this length on a word of a legal form is known by its sounds.
_LONG_WORD = 5

# What kind of body a legal form makes: forms of one class are one form in two countries or two spellings.
JOINT_STOCK = "joint stock"
LIMITED = "limited"
PARTNERSHIP = "partnership"
NON_PROFIT = "non-profit"
STATE = "state"
# A form that says only that there is a company.
ANY = ""

_FORMS = {
    JOINT_STOCK: """
        ag|aktiengesellschaft|jsc|ojsc|pjsc|cjsc|jsco|sa|spa|plc|se|oao|pao|zao|ao|oy j
        |oyj|asa|nv|joint stock company|open joint stock company|public joint stock company
        |closed joint stock company|private joint stock company|public limited company|societe anonyme
        |sociedad anonima|societa per azioni|aktionernoe obshchestvo|otkrytoe aktsionernoe obshchestvo
        |aktsionernoe obshchestvo|publichnoe aktsionernoe obshchestvo|zakrytoe aktsionernoe obshchestvo
        |akcionerno drustvo|aktiebolag publ|aktsiaselts|akciju sabiedriba|pat|prat|at|vat|akcine bendrove
        |sa de cv|tbk|pt|perseroan terbatas|sae|kk|kabushiki kaisha|kabushikikaisha|naamloze vennootschap
        |anonim sirketi|gufenyouxiangongsi|gufen youxian gongsi|pjs|psc|sak|saog|saoc|bsc
    """,
    LIMITED: """
        gmbh|mbh|ltd|limited|llc|ooo|sarl|srl|bv|bvba|sdn bhd|bhd|pty|pty ltd|pvt|pvt ltd|pte|pte ltd|wll|fzc
        |fze|fz llc|fzco|fz|limited liability company|gesellschaft mit beschrankter haftung
        |obshchestvo s ogranichennoy otvetstvennostyu|obschestvo s ogranichennoi otvetstvennostiu
        |societe a responsabilite limitee|societatea cu raspundere limitata|sociedad de responsabilidad limitada
        |societa a responsabilita limitata|sociedad limitada|sl|slu|sp z oo|sp z o o|spolka z oo
        |spolka z ograniczona odpowiedzialnoscia|sro|spol s r o|s r o|doo|d o o|kft|ab|as|aps|a s|oy|oue|ou|uab
        |sia|ehf|hf|tov|too|mchj|limitada|ltda|lda|limited sirketi|ltd sti|ltd sirketi|youxiangongsi
        |youxian gongsi|you xian gong si|youxian zeren gongsi|yuhan hoesa|yuhanhoesa|private limited
        |proprietary limited|eood|ood|eurl|sasu|sas|spolka|mas uliyat|gk|godo kaisha|sp zoo
    """,
    PARTNERSHIP: """
        lp|llp|lllp|kg|ohg|gbr|gmbh co kg|gmbh und co kg|gmbh and co kg|snc|scs|cv|vof|limited partnership
        |general partnership|limited liability partnership|kommanditgesellschaft|ks|sca
    """,
    NON_PROFIT: """
        ev|eingetragener verein|ano|avtonomnaya nekommercheskaya organizatsiya
        |autonomous non profit organization|autonomous nonprofit organization|ngo|asbl|vzw|ry|onlus|stichting
        |stiftung
    """,
    STATE: """
        fgup|fsue|gup|federal state unitary enterprise|federalnoe gosudarstvennoe unitarnoe predpriyatie|fku
        |fgbu|state enterprise
    """,
    ANY: """
        co|company|companies|corp|corporation|inc|incorporated|na|n a|gesellschaft|compagnie|compania|cie
        |companhia|societe|sociedad|societa|gongsi|hoesa|sherkat|sherkate|sharikat|sharika|sharikah|sirketi
        |kompaniya|kompania|korporatsiya|korporacija|the|and co|und co|et cie|y cia|und|et|and|of|for|de|du|des
        |la|le|der|die|das|van|y|i|a|da|di|del|della|do|dos|in|el
    """,
}


def form_words(words: Iterable[str]) -> tuple[str, ...]:
    """Return the words of a legal form with slips of spelling made even; short ones bear none."""
    return tuple([even(word) if len(word) >= _LONG_WORD else word for word in words])


LEGAL_FORMS: dict[tuple[str, ...], str] = {
    form_words(form.split()): kind
    for kind, text in _FORMS.items()
    for form in text.replace("\n", "").split("|")
    if form.strip()
}
# How many words the forms have that open with a word, the longest first.
FORM_OPENINGS = {
    opening: sorted({len(form) for form in LEGAL_FORMS if form[0] == opening}, reverse=True)
    for opening in {form[0] for form in LEGAL_FORMS}
}


# Words that many companies share: two names that share nothing else share nothing.
def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_GENERIC = """
    trading trade trades trader traders commercial commerce general international intl global worldwide world
    national shipping ship ships marine maritime navigation lines line transport transportation logistics cargo
    freight forwarding import imports export exports importexport impex industry industries industrial
    enterprise enterprises business group groups holding holdings investment investments invest capital finance
    financial fund funds trust bank banking insurance services service solutions systems system technology
    technologies technical tech engineering engineers electronics electric electrical electronic construction
    contracting contractors development developments management consulting consultancy consultants agency
    agencies bureau office department ministry institute institution university centre center organisation
    organization association union federation committee council foundation charity charitable society relief aid
    manufacturing manufacture manufacturers factory plant works workshop production productions products product
    equipment materials machinery machine machines tools instrument instruments making supply supplies supplier
    procurement purchasing exchange money telecom telecommunications communications security defence defense
    military army aviation airlines air aerospace space energy power oil gas petroleum petrochemical chemical
    chemicals mining minerals metal metals steel gold resources real estate partners partnership associates
    brothers sons research science scientific design laboratory branch headquarters corp corporation company
    limited joint venture first new modern united universal standard star grand royal city state east west north
    south eastern western northern southern middle europe asia africa america brigade battalion regiment
    division unit movement front party force forces liberation people peoples popular islamic vereinigung gruppe
    handel handels werke firma societe groupe grupo banco banque comercial industrias
"""
GENERIC = _words(_GENERIC)


def _by_variant(text: str) -> dict[str, str]:
    """Return the common spelling of each variant, from lines of the common spelling and its variants."""
    lines = (line.partition(":") for line in text.strip().splitlines())
    return {variant: common.strip() for common, _, variants in lines for variant in variants.split()}


# The same word in the languages and short forms in which names of companies and groups come.
SAME_WORDS = _by_variant("""
    plant: zavod zavody factory fabrika fabrik works
    instrumentmaking: priborostroitelnyy priborostroitelny
    machinebuilding: mashinostroitelnyy mashinostroitelny
    shipbuilding: sudostroitelnyy sudostroitelny
    chemical: khimicheskiy khimichesky
    aviation: aviatsionnyy aviatsionny
    scientific: nauchno
    research: issledovatelskiy
    production: proizvodstvennoe
    association: obedinenie assoc
    arms: oruzheynyy oruzheyny
    centre: tsentr center centr zentrum markaz
    institute: institut
    international: intl int mezhdunarodnyy internacional internationale
    group: gruppe groupe grupo gruppa grp majmua jamaat jamaa jamaah jamat
    holding: holdings kholding
    industry: industries industrial ind inds industrie industria industrias promyshlennost
    trading: trade handel handels torgovyy
    commercial: comercial
    engineering: eng engg
    manufacturing: mfg
    management: mgmt
    services: svcs svc service
    solutions: solution
    systems: system
    technology: tech technologies tekhnologii
    development: dev devt
    organization: org organisation organizatsiya organizacion
    department: dept
    government: govt
    national: natl nat
    general: gen
    brothers: bros
    bank: banco banque banka
    foundation: fondation fundacion fond moassesse muassasat bonyad
    defense: defence
    electronics: elec electronic
    enterprises: enterprise ent predpriyatie predpriatie
    shipping: shpg
    import: imp
    export: exp
    aerospace: aerospatiale
    university: univ universitet
    brigade: bde brigada liwa liwaa
    battalion: batalyon bataillon katibat katiba
    company: comp
    st: saint
    mt: mount
    percent: pct
    army: jaysh jaish jeish jaich lashkar armee
    movement: harakat harkat harkatul haraka harakatul
    front: jabhat jabha
""")

# Trades that some languages say in one word.
TRADES = frozenset({"instrumentmaking", "machinebuilding", "shipbuilding"})

# Where a branch sits: one name with a place more is a sister company, not the same.
PLACES = _words(
    """
    afghanistan albania algeria angola argentina armenia australia austria azerbaijan bahrain bangladesh beijing
    belarus belgium benin bolivia bosnia brasil brazil bulgaria burkina burundi cambodia cameroon canada chad
    chile china colombia congo croatia cuba cyprus czech damascus denmark deutschland djibouti dprk dubai
    ecuador egypt england eritrea espana estonia ethiopia finland france gabon gambia georgia germany ghana
    greece guinea haiti hong hongkong hungary iceland india indonesia iran iraq ireland israel istanbul italia
    italy japan jordan kazakhstan kenya kong korea kuwait kyrgyzstan laos latvia lebanon liberia libya lithuania
    london luxembourg malaysia mali malta mauritania mexico moldova mongolia montenegro morocco moscow
    mozambique myanmar namibia nederland nepal netherlands niger nigeria norge norway oman pakistan palestine
    panama paraguay paris peru philippines poland polska portugal pyongyang qatar romania russia rwanda saudi
    schweiz senegal serbia shanghai sharjah singapore slovakia slovenia somalia spain sudan sverige sweden
    switzerland syria taiwan tajikistan tanzania tehran thailand togo tripoli tunisia turkey turkiye
    turkmenistan uae uganda uk ukraine uruguay usa uzbekistan venezuela vietnam yemen zambia zimbabwe
    """
)

# Adjectives and other names of a country.
SAME_PLACES = _by_variant("""
    usa: unitedstates us
    uk: unitedkingdom britain
    germany: deutschland
    brazil: brasil
    spain: espana
    norway: norge
    sweden: sverige
    netherlands: nederland
    poland: polska
    italy: italia
    turkey: turkiye
    switzerland: schweiz
    russia: rossiya russian
    korea: korean
    iran: iranian
    syria: syrian
    libya: libyan
    china: chinese
""")
