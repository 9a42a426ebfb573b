"""One request after the other over one connection: what a query costs, on stores of different size. Every answer's
count is compared with what is known of the seed."""
import itertools
import json
import time
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import median
from urllib.parse import urlencode

import asked
import people
import seed
from client import Failure
from goals import Result, Row, spread
from kinds import SMALL_CONTACTS
from servers import Contactd

WARM_UP_REQUESTS = 3
QUICK_SAMPLES = 3


@dataclass
class Place:
    """Where a query is asked: a store, and a connection to the service that runs on it."""
    label: str
    seeded: seed.Seeded
    client: object


def path_of(query, seeded):
    return "/contacts/?" + urlencode([(name, value.format(**seeded.facts)) for name, value in query.parameters])


def spellings(place, path):
    """One request in ever new spellings: the service keeps some lists ready, and would work for the first alone."""
    return (place.client.text_of("GET", asked.respelled(path, number)) for number in itertools.count())


def mean_milliseconds(place, spelled, requests, check):
    """The mean time of that many requests; the last answer is checked, the others by their status and length."""
    texts = list(itertools.islice(spelled, requests))
    begun = time.perf_counter()
    lengths = set()
    for text in texts:
        status, body = place.client.send(text)
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
        self.setup, self.case = setup, case
        small = [stores.seeded(SMALL_CONTACTS)] if case.compared else []
        self.stores = [*small, stores.main()]

    def run(self, say):
        counts = {seeded.total: people.count_matching(seeded.total, [query.matches for query in self.case.queries])
                  for seeded in self.stores}
        with ExitStack() as stack:
            places = []
            for seeded in self.stores:
                server = stack.enter_context(Contactd(self.setup, seeded.data))
                server.hold_in_memory()
                client = stack.enter_context(server.client(seed.TENANT))
                places.append(Place(f"{seeded.total:,}", seeded, client))
            prepared = self.prepare(places, counts)
            times = {(query.name, place.label): [] for query, place, _, _ in prepared}
            for number in range(QUICK_SAMPLES if self.setup.quick else self.case.samples):
                for query, place, spelled, check in prepared:
                    if number == 0:
                        mean_milliseconds(place, spelled, WARM_UP_REQUESTS, check)
                    times[query.name, place.label].append(
                        mean_milliseconds(place, spelled, self.case.requests, check))
            for query, place, _, _ in prepared:
                say(f"  {query.name:34} at {place.label:>9}  {median(times[query.name, place.label]):8.3f} ms")
        return self.result(times, [f"{seeded.total:,}" for seeded in self.stores])

    def prepare(self, places, counts):
        prepared = []
        for place in places:
            for query, count in zip(self.case.queries, counts[place.seeded.total], strict=True):
                spelled = spellings(place, path_of(query, place.seeded))
                prepared.append((query, place, spelled, check_count(count, page_size_of(query))))
        # A query at both places, then the next query: what they are compared by is then measured close together.
        return sorted(prepared, key=lambda each: self.case.queries.index(each[0]))

    def result(self, times, labels):
        result = Result(self.case, head=["query", *[f"ms at {label}" for label in labels]])
        medians = {key: median(values) for key, values in times.items()}
        ratios = {}
        for name in dict.fromkeys(name for name, _ in times):
            row = [name, *[spread(times[name, label], "{:.3f}") for label in labels]]
            if self.case.compared:
                ratios[name] = medians[name, labels[1]] / medians[name, labels[0]]
                row.append(f"{ratios[name]:.2f}")
            result.details.append(row)
        if self.case.compared:
            result.head.append("ratio")
            worst = max(ratios, key=ratios.get)
            result.rows.append(Row("time, the worst of all", f"{worst}: {medians[worst, labels[1]]:.2f} ms",
                                   f"at {labels[0]}: {medians[worst, labels[0]]:.2f} ms",
                                   f"{ratios[worst]:.2f} ({min(ratios.values()):.2f} – {ratios[worst]:.2f})",
                                   ratios[worst], self.case.goal))
        else:
            slowest = max(medians, key=medians.get)
            result.rows.append(Row("time of the slowest", f"{slowest[0]}: {medians[slowest]:.1f} ms",
                                   value=medians[slowest], goal=self.case.goal))
        return result
