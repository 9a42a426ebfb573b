"""The contacts of the seed: number i is always the same, so that every count is known without asking."""
from dataclasses import dataclass

VERSION = 2   # One more whenever a number would get another contact: kept stores are then made anew.

FIRST = ["Aarav", "Aditi", "Arjun", "Deepika", "Farhan", "Gauri", "Harish", "Ishaan", "Jaya", "Kabir", "Lakshmi",
         "Manish", "Nandini", "Omkar", "Priya", "Rahul", "Sneha", "Tanvi", "Uday", "Vidya", "Yash", "Zoya"]
LAST = ["Agarwal", "Banerjee", "Chopra", "Das", "Fernandes", "Ghosh", "Hegde", "Iyer", "Joshi", "Kulkarni", "Malhotra",
        "Nair", "Patel", "Rao", "Sharma", "Thakur", "Varma", "Yadav"]
BUSINESS = ["Traders", "Textiles Pvt Ltd", "Agro Industries", "Logistics", "Steel & Alloys", "Foods (India)"]

NAMESPACES = ["Retail Lending", "Corporate Lending", "MSME", "Pilot", "Tiny Branch"]
TINY_CONTACTS = 20
RARE_CONTACTS = 50
MIDDLE_CONTACTS = 1000
MANAGERS = 100
BRANCHES = 200
WORD_CONTACTS = 1000
WORD = "Raghunandan"      # Part of the name of so many contacts, and nowhere else.
LIKE_OTHERS = "Sharmila"  # The same; but it is made of pieces that a tenth of all names have.
WITH_CHILDREN_SHARE = 10  # The newest tenth has addresses, an account and relations: these are who dedupe compares.
STREETS = ["MG Road", "Station Road", "Gandhi Nagar", "Lake View Colony", "Nehru Street", "Temple Road", "Park Lane"]
CITIES = [("Pune", "Maharashtra", "411"), ("Chennai", "Tamil Nadu", "600"), ("Jaipur", "Rajasthan", "302"),
          ("Kochi", "Kerala", "682"), ("Patna", "Bihar", "800"), ("Indore", "Madhya Pradesh", "452")]
HOUSEHOLD = 4             # So many neighbours by number share a telephone and an address.
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(slots=True)
class Person:
    index: int
    name_space: str
    status: str
    type: str
    tags: tuple
    rm_id: str
    branch_id: str
    ref_id: str
    part: int
    random: int   # What the rest is made of.
    word: str = ""   # One of those that a known number of names have.
    approval: str = "pending"


def scattered(i):
    """64 bits that look random and are always the same (the last steps of splitmix64)."""
    i = (i + 0x9E3779B97F4A7C15) * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF
    i = (i ^ i >> 27) * 0x94D049BB133111EB & 0xFFFFFFFFFFFFFFFF
    return i ^ i >> 31


def is_one_of(i, total, wanted):
    """True for exactly `wanted` numbers below `total`, spread evenly."""
    return i * wanted // total != (i + 1) * wanted // total


def parts(total):
    """The seed is made in three parts with a pause between them: the middle one is what the filters by date ask for."""
    middle = min(MIDDLE_CONTACTS, total // 10)
    return [(0, total // 2), (total // 2, total // 2 + middle), (total // 2 + middle, total)]


def words_expected(total):
    """How many contacts have a word that is told here; 1,000 of all but small tenants."""
    return min(WORD_CONTACTS, total // 20)


def person(i, total):
    random = scattered(i)
    share = random % 100
    name_space = NAMESPACES[0 if share < 70 else 1 if share < 90 else 2 if share < 98 else 3]
    if is_one_of(i, total, min(TINY_CONTACTS, total)):
        name_space = NAMESPACES[4]
    tags = ()
    if random >> 8 & 1:
        tags += ("kyc-complete",)
    if (random >> 9) % 10 < 3:
        tags += ("salaried",)
    if (random >> 16) % 100 == 0:
        tags += ("vip",)
    if is_one_of(i + 7, total, min(RARE_CONTACTS, total)):
        tags += ("fraud-watch",)
    word = ""
    if is_one_of(i + 3, total, words_expected(total)):
        word = WORD
    elif is_one_of(i + 11, total, words_expected(total)):
        word = LIKE_OTHERS
    return Person(i, name_space, "active" if (random >> 24) % 10 else "inactive",
                  "corporate" if (random >> 28) % 100 < 15 else "individual", tags,
                  f"rm-{i % MANAGERS:03d}", f"BR{i // MANAGERS % BRANCHES:04d}", f"CIF/{i:09d}",
                  0 if i < total // 2 else 1 if i < total // 2 + min(MIDDLE_CONTACTS, total // 10) else 2, random, word)


def name_of(who):
    random = who.random
    last = LAST[(random >> 40) % len(LAST)]
    middle = who.word or LAST[(random >> 50) % len(LAST)]
    if who.type == "corporate":
        return f"{who.word}{' ' if who.word else ''}{last} {BUSINESS[(random >> 45) % len(BUSINESS)]}"
    return f"{FIRST[(random >> 34) % len(FIRST)]} {middle} {last}"


def pan_of(who):
    """Nobody else's; its fourth letter says what it is, its fifth how the name begins."""
    high, low = divmod(who.index, 10000)
    letters = LETTERS[high // 676 % 26] + LETTERS[high // 26 % 26] + LETTERS[high % 26]
    kind = "C" if who.type == "corporate" else "P"
    return f"{letters}{kind}{name_of(who)[0]}{low:04d}{LETTERS[who.random % 26]}"


def mobile_of(who):
    return f"9{scattered(who.index // HOUSEHOLD + (1 << 40)) % 1_000_000_000:09d}"


def email_of(who):
    return f"{name_of(who).split()[0].lower()}.{who.index}@mail.example"


def birth_date_of(who):
    return f"{1950 + (who.random >> 12) % 55}-{1 + (who.random >> 20) % 12:02d}-{1 + (who.random >> 26) % 28:02d}"


PROPS = [("pan_no", "text", pan_of), ("mobile", "number", mobile_of), ("date_of_birth", "text", birth_date_of),
         ("email", "text", email_of)]


def body_of(who):
    """What creates it: 1 to 4 properties. Put together by hand, as a JSON writer would take longer than the server."""
    props = ",".join(f'{{"key":"{key}","type":"{type_}","value":"{value_of(who)}"}}'
                     for key, type_, value_of in PROPS[:1 + who.index % len(PROPS)])
    tags = '"' + '","'.join(who.tags) + '"' if who.tags else ""
    return (f'{{"name":"{name_of(who)}","ref_id":"{who.ref_id}","status":"{who.status}","type":"{who.type}",'
            f'"tags":[{tags}],"refs":{{"source":"branch","batch":{who.index // 1000}}},"rm_id":"{who.rm_id}",'
            f'"branch_id":"{who.branch_id}","namespace":"{who.name_space}","props":[{props}]}}')


def with_children(total):
    """The numbers of those that have children, and their number."""
    return total - total // WITH_CHILDREN_SHARE, total


def address_of(i, contact_id, which):
    random = scattered(i // HOUSEHOLD + which * (1 << 41))
    city, state, pincode = CITIES[random % len(CITIES)]
    line = f"{random % 999 + 1}, {STREETS[random // 999 % len(STREETS)]}"
    return (f'{{"contact_id":"{contact_id}","address_line":"{line}","city":"{city}","state":"{state}",'
            f'"pincode":"{pincode}{random // 7000 % 1000:03d}","country":"India",'
            f'"tags":["{"permanent" if which else "current"}"]}}')


def bank_of(i, contact_id):
    return (f'{{"contact_id":"{contact_id}","account_holder_name":"Account Holder {i % 10}",'
            f'"account_no":"{50_000_000_000 + i}","ifsc":"HDFC0{i % 1000:06d}","bank_name":"HDFC Bank"}}')


def relation_of(contact_id, related_id):
    return f'{{"contact":"{contact_id}","type":"co_applicant","related_contact":"{related_id}"}}'


def count_matching(total, conditions):
    """How many of the first `total` contacts fulfil each of the conditions."""
    counts = [0] * len(conditions)
    for i in range(total):
        who = person(i, total)
        for place, condition in enumerate(conditions):
            if condition(who):
                counts[place] += 1
    return counts
