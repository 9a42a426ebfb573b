"""The contacts of the seed: number i is always the same, so that every count is known without asking."""
from dataclasses import dataclass

VERSION = 1   # One more whenever a number would get another contact: kept stores are then made anew.

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
PROPS = [("pan_no", "text", "ABCPK%04dL"), ("mobile", "number", "98%08d"), ("email", "text", "customer%d@mail.example")]


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
    return Person(i, name_space, "active" if (random >> 24) % 10 else "inactive",
                  "corporate" if (random >> 28) % 100 < 15 else "individual", tags,
                  f"rm-{i % MANAGERS:03d}", f"BR{i // MANAGERS % BRANCHES:04d}", f"CIF/{i:09d}",
                  0 if i < total // 2 else 1 if i < total // 2 + min(MIDDLE_CONTACTS, total // 10) else 2, random)


def name_of(who):
    random = who.random
    last = LAST[(random >> 40) % len(LAST)]
    if who.type == "corporate":
        return f"{last} {BUSINESS[(random >> 45) % len(BUSINESS)]}"
    return f"{FIRST[(random >> 34) % len(FIRST)]} {LAST[(random >> 50) % len(LAST)]} {last}"


def body_of(who):
    """What creates it: 1 to 3 properties. Put together by hand, as a JSON writer would take longer than the server."""
    props = ",".join(f'{{"key":"{key}","type":"{type_}","value":"{form % (who.index % 10000)}"}}'
                     for key, type_, form in PROPS[:1 + who.index % 3])
    tags = '"' + '","'.join(who.tags) + '"' if who.tags else ""
    return (f'{{"name":"{name_of(who)}","ref_id":"{who.ref_id}","status":"{who.status}","type":"{who.type}",'
            f'"tags":[{tags}],"refs":{{"source":"branch","batch":{who.index // 1000}}},"rm_id":"{who.rm_id}",'
            f'"branch_id":"{who.branch_id}","namespace":"{who.name_space}","props":[{props}]}}')


def count_matching(total, conditions):
    """How many of the first `total` contacts fulfil each of the conditions."""
    counts = [0] * len(conditions)
    for i in range(total):
        who = person(i, total)
        for place, condition in enumerate(conditions):
            if condition(who):
                counts[place] += 1
    return counts
