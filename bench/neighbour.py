"""What a tenant of 100 contacts waits for beside a large one."""
import multiprocessing
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from statistics import median

import asked
import people
import seed
from asked import Asked, search
from client import Client, Failure
from goals import Result, Row, spread
from open_loop import observe
from servers import Contactd

RATE = 100              # Requests per second of the small tenant: what it does by itself must not matter.
CONNECTIONS = 8
BUSY_CONNECTIONS = 2    # Those of the large one: it has always something waiting.
KINDS = ["search of a word", "search of a letter", "list", "read"]


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
    """A case of the kind Neighbour: in a store of its own, beside a large tenant that does nothing, and beside one that
    searches all the time."""

    PLACES = ["alone", "beside it", "while it searches"]

    def __init__(self, setup, case, stores):
        self.setup, self.case, self.seeded = setup, case, stores.main()

    def lines(self, server):
        """A file with the requests of the small tenant, each kind as often as the others."""
        total = seed.OTHER_TENANTS[seed.SMALL_TENANT]
        with server.client(seed.SMALL_TENANT) as client:
            ids = [row["id"] for row in client.get("/contacts/?page_size=100")["results"]]
            if len(ids) != total:
                raise Failure(f"the small tenant has {len(ids)} contacts")
            letter = client.get("/contacts/?search=z")["count"]
        alike = [[search(people.WORD, people.words_expected(total))] * total, [search("z", letter)] * total,
                 asked.listed_anew(f'{{"count":{total},')[:total]]
        requests = [replace(each, kind=kind) for kind, some in zip(KINDS, alike, strict=False) for each in some]
        requests += [Asked("GET", f"/contacts/{id_}/", None, f'"id":"{id_}"'.encode(), KINDS[-1]) for id_ in ids]
        file = self.setup.temporary / f"{self.case.name}-{server.port}.lines"
        file.write_text(asked.lines_of(requests))
        return file

    def run(self, say):
        times = {(kind, place): [] for kind in KINDS for place in self.PLACES}
        with ExitStack() as stack:
            alone = stack.enter_context(Contactd(self.setup, seed.small_store(self.setup)))
            beside = stack.enter_context(Contactd(self.setup, self.seeded.data))
            beside.hold_in_memory()
            large = beside.token(seed.TENANT)
            with Client(beside.port, large) as client:
                letters = [search(letter, client.get(f"/contacts/?search={letter}")["count"]) for letter in "az"]
            searches = [*letters, *asked.of_word(self.seeded) * 8]
            asking = {place: (server, server.token(seed.SMALL_TENANT), self.lines(server))
                      for place, server in zip(self.PLACES, [alone, beside, beside], strict=True)}
            for number in range(self.setup.rounds):
                for place in self.PLACES[::1 if number % 2 == 0 else -1]:
                    with ExitStack() as during:
                        if place == self.PLACES[2]:
                            answered = during.enter_context(busy(beside, large, searches))
                        self.round(*asking[place], number, place, times)
                    if place == self.PLACES[2]:
                        say(f"  round {number + 1}: beside {sum(answered)} searches in {self.setup.seconds} s")
        for place in self.PLACES:
            say(f"  {place:18} " + ", ".join(f"{kind} {median(each.p50_ms for each in times[kind, place]):.2f} ms"
                                             for kind in KINDS))
        return self.result(times)

    def round(self, server, token, lines, number, place, times):
        observed = observe(self.setup.program("bench_open_loop"), server.port, token, lines, RATE, self.setup.seconds,
                           number, CONNECTIONS)
        for kind in KINDS:
            times[kind, place].append(observed.kinds[kind])

    def result(self, times):
        result = Result(self.case, head=["the small tenant's", *[f"{what} ms {place}" for what in ("p50", "p99")
                                                                 for place in self.PLACES], "ratio of p50"])
        ratios = []
        for kind in KINDS:
            p50 = {place: [each.p50_ms for each in times[kind, place]] for place in self.PLACES}
            p99 = {place: [each.p99_ms for each in times[kind, place]] for place in self.PLACES}
            ours = [median(a / b for a, b in zip(p50[place], p50["alone"], strict=True)) for place in self.PLACES[1:]]
            ratios += ours
            result.details.append([kind, *[spread(each[place], "{:.2f}") for each in (p50, p99)
                                           for place in self.PLACES], " and ".join(f"{ratio:.2f}" for ratio in ours)])
        result.rows.append(Row("p50, the worst of all", "beside the large one", "in a store of its own",
                               f"{max(ratios):.2f} ({min(ratios):.2f} – {max(ratios):.2f})", max(ratios),
                               self.case.goal))
        return result
