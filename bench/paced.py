"""Latency under a load that does not wait, at half of the highest rate; and of a small tenant beside a busy one."""
import multiprocessing
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import asked
import people
import seed
from asked import Asked, search
from client import Client, Failure
from load import run_wrk
from open_loop import observe, percentile
from servers import Contactd

WARM_UP_SECONDS = 1
NEIGHBOUR_RATE = 100    # Requests per second of the small tenant: what it does by itself must not matter.
BUSY_CONNECTIONS = 2    # Those of the large one: it has always something waiting.


@dataclass
class PacedSample:
    """What one round gave."""
    highest_rate: float
    rate: float
    cpu_microseconds: float
    p50_ms: float
    p99_ms: float
    late_p99_ms: float
    waited_percent: float   # Of the time that the server ran or wanted to: as it was denied a processor.


class PacedRun:
    """A case of the kind Paced: each round finds the highest rate anew, then asks at half of it."""

    def __init__(self, setup, case, seeded):
        self.setup, self.case, self.seeded = setup, case, seeded
        self.asked = getattr(asked, case.requests)(seeded)
        self.lines = setup.temporary / f"{case.name}.lines"
        self.lines.write_text(asked.lines_of(self.asked))

    def run(self, say):
        samples = []
        with Contactd(self.setup, self.seeded.data) as server:
            token = server.token(seed.TENANT)
            self.highest_rate(server, token, WARM_UP_SECONDS, 0)
            for number in range(1, self.setup.rounds + 1):
                sample = self.round(server, token, number)
                samples.append(sample)
                say(f"  round {number}  highest {sample.highest_rate:7,.0f}/s  at {sample.rate:7,.0f}/s: p50 "
                    f"{sample.p50_ms:.1f} ms, p99 {sample.p99_ms:.1f} ms, {sample.cpu_microseconds:,.0f} µs of CPU")
        return samples

    def highest_rate(self, server, token, seconds, number):
        figures = run_wrk(self.setup, "lines.lua", server, token, seconds, {"LINES": self.lines, "ROUND": number})
        return figures["requests"] / figures["microseconds"] * 1e6

    def round(self, server, token, number):
        highest = self.highest_rate(server, token, self.setup.seconds, number)
        server.wait_until_idle()
        before, waited_before = server.cpu_seconds(), server.waiting_seconds()
        observed = observe(server.port, token, self.asked, highest / 2, self.setup.seconds, number)
        cpu, waited = server.cpu_seconds() - before, server.waiting_seconds() - waited_before
        times = observed.milliseconds
        return PacedSample(highest, highest / 2, cpu / len(times) * 1e6, percentile(times, 50), percentile(times, 99),
                           percentile(observed.lateness, 99), 100 * waited / (waited + cpu))


def ask_without_end(port, token, requests, stop, outbox):
    """One after the other, until told to stop; sends how many were answered, or what was wrong."""
    count = 0
    try:
        with Client(port, token) as client:
            while not stop.is_set():
                each = requests[count % len(requests)]
                fault = each.check(*client.send(client.text_of(each.method, each.path, each.body)))
                if fault:
                    raise Failure(fault)
                count += 1
        outbox.put(count)
    except BaseException as error:
        outbox.put(str(error) or type(error).__name__)


@contextmanager
def busy(server, token, requests):
    """The large tenant asks while this lasts; gives a list that then holds how many were answered."""
    stop, outbox, answered = multiprocessing.Event(), multiprocessing.Queue(), []
    workers = [multiprocessing.Process(target=ask_without_end, daemon=True,
                                       args=(server.port, token, requests[k:] + requests[:k], stop, outbox))
               for k in range(BUSY_CONNECTIONS)]
    for worker in workers:
        worker.start()
    try:
        yield answered
    finally:
        stop.set()
        answered += [outbox.get(timeout=60) for _ in workers]
        for worker in workers:
            worker.join()
    for each in answered:
        if isinstance(each, str):
            raise Failure(f"the large tenant: {each}")


class NeighbourRun:
    """A case of the kind Neighbour: what a tenant of 100 contacts waits for, in a store of its own, beside a large
    tenant that does nothing, and beside one that searches all the time."""

    PLACES = ["alone", "beside it", "while it searches"]

    def __init__(self, setup, case, seeded):
        self.setup, self.case, self.seeded = setup, case, seeded

    def requests(self, server):
        """Those of the small tenant, by kind."""
        total = seed.OTHER_TENANTS[seed.SMALL_TENANT]
        with server.client(seed.SMALL_TENANT) as client:
            ids = [row["id"] for row in client.get("/contacts/?page_size=100")["results"]]
            if len(ids) != total:
                raise Failure(f"the small tenant has {len(ids)} contacts")
            letter = client.get("/contacts/?search=z")["count"]
        return {
            "search of a word": [search(people.WORD, people.words_expected(total))],
            "search of a letter": [search("z", letter)],
            "list": [Asked("GET", "/contacts/", None, f'{{"count":{total},'.encode())],
            "read": [Asked("GET", f"/contacts/{id_}/", None, f'"id":"{id_}"'.encode()) for id_ in ids],
        }

    def run(self, say):
        with ExitStack() as stack:
            alone = stack.enter_context(Contactd(self.setup, seed.small_store(self.setup)))
            beside = stack.enter_context(Contactd(self.setup, self.seeded.data))
            large = beside.token(seed.TENANT)
            with Client(beside.port, large) as client:
                letters = [search(letter, client.get(f"/contacts/?search={letter}")["count"]) for letter in "az"]
            searches = [*letters, *asked.of_word(self.seeded) * 8]
            asking = {place: (server, server.token(seed.SMALL_TENANT), self.requests(server))
                      for place, server in zip(self.PLACES, [alone, beside, beside], strict=True)}
            times = {(kind, place): [] for kind in asking["alone"][2] for place in self.PLACES}
            for number in range(self.setup.rounds):
                for place in self.PLACES[::1 if number % 2 == 0 else -1]:
                    with ExitStack() as during:
                        if place == self.PLACES[2]:
                            answered = during.enter_context(busy(beside, large, searches))
                        self.round(*asking[place], number, place, times)
                    if place == self.PLACES[2]:
                        say(f"  round {number + 1}: beside {sum(answered)} searches in {self.setup.seconds} s")
        for place in self.PLACES:
            say(f"  {place:18} " + ", ".join(
                f"{kind} {percentile([p50 for p50, _ in times[kind, place]], 50):.2f} ms"
                for kind in asking["alone"][2]))
        return times

    def round(self, server, token, kinds, number, place, times):
        """Adds (p50, p99) of each kind."""
        requests, members = [], {}
        largest = max(len(each) for each in kinds.values())
        for kind, each in kinds.items():    # As often as the others.
            members[kind] = range(len(requests), len(requests) + largest)
            requests += (each * largest)[:largest]
        observed = observe(server.port, token, requests, NEIGHBOUR_RATE, self.setup.seconds, number, connections=8)
        for kind, numbers in members.items():
            milliseconds = observed.of(numbers)
            times[kind, place].append((percentile(milliseconds, 50), percentile(milliseconds, 99)))
