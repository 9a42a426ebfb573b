"""Sets of requests that are drawn from, each with what its answer has to hold."""
import json
import random
from dataclasses import dataclass
from urllib.parse import urlencode

import people

SET_REQUESTS = 2000
ALL_EXPANDS = "props,addresses,banks,relations,namespace"


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    body: str | None
    expected: bytes     # Stands in the body of the answer.

    def check(self, status, body):
        """What is wrong with an answer; None when nothing is."""
        if status != 200:
            return f"{self.method} {self.path} answered {status}: {body[:300].decode(errors='replace')}"
        if self.expected not in body:
            return f"{self.method} {self.path} was answered without {self.expected.decode()}"
        return None


def search(words, count):
    """The first page, with how many there are."""
    return Asked("GET", "/contacts/?" + urlencode({"search": words}), None, f'{{"count":{count},'.encode())


def of_word(seeded):
    return [search(people.WORD.lower(), people.words_expected(seeded.total))]


def of_word_like_others(seeded):
    return [search(people.LIKE_OTHERS, people.words_expected(seeded.total))]


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
    """As wrk/lines.lua reads them."""
    return "".join(f"{each.method}\t{each.path}\t{each.body or ''}\n" for each in asked)
