"""Many connections at once: runs wrk against the service and its yardstick in turn, and lets no wrong answer pass."""
import json
import os
import shutil
import subprocess
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import asked
import people
import pgbench
import raw_creates
import seed
from checks import CHECKS, AskedCheck, FixedCheck, looking
from client import Client, Failure
from goals import Result, Row, spread
from servers import Contactd, Nginx, find_tool

LOAD_THREADS = 2
TOKEN_BYTES = 300   # What a token has, for a server that does not read it.
SYNC_MICROSECONDS = 5000
LUA = Path(__file__).parent / "wrk"


@dataclass
class Sample:
    """What one round of one contender gave."""
    rate: float
    cpu_microseconds: float
    p50_ms: float | None = None
    p99_ms: float | None = None
    anonymous_mib: float | None = None


# How a round's ratio is made of its two samples. A time per request is what its rate is the inverse of.
RATIOS = {
    "requests/s": lambda ours, theirs: ours.rate / theirs.rate,
    "time per request": lambda ours, theirs: theirs.rate / ours.rate,
    "CPU per request": lambda ours, theirs: ours.cpu_microseconds / theirs.cpu_microseconds,
}


def run_wrk(script, server, token, seconds, settings, connections=64):
    """The figures of wrk, after a look at what went wrong."""
    environment = {**os.environ, "BENCH_LUA": str(LUA), "BENCH_TOKEN": token,
                   **{f"BENCH_{name}": str(value) for name, value in settings.items()}}
    command = [find_tool("wrk"), "-t", str(LOAD_THREADS), "-c", str(connections), "-d", f"{seconds}s", "--latency",
               "-s", str(LUA / script), f"http://127.0.0.1:{server.port}/"]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=seconds + 120)
    lines = [line for line in run.stdout.splitlines() if line.startswith("{")]
    if run.returncode or not lines:
        raise Failure(f"wrk failed: {(run.stderr or run.stdout).strip()[-300:]}")
    figures = json.loads(lines[-1])
    for what in ("bad_status", "broken", "timeouts"):
        if figures[what]:
            raise Failure(f"{what}: {figures[what]} of {figures['requests']} requests")
    if not figures["requests"]:
        raise Failure("no request was answered")
    return figures


def rate_of(figures):
    return figures["requests"] / figures["microseconds"] * 1e6


def add_published(result, case, rates):
    """A line against a figure that somebody else has measured on another machine of this kind."""
    name, rate, goal = case.published
    ratios = [each / rate for each in rates]
    result.rows.append(Row("requests/s", f"{median(rates):,.0f}/s", f"{name}: {rate:,}/s", spread(ratios, "{:.2f}"),
                           median(ratios), goal))


class LoadRun:
    """One case of the kind Load: its contenders, and the servers that they are asked on."""

    def __init__(self, setup, case, stores):
        self.setup, self.case, self.stores = setup, case, stores
        self.folder = setup.temporary / case.name
        self.contenders = [each for each in (case.measured, case.yardstick) if each]
        self.servers, self.requests, self.raw, self.fixed_bytes, self.pgbench = {}, {}, [], None, None
        self.running = ExitStack()

    def seeded(self, contender):
        if contender.kind == "baseline" and contender.store != "empty":
            return self.stores.older()
        return self.stores.seeded(contender.contacts or self.setup.contacts)

    def server(self, contender, number):
        """Contenders that are alike but for what they are asked share a server; one with an empty store gets a new one
        in each round."""
        key = contender.server_key() + ((number,) if contender.store == "empty" else ())
        if key not in self.servers:
            self.servers[key] = self.running.enter_context(self.start(contender, f"store-{len(self.servers)}"))
        return self.servers[key]

    def start(self, contender, name):
        if contender.kind == "nginx":
            self.fixed_bytes = self.body_bytes()
            return Nginx(self.setup, self.folder / "nginx", self.fixed_bytes)
        setup = self.stores.older_setup if contender.kind == "baseline" else self.setup
        slow = {"binary": self.setup.program("bench_slow_disk_server"),
                "environment": {"BENCH_SYNC_MICROSECONDS": str(SYNC_MICROSECONDS)}} if contender.kind == "slow" else {}
        data = self.folder / name
        if contender.kind == "postgres":
            return self.start_postgres(contender, data)
        if contender.store == "empty":
            with Contactd(setup, data) as server:
                seed.make_namespaces(server, seed.TENANT)
        elif contender.store == "kept":
            data = self.seeded(contender).data
        else:
            shutil.copytree(self.seeded(contender).data, data)
            os.sync()   # Or the disk would still be busy with the copy when the load begins.
        return Contactd(setup, data, contender.options, **slow)

    def start_postgres(self, contender, data):
        cluster, database = self.stores.cluster(), "contacts_empty"
        if contender.store == "kept":
            database = cluster.seeded(self.seeded(contender), self.stores.say)
        else:
            cluster.make_anew(database)
        options = ("--read-store", self.stores.standby().url(database)) if contender.has_standby else ()
        server = cluster.contactd(database, data, options)
        if contender.store == "empty":
            seed.make_namespaces(server, seed.TENANT)
        return server

    def measure_pgbench(self, kind):
        clients = self.pgbench and self.pgbench.clients
        if kind == "creates":
            self.pgbench = self.creates_by_pgbench()
            self.pgbench.clients = clients
        elif self.pgbench is None:
            self.pgbench = self.reads_by_pgbench()
        return Sample(*self.pgbench.best(self.setup.seconds))

    def creates_by_pgbench(self):
        """Into a new database in each round, as the service has one."""
        cluster, database = self.stores.cluster(), "contacts_pgbench"
        cluster.make_anew(database)
        with cluster.contactd(database, self.folder / "pgbench-data") as server:
            seed.make_namespaces(server, seed.TENANT)
            with server.client(seed.TENANT) as client:
                return pgbench.creates(cluster, database, self.folder / "pgbench", client)

    def reads_by_pgbench(self):
        contender, cluster, folder = self.case.measured, self.stores.cluster(), self.folder / "pgbench"
        server = self.server(contender, 1)
        with server.client(seed.TENANT) as client:
            seeded = self.seeded(contender)
            # Another spelling: what is kept ready sends no statement.
            paths = ([f"{each.path}{'&' if '?' in each.path else '?'}&&" for each in self.requests_of(contender)[:1]]
                     if contender.requests else
                     [f"/contacts/{seeded.id_of(people.scattered(k) % seeded.total)}/"
                      for k in range(pgbench.READS_TAKEN)])
            return pgbench.reads(cluster, server.database, folder, [lambda path=path: client.ask("GET", path)
                                                                    for path in paths])

    def requests_of(self, contender):
        if contender.name not in self.requests:
            with self.server(contender, 1).client(seed.TENANT) as client:
                self.requests[contender.name] = asked.requests(contender.requests, self.seeded(contender), client)
        return self.requests[contender.name]

    def body_bytes(self):
        """The mean length of the answers that are asked for."""
        contender = self.case.measured
        seeded = self.seeded(contender)
        paths = ([each.path for each in self.requests_of(contender)[:200]] if contender.requests else
                 [f"/contacts/{seeded.id_of(people.scattered(k) % seeded.total)}/" for k in range(200)])
        with self.server(contender, 1).client(seed.TENANT) as client:
            return round(sum(len(client.ask("GET", path)) for path in paths) / len(paths))

    def round(self, contender, number, warm_up):
        try:
            if contender.kind == "raw":
                found = raw_creates.run(self.setup, self.folder / f"raw-{number}")
                self.raw.append(found)
                return Sample(*raw_creates.batch(found, 32))
            if contender.kind == "pgbench":
                return self.measure_pgbench(contender.script)
            return self.measure(contender, number, self.server(contender, number), warm_up)
        except Failure as failure:
            raise Failure(f"{contender.name}: {failure}") from failure

    def settings(self, contender, number):
        if contender.kind == "nginx":
            return {"IDS": self.seeded(self.case.measured).ids_file, "ROUND": number}
        return {"IDS": self.seeded(contender).ids_file, "ROUND": number}

    def measure(self, contender, number, server, warm_up):
        is_ours = contender.kind != "nginx"
        # What the yardstick is asked does not matter to it, but it costs the load as much to ask.
        asks = contender if is_ours else self.case.measured
        requests = self.requests_of(asks) if asks.requests else []
        token = server.token(seed.TENANT) if is_ours else "x" * TOKEN_BYTES
        settings = self.settings(contender, number)
        if requests:
            settings["LINES"] = self.folder / "lines"
            settings["LINES"].parent.mkdir(exist_ok=True)
            settings["LINES"].write_text(asked.lines_of(requests))

        def wrk(seconds, purpose):
            run = f"{self.contenders.index(contender)}{purpose}{os.getpid()}"
            return run_wrk(asks.script, server, token, seconds, {**settings, "RUN": run}, contender.connections)

        if is_ours:
            server.hold_in_memory()
        if warm_up:
            wrk(warm_up, "w")
        with Client(server.port, token) as client:
            check = (FixedCheck(server) if not is_ours else AskedCheck(requests, client) if requests else
                     CHECKS[contender.script](self.seeded(contender), client, contender.connections))
            before = server.cpu_seconds()
            with looking(check):
                figures = wrk(self.setup.seconds, "r")
            cpu = server.cpu_seconds() - before
            check.finish(figures["requests"])
        return Sample(rate_of(figures), cpu / figures["requests"] * 1e6, figures["p50"] / 1000, figures["p99"] / 1000,
                      server.memory_mib()[0])

    def run(self, say):
        samples = {contender.name: [] for contender in self.contenders}
        self.folder.mkdir()
        try:
            with self.running:
                for number in range(1, self.setup.rounds + 1):
                    # Whoever came first comes last the next time.
                    for contender in self.contenders[::1 if number % 2 else -1]:
                        is_new = number == 1 or contender.store == "empty"
                        sample = self.round(contender, number, self.setup.warm_up_seconds if is_new else 0)
                        samples[contender.name].append(sample)
                        say(f"  round {number}  {contender.name:34} {sample.rate:9,.0f}/s  "
                            f"{sample.cpu_microseconds:7.1f} µs of CPU"
                            + (f"  p99 {sample.p99_ms:.1f} ms" if sample.p99_ms is not None else ""))
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)
        return self.result(samples)

    def result(self, samples):
        result = Result(self.case, head=["contender", "requests/s", "CPU µs/request", "p50 ms", "p99 ms",
                                         "anonymous MiB"])
        for name, each in samples.items():
            result.details.append([name, *[spread([getattr(s, field) for s in each], form) for field, form in [
                ("rate", "{:,.0f}"), ("cpu_microseconds", "{:.1f}"), ("p50_ms", "{:.1f}"), ("p99_ms", "{:.1f}"),
                ("anonymous_mib", "{:.0f}")]]])
        figures = {name: (f"{median(s.rate for s in each):,.0f}/s",
                          f"{median(s.cpu_microseconds for s in each):,.1f} µs of CPU")
                   for name, each in samples.items()}
        if not self.case.yardstick:
            result.rows.append(Row("requests/s", ", ".join(figures[self.case.measured.name])))
            return result
        ours, theirs = samples.values()
        yardstick = self.case.yardstick.name + (f", {self.fixed_bytes:,} bytes" if self.fixed_bytes else "")
        for what, goal in self.case.goals.items():
            # The median of the rounds' own ratios: both sides of each had the same machine.
            ratios = [RATIOS[what](a, b) for a, b in zip(ours, theirs, strict=True)]
            which = what == "CPU per request"
            result.rows.append(Row(what, figures[self.case.measured.name][which],
                                   f"{yardstick}: {figures[self.case.yardstick.name][which]}",
                                   spread(ratios, "{:.2f}"), median(ratios), goal))
        if self.case.published:
            add_published(result, self.case, [sample.rate for sample in ours])
        if self.raw:
            raw_creates.add_details(result, self.raw, ours)
        return result
