"""Sets of requests that are drawn from, each with what its answer has to hold."""
import json
import os
import random
import time
from dataclasses import dataclass, replace
from urllib.parse import urlencode

import people

SET_REQUESTS = 2000
SPELLINGS = 20_000
PAGE_ROWS = 15
ALL_EXPANDS = "props,addresses,banks,relations,namespace"


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    body: str | None
    expected: bytes     # Stands in the body of the answer.
    kind: str = ""      # Those of one kind are told together.

    def check(self, status, body):
        """What is wrong with an answer; None when nothing is."""
        if status != 200:
            return f"{self.method} {self.path} answered {status}: {body[:300].decode(errors='replace')}"
        if self.expected not in body:
            return f"{self.method} {self.path} was answered without {self.expected.decode()}"
        return None


def requests(name, seeded, client):
    """The set of that name; a client of the seeded store is there for those that need what only the service knows."""
    make = globals()[name]
    return make(seeded, client) if make.__code__.co_argcount == 2 else make(seeded)


def listed(expected, **parameters):
    return Asked("GET", "/contacts/" + ("?" + urlencode(parameters) if parameters else ""), None, expected.encode())


def spelled(text, number):
    """The same text for whoever decodes it: the bits of the number say which of its letters are percent-encoded."""
    return "".join(f"%{ord(c):02X}" if number >> place & 1 else c for place, c in enumerate(text))


def respelled(path, number):
    """The same list, asked for in another spelling: what the service keeps ready by its text is made anew."""
    before, query = path.split("?", 1)
    name = query.split("=", 1)[0]
    return f"{before}?{spelled(name, number % 2**len(name))}{query[len(name):]}" + "&" * (number >> len(name))


def listed_anew(expected, **parameters):
    """One list, asked for in so many spellings that the service, which keeps some lists ready, has to make it anew (but
    for one in twenty)."""
    plain = listed(expected, **parameters)
    path = plain.path + ("&" if parameters else "?")
    return [replace(plain, path=f"{path}{spelled('page_size', number % 512)}={spelled('15', number // 512 % 4)}"
                                + "&" * (number // 2048)) for number in range(SPELLINGS)]


def newest(seeded):
    return [listed(f'{{"count":{seeded.total},')]


def newest_anew(seeded):
    return listed_anew(f'{{"count":{seeded.total},')


def filtered(seeded):
    wanted = "Retail Lending", "active", "individual"
    [count] = people.count_matching(seeded.total, [lambda who: (who.name_space, who.status, who.type) == wanted])
    return listed_anew(f'{{"count":{count},', **dict(zip(["namespace", "status", "type"], wanted)))


def behind_cursor(seeded, client, depth, **parameters):
    """The page behind one that begins at that depth. It has to begin with the contact that the page of the next number
    begins with."""
    page = depth // PAGE_ROWS + 1

    def page_of(number):
        return client.get("/contacts/?" + urlencode({**parameters, "page": number}))

    first_id = page_of(page + 1)["results"][0]["id"]
    return listed_anew(f'"results":[{{"id":"{first_id}"', **parameters, cursor=page_of(page)["next_cursor"])


def deep(seeded):
    return min(500_000, seeded.total // 2)


def behind_first_cursor(seeded, client):
    return behind_cursor(seeded, client, 0)


def behind_deep_cursor(seeded, client):
    return behind_cursor(seeded, client, deep(seeded))


def behind_first_cursor_by_name(seeded, client):
    return behind_cursor(seeded, client, 0, ordering="name")


def behind_deep_cursor_by_name(seeded, client):
    return behind_cursor(seeded, client, deep(seeded), ordering="name")


def page_1000(seeded):
    return listed_anew(f'{{"count":{seeded.total},', page=min(1000, seeded.total // PAGE_ROWS // 2))


def new_contacts(seeded):
    """Durable creates with one property. `{number}` becomes another number in each request (load/requests.hpp)."""
    run = f"{os.getpid()}-{time.monotonic_ns()}"
    asked = []
    for index in range(200):
        who = people.person(index * 4, 1_000_000_000)   # Each fourth has one property.
        body = json.loads(people.body_of(who))
        body["ref_id"] = f"paced/{run}/{{number}}"
        asked.append(Asked("POST", "/contacts/", json.dumps(body), f'"name":"{body["name"]}"'.encode()))
    return asked


def search(words, count):
    """The first page, with how many there are."""
    return Asked("GET", "/contacts/?" + urlencode({"search": words}), None, f'{{"count":{count},'.encode())


def of_word(seeded):
    return [search(people.WORD.lower(), people.words_expected(seeded.total))]


def of_word_like_others(seeded):
    return [search(people.LIKE_OTHERS, people.words_expected(seeded.total))]


def lists_and_searches(seeded):
    each = 20
    return [*newest(seeded) * each, *filtered(seeded)[:each], *page_1000(seeded)[:each], *of_word(seeded) * each,
            *of_word_like_others(seeded) * each, *expanded(seeded)[:each]]


def known_and_unknown_parties(seeded):
    """Who is asked about before they would be created: half of them are there already; half are asked about with all
    that would create them (so that type and namespace narrow the search), half with a part of it; half with an
    identifier."""
    draw = random.Random(1)
    first, end = people.with_children(seeded.total)
    asked = []
    for number in range(SET_REQUESTS):
        is_known, is_whole, has_pan = number % 2 == 0, number // 2 % 2 == 0, number // 4 % 2 == 0
        index = draw.randrange(first, end) if is_known else seeded.total + number
        who = people.person(index, seeded.total if is_known else 1_000_000_000)
        words = people.name_of(who).split()
        words[0], words[1] = words[1], words[0]
        body = {"name": " ".join(words), "props": [
            {"key": key, "type": type_, "value": value_of(who)}
            for key, type_, value_of in people.PROPS if has_pan or value_of is not people.pan_of]}
        address = json.loads(people.address_of(index, "", 0))
        body["addresses"] = [{name: address[name] for name in ("address_line", "city", "pincode")}]
        if is_whole:
            body.update(type=who.type, namespace=who.name_space, status=who.status, rm_id=who.rm_id)
        # By an identifier whoever is known has to be found; by a common name and a telephone of the household others
        # may be more like the candidate.
        expected = f'"id":"{seeded.id_of(index)}"' if is_known and has_pan else '{"count":'
        asked.append(Asked("POST", "/contacts/dedupe/", json.dumps(body), expected.encode()))
    return asked


def contacts_with_children(seeded, parameters, expected):
    draw = random.Random(2)
    first, end = people.with_children(seeded.total)
    ids = [seeded.id_of(draw.randrange(first + 1, end - 1)) for _ in range(SET_REQUESTS)]
    return [Asked("GET", f"/contacts/{id_}/{parameters}", None, expected(id_).encode()) for id_ in ids]


def plain(seeded):
    return contacts_with_children(seeded, "", lambda id_: f'"id":"{id_}"')


def expanded(seeded):
    # The one whose relation leads here, and the one to whom the contact's own leads: both are shown.
    return contacts_with_children(seeded, f"?expand={ALL_EXPANDS}", lambda id_: f'"related_contact":"{id_}"')


def lines_of(asked):
    """As wrk/lines.lua and load/requests.hpp read them."""
    return "".join(f"{each.method}\t{each.path}\t{each.body or ''}\t{each.expected.decode()}\t{each.kind}\n"
                   for each in asked)
