"""One request after the other over one connection: what a query costs, on stores of different size or at different
depth. Every answer's count is compared with what is known of the seed."""
import json
import time
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import median
from urllib.parse import urlencode

import people
import seed
from client import Failure
from servers import Contactd

WARM_UP_REQUESTS = 3


@dataclass
class Place:
    """Where a query is asked: a store, and a connection to the service that runs on it."""
    label: str
    seeded: seed.Seeded
    client: object
    server: Contactd


def path_of(query, seeded):
    return "/contacts/?" + urlencode([(name, value.format(**seeded.facts)) for name, value in query.parameters])


def mean_milliseconds(place, request, requests, check):
    """The mean time of that many requests; the last answer is checked, the others by their status and length."""
    begun = time.perf_counter()
    lengths = set()
    for _ in range(requests):
        status, body = place.client.send(request)
        lengths.add(len(body))
        if status != 200:
            raise Failure(f"answered {status}: {body[:300].decode(errors='replace')}")
    seconds = time.perf_counter() - begun
    if len(lengths) != 1:
        raise Failure("the same request was answered in different ways")
    check(json.loads(body))
    return seconds / requests * 1000


def check_count(expected, rows):
    def check(answer):
        if answer["count"] != expected:
            raise Failure(f"count is {answer['count']}, but {expected} contacts match")
        if len(answer["results"]) != min(rows, expected):
            raise Failure(f"{len(answer['results'])} rows on a page of {rows}")
    return check


def page_size_of(query):
    return int(dict(query.parameters).get("page_size", 15))


class QueriesRun:
    """A case of the kind Queries: each query at each place, in turn; the first place is the yardstick of the second."""

    def __init__(self, setup, case, stores):
        self.setup, self.case, self.stores = setup, case, stores

    def run(self, say):
        counts = {seeded.total: people.count_matching(seeded.total, [query.matches for query in self.case.queries])
                  for seeded in self.stores}
        with ExitStack() as stack:
            places = []
            for seeded in self.stores:
                server = stack.enter_context(Contactd(self.setup, seeded.data))
                client = stack.enter_context(server.client(seed.TENANT))
                places.append(Place(f"{seeded.total:,}", seeded, client, server))
            asked = self.prepare(places, counts)
            times = {(query.name, place.label): [] for query, place, _, _ in asked}
            for number in range(self.case.samples):
                for query, place, request, check in asked:
                    if number == 0:
                        mean_milliseconds(place, request, WARM_UP_REQUESTS, check)
                    times[query.name, place.label].append(
                        mean_milliseconds(place, request, self.case.requests, check))
            for query, place, _, _ in asked:
                say(f"  {query.name:34} at {place.label:>9}  {median(times[query.name, place.label]):8.3f} ms")
        return times

    def prepare(self, places, counts):
        asked = []
        for place in places:
            for query, count in zip(self.case.queries, counts[place.seeded.total], strict=True):
                request = place.client.text_of("GET", path_of(query, place.seeded))
                asked.append((query, place, request, check_count(count, page_size_of(query))))
        # A query at both places, then the next query: what they are compared by is then measured close together.
        return sorted(asked, key=lambda each: self.case.queries.index(each[0]))


class DepthRun(QueriesRun):
    """A case of the kind Depth: the page behind a cursor, at the beginning and in the middle of a list."""

    def prepare(self, places, counts):
        place = places[0]
        asked = []
        for query in self.case.queries:
            size, total = page_size_of(query), place.seeded.total
            for label, page in (("the beginning", 1), ("the middle", total // 2 // size)):
                spot = Place(label, place.seeded, place.client, place.server)
                path = path_of(query, place.seeded)
                before = place.client.get(f"{path}&page={page}")
                behind = place.client.get(f"{path}&page={page + 1}")
                request = place.client.text_of("GET", f"{path}&{urlencode({'cursor': before['next_cursor']})}")
                asked.append((query, spot, request, self.check_rows(behind["results"], total)))
        return asked

    @staticmethod
    def check_rows(rows, total):
        def check(answer):
            if answer["count"] != total or [row["id"] for row in answer["results"]] != [row["id"] for row in rows]:
                raise Failure("the page behind the cursor is not the next page")
        return check


class MemoryRun:
    """A case of the kind Memory: a start on an empty store, and one on a seeded store, both idle."""

    def __init__(self, setup, case, seeded):
        self.setup, self.case, self.seeded = setup, case, seeded

    def run(self, say):
        found = {"empty store": [], f"store of {self.seeded.total:,}": []}
        folders = [self.setup.temporary / self.case.name, self.seeded.data]
        for _ in range(self.case.samples):
            for folder, label in zip(folders, found, strict=True):
                with Contactd(self.setup, folder) as server:
                    time.sleep(1)
                    found[label].append(server.memory_mib())
        for label, pairs in found.items():
            say(f"  {label:34} {median(p[1] for p in pairs):6.1f} MiB, {median(p[0] for p in pairs):.1f} anonymous")
        return found
