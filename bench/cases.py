"""The cases: what is measured, against what, and what it has to reach. To add one, add it to CASES."""
from goals import at_least, at_most
from kinds import (SMALL_CONTACTS, Contender, Disk, Load, Memory, Neighbour, Overload, Paced, Queries, Query, Start)


def counting(name, matches=lambda who: True, **parameters):
    return Query(name, [("page_size", "1"), *parameters.items()], matches)


def filtering(name, matches, **parameters):
    return Query(name, list(parameters.items()), matches)


def is_in_middle(who):
    """Those that were created between the two times which the seed keeps."""
    return who.part == 1


def growing(name, meaning, **what):
    """The same at the size that the run is about, and on a small store."""
    goal = at_most(1.25, 1.1)
    return Load(name, meaning, Contender("the whole store", **what),
                Contender(f"{SMALL_CONTACTS:,} contacts", contacts=SMALL_CONTACTS, **what),
                {"time per request": goal, "CPU per request": goal})


def positions(name, meaning, deep, first, goal):
    return Load(name, meaning, Contender("deep", requests=deep), Contender("the first", requests=first),
                {"time per request": goal})


CREATES = {"script": "create.lua", "store": "empty"}
OLDER = {"name": "older contactd", "kind": "baseline", "script": "create.lua"}
# As many connections as those had whose figures are published.
ON_POSTGRES = {"kind": "postgres", "connections": 32}
DJANGO = "Django REST Framework, 100,000 contacts, elsewhere"
NGINX = Contender("nginx", kind="nginx")

CASES = [
    Load("get", "reads of random contacts, against a fixed body of the same length",
         Contender("contactd", "get.lua"), NGINX, {"requests/s": at_least(0.65, 0.8)}),
    Load("list", "the newest 15 contacts with their exact count, against a fixed body of the same length",
         Contender("contactd", requests="newest"), NGINX, {"CPU per request": at_most(3, 2)}),
    Load("list-anew", "the same where it cannot be kept ready: in another spelling each time",
         Contender("contactd", requests="newest_anew"), NGINX, {"CPU per request": at_most(3, 2)}),
    Load("filtered-list", "a list by namespace, status and type with its exact count, against the plain one; made anew",
         Contender("filtered", requests="filtered"), Contender("plain", requests="newest_anew"),
         {"time per request": at_most(1.5, 1.1), "CPU per request": None}),
    Load("creates", "durable creates with one property, against raw SQLite with the same schema and 32 to a commit",
         Contender("contactd", **CREATES), Contender("raw SQLite, batch 32", kind="raw"),
         {"requests/s": at_least(0.65, 0.8)}),
    Paced("creates-latency", "durable creates with one property", "new_contacts", at_most(30, 10, "ms"), "create.lua",
          "copy", (201,)),
    Load("patch", "other tags for random contacts, against durable creates",
         Contender("PATCH", "patch.lua", store="copy"), Contender("POST", "create.lua", store="copy"),
         {"requests/s": at_least(1, 1.2)}),
    Load("mix", "nine reads of random contacts to one durable create, against reads alone",
         Contender("mix", "mix.lua", store="copy"), Contender("reads", "get.lua", store="copy"),
         {"requests/s": at_least(0.3, 0.5)}),
    positions("cursor", "the page behind a cursor at depth 500,000, or in the middle of a smaller store, against the "
              "page behind the first", "behind_deep_cursor", "behind_first_cursor", at_most(1.2, 1.0)),
    positions("cursor-by-name", "the same in the order of names", "behind_deep_cursor_by_name",
              "behind_first_cursor_by_name", at_most(1.2, 1.0)),
    positions("page-number", "page number 1,000, or the middle one of a smaller store, against page 1, made anew",
              "page_1000", "newest_anew", at_most(10, 3)),
    Paced("search", "first page, with exact count, of a word that 1,000 contacts have", "of_word",
          at_most(20, 5, "ms")),
    Paced("search-common", "the same of a word that is made of what a tenth of all names has in it",
          "of_word_like_others", at_most(20, 5, "ms")),
    Paced("dedupe", "one party against all; half of those asked about are there already", "known_and_unknown_parties",
          at_most(25, 10, "ms")),
    growing("growth-get", "reads of random contacts, against those of a small store", script="get.lua"),
    growing("growth-list", "the newest 15 contacts with their count, made anew, against those of a small store",
            requests="newest_anew"),
    growing("growth-creates", "durable creates, against those into a small store", script="create.lua", store="copy"),
    Load("connections", "reads of random contacts over 1,000 connections, against 64",
         Contender("1,000 connections", "get.lua", connections=1000), Contender("64 connections", "get.lua"),
         {"requests/s": at_least(0.8, 0.95)}),
    Load("slow-disk", "durable creates where an fsync takes 5 ms longer, against one commit for each",
         Contender("group commit", kind="slow", **CREATES),
         Contender("one commit each", kind="slow", options=("--group-requests-max", "1"), **CREATES),
         {"requests/s": at_least(20)}),
    Overload("overload", "creates come at three times the highest rate of creates",
             at_least(0.8), at_most(50, unit="ms"), at_most(5, unit="s")),
    Memory("memory", "anonymous memory with the seeded store, after a minute of load", at_most(256, 128, "MiB"),
           at_most(64, unit="MiB")),
    Start("start", "from the start of the process to /readyz, with the seeded store", at_most(500, 100, "ms")),
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
    ], at_most(1.5), requests=200, compared=True),
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
    ], at_most(100, unit="ms")),
    Load("expand", "a contact with its properties, addresses, account, relations and namespace, against it alone",
         Contender("all expands", requests="expanded"), Contender("plain", requests="plain"),
         {"CPU per request": at_most(4)}),
    Neighbour("neighbour", "a tenant of 100 contacts beside the large one, which does nothing or searches", at_most(2)),
    Load("postgres-get", "on PostgreSQL, reads of random contacts, against their statement by pgbench",
         Contender("contactd", "get.lua", **ON_POSTGRES), Contender("pgbench", "reads", kind="pgbench"),
         {"requests/s": at_least(0.4, 0.6)}, (DJANGO, 1009, at_least(20))),
    Load("postgres-creates", "on PostgreSQL, durable creates, against all of their statements by pgbench",
         Contender("contactd", "create.lua", **{**ON_POSTGRES, "store": "empty"}),
         Contender("pgbench", "creates", kind="pgbench"),
         {"requests/s": at_least(0.6, 1)}, (DJANGO, 745, at_least(8))),
    Load("postgres-list", "on PostgreSQL, the newest 15 with their exact count, against their page by pgbench",
         Contender("contactd", requests="newest", **ON_POSTGRES), Contender("pgbench", "reads", kind="pgbench"),
         {"requests/s": at_least(0.4)}, (DJANGO, 196, at_least(20))),
    Load("postgres-list-anew", "the same where it cannot be kept ready",
         Contender("contactd", requests="newest_anew", **ON_POSTGRES), Contender("pgbench", "reads", kind="pgbench"),
         {"requests/s": None}),
    Load("postgres-standby", "on PostgreSQL, searches of a word that 1,000 contacts have, which a standby may answer, "
         "against the primary alone",
         Contender("with a standby", requests="of_word", has_standby=True, **ON_POSTGRES),
         Contender("the primary alone", requests="of_word", **ON_POSTGRES),
         {"CPU per request": None, "requests/s": None}),
    Load("creates-before", "durable creates with one property against those of an older contactd, into an empty store",
         Contender("contactd", **CREATES), Contender(**OLDER, store="empty"), {"requests/s": at_least(0.5)}),
    Load("creates-before-seeded", "the same, into the seeded store", Contender("contactd", "create.lua", store="copy"),
         Contender(**OLDER, store="copy"), {"requests/s": at_least(0.5)}),
    Disk("disk", "4 KiB written over and over, each with an fdatasync, on the disk of the stores"),
]
