"""The cases: what is measured, against what, and what it has to reach. To add one, add it to CASES."""
from dataclasses import dataclass, field
from typing import Callable

SMALL_CONTACTS = 10_000   # The store that a larger one is compared with.


@dataclass(frozen=True)
class Contender:
    """A server under load."""
    name: str
    kind: str = "contactd"      # or nginx, or baseline: the contactd of --baseline
    options: tuple = ()
    requests: str = ""          # A set of asked.py, for a script that takes its requests from one.


@dataclass(frozen=True)
class Load:
    """Requests per second over 64 connections, as many as a script of wrk/ can bring."""
    name: str
    meaning: str
    script: str
    store: str                              # kept: the seeded one; copy: one of that; empty: a new one each round
    measured: Contender = Contender("contactd")
    yardstick: Contender | None = None
    at_least: float | None = None           # times the yardstick's rate
    cpu_at_most: float | None = None        # times the yardstick's time on the processors, for each request


@dataclass(frozen=True)
class Query:
    """A list, and which of the seeded contacts it has to count."""
    name: str
    parameters: list
    matches: Callable = lambda who: True


@dataclass(frozen=True)
class Queries:
    """The time of single queries, on the seeded store and, when it must not grow, on a small one."""
    name: str
    meaning: str
    queries: list = field(hash=False)
    samples: int = 9
    requests: int = 1                       # in each sample, one after the other; the sample is their mean
    compared: bool = False                  # with the same query on the small store
    at_most: float | None = None            # times the small store's
    milliseconds_max: float | None = None


@dataclass(frozen=True)
class Depth(Queries):
    """The page behind a cursor: in the middle of the list against its beginning."""


@dataclass(frozen=True)
class Paced:
    """Latency at half of the highest rate: each request is due at its time and counts from then (open_loop.py)."""
    name: str
    meaning: str
    requests: str                           # A set of asked.py.
    p99_ms_max: float


@dataclass(frozen=True)
class Neighbour:
    """What a tenant of 100 contacts waits for beside the large one."""
    name: str
    meaning: str
    at_most: float                          # times what it waits for in a store of its own


@dataclass(frozen=True)
class Memory:
    """Resident memory of a service that was only started."""
    name: str
    meaning: str
    mib_max: float
    samples: int = 3


def counting(name, matches=lambda who: True, **parameters):
    return Query(name, [("page_size", "1"), *parameters.items()], matches)


def filtering(name, matches, **parameters):
    return Query(name, list(parameters.items()), matches)


def is_in_middle(who):
    """Those that were created between the two times which the seed keeps."""
    return who.part == 1


OLDER = Contender("older contactd", "baseline")

CASES = [
    Load("creates", "durable creates with one property, into an empty store", "create.lua", "empty",
         Contender("group commit"), Contender("one commit each", options=("--group-requests-max", "1")), at_least=3),
    Load("creates-seeded", "the same, into the seeded store", "create.lua", "copy",
         Contender("group commit"), Contender("one commit each", options=("--group-requests-max", "1")), at_least=3),
    Load("get", "reads of random contacts", "get.lua", "kept",
         Contender("contactd"), Contender("nginx", "nginx"), at_least=0.4),
    Load("list", "the newest 15 contacts with their count", "list.lua", "kept"),
    Load("mix", "nine reads of random contacts to one durable create", "mix.lua", "copy"),
    Queries("count", "exact counts by kept numbers: their time must not grow with the store", [
        counting("all"),
        counting("namespace, 70 %", lambda who: who.name_space == "Retail Lending", namespace="Retail Lending"),
        counting("namespace, 20 contacts", lambda who: who.name_space == "Tiny Branch", namespace="Tiny Branch"),
        counting("status", lambda who: who.status == "inactive", status="inactive"),
        counting("type", lambda who: who.type == "corporate", type="corporate"),
        counting("approval", lambda who: who.approval == "pending", approval="pending"),
        counting("all four",
                 lambda who: (who.name_space, who.status, who.type) == ("MSME", "active", "corporate"),
                 namespace="MSME", status="active", type="corporate", approval="pending"),
    ], requests=200, compared=True, at_most=1.5),
    Queries("filters", "other filters: exact, first page of 15", [
        filtering("tag, half of all", lambda who: "kyc-complete" in who.tags, tags="kyc-complete"),
        filtering("tag, 50 contacts", lambda who: "fraud-watch" in who.tags, tags="fraud-watch"),
        filtering("two tags, rare", lambda who: "fraud-watch" in who.tags or "vip" in who.tags, tags="fraud-watch,vip"),
        filtering("two tags, common", lambda who: "kyc-complete" in who.tags or "salaried" in who.tags,
                  tags="kyc-complete,salaried"),
        filtering("rare tag and status", lambda who: "vip" in who.tags and who.status == "active",
                  tags="vip", status="active"),
        filtering("common tag and status", lambda who: "kyc-complete" in who.tags and who.status == "inactive",
                  tags="kyc-complete", status="inactive"),
        filtering("manager, 1 % of all", lambda who: who.rm_id == "rm-042", rm_id="rm-042"),
        filtering("branch and status", lambda who: who.branch_id == "BR0017" and who.status == "active",
                  branch_id="BR0017", status="active"),
        filtering("reference", lambda who: who.ref_id == "CIF/000004711", ref_id="CIF/000004711"),
        filtering("created between two times", is_in_middle,
                  created_at_after="{middle_from}", created_at_before="{middle_to}"),
        filtering("created after, half of all", lambda who: who.part > 0, created_at_after="{middle_from}"),
        filtering("created between, and type", lambda who: who.part == 1 and who.type == "corporate",
                  created_at_after="{middle_from}", created_at_before="{middle_to}", type="corporate"),
    ], milliseconds_max=100),
    Depth("cursor", "the page behind a cursor costs the same at any depth", [
        filtering("newest first", lambda who: True, page_size="15"),
        filtering("by name", lambda who: True, page_size="15", ordering="name"),
        filtering("last changed first", lambda who: True, page_size="15", ordering="-updated_at"),
    ], requests=200, compared=True, at_most=1.5),
    Queries("page-number", "a page by its number, for information", [
        filtering("page 1,000", lambda who: True, page="1000"),
    ]),
    Paced("search", "first page, with exact count, of a word that 1,000 contacts have", "of_word", p99_ms_max=20),
    Paced("search-common", "the same of a word that is made of what a tenth of all names has in it",
          "of_word_like_others", p99_ms_max=20),
    Paced("dedupe", "one party against all; half of those asked about are there already", "known_and_unknown_parties",
          p99_ms_max=25),
    Load("expand", "a contact with its properties, addresses, account, relations and namespace", "lines.lua", "kept",
         Contender("all expands", requests="expanded"), Contender("plain", requests="plain"), cpu_at_most=4),
    Neighbour("neighbour", "a tenant of 100 contacts beside the large one, which does nothing or searches",
              at_most=2),
    Load("creates-before", "durable creates with one property against those of an older contactd, into an empty store",
         "create.lua", "empty", Contender("contactd"), OLDER, at_least=0.5),
    Load("creates-before-seeded", "the same, into the seeded store", "create.lua", "copy",
         Contender("contactd"), OLDER, at_least=0.5),
    Memory("memory", "idle after a start", mib_max=64),
]
