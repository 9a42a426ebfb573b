"""Many connections at once: runs wrk against the service and its yardstick in turn, and lets no wrong answer pass."""
import json
import os
import shutil
import subprocess
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import asked
import people
import seed
from client import Client, Failure
from servers import Contactd, Nginx, find_tool

CONNECTIONS = 64
LOAD_THREADS = 2
WARM_UP_SECONDS = 1
SPOT_CHECK_PAUSE_SECONDS = 0.1
TOKEN_BYTES = 300   # What a token has, for a server that does not read it.
LUA = Path(__file__).parent / "wrk"


@dataclass
class Sample:
    """What one round of one server gave."""
    rate: float
    cpu_microseconds: float
    p50_ms: float
    p99_ms: float
    anonymous_mib: float


def run_wrk(setup, script, server, token, seconds, settings):
    """The figures of wrk, after a look at what went wrong."""
    environment = {**os.environ, "BENCH_LUA": str(LUA), "BENCH_TOKEN": token,
                   **{f"BENCH_{name}": str(value) for name, value in settings.items()}}
    command = [find_tool("wrk"), "-t", str(LOAD_THREADS), "-c", str(CONNECTIONS), "-d", f"{seconds}s", "--latency",
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


class ContactCheck:
    """A random contact is asked for and compared with what was sent when it was created."""

    def __init__(self, seeded, client):
        self.seeded, self.client, self.made = seeded, client, 0

    def look(self, number):
        index = people.scattered(number) % self.seeded.total
        expected = json.loads(people.body_of(people.person(index, self.seeded.total)))
        got = self.client.get(f"/contacts/{self.seeded.id_of(index)}/")
        for name, value in expected.items():
            if (len(got[name]) != len(value)) if name == "props" else got[name] != value:
                raise Failure(f"contact {index} came back with another {name}: {got[name]!r}")

    def finish(self, requests):
        pass


class ListCheck(ContactCheck):
    """The list has the right count, and the rows that it should have."""

    def look(self, number):
        got = self.client.get("/contacts/")
        if got["count"] != self.seeded.total or len(got["results"]) != 15:
            raise Failure(f"the list has {got['count']} contacts and {len(got['results'])} rows")


class CreateCheck(ContactCheck):
    """A contact is created and read again; and there are as many more as were acknowledged."""

    def __init__(self, seeded, client):
        super().__init__(seeded, client)
        self.before = self.settled_count()

    def settled_count(self):
        """How many there are once nothing comes any more: a load that was cut off leaves requests on their way."""
        last = None
        while (count := self.client.get("/contacts/?page_size=1")["count"]) != last:
            last = count
            time.sleep(SPOT_CHECK_PAUSE_SECONDS)
        return count

    def look(self, number):
        body = json.loads(people.body_of(people.person(number, 1_000_000_000)))
        body.update(ref_id=f"spot/{os.getpid()}/{self.before}/{number}")
        made = json.loads(self.client.ask("POST", "/contacts/", body, status=201))
        self.made += 1
        again = self.client.get(f"/contacts/{made['id']}/")
        if again != made or again["name"] != body["name"] or again["ref_id"] != body["ref_id"]:
            raise Failure("a created contact came back with other values")

    def finish(self, requests):
        # Those that wrk did not wait for at its end may be there or not.
        more = self.settled_count() - self.before - self.made - requests
        if not 0 <= more <= CONNECTIONS:
            raise Failure(f"{requests} creates were acknowledged, but there are {requests + more} more contacts")


class AskedCheck:
    """The requests of a set are asked in turn."""

    def __init__(self, requests, client):
        self.requests, self.client = requests, client

    def look(self, number):
        each = self.requests[number % len(self.requests)]
        fault = each.check(*self.client.send(self.client.text_of(each.method, each.path, each.body)))
        if fault:
            raise Failure(fault)

    def finish(self, requests):
        pass


class FixedCheck:
    """The yardstick still gives its one answer."""

    def __init__(self, server):
        self.server = server

    def look(self, _):
        self.server.check_answer()

    def finish(self, requests):
        pass


CHECKS = {"get.lua": ContactCheck, "list.lua": ListCheck, "create.lua": CreateCheck, "mix.lua": ContactCheck}


@contextmanager
def looking(check):
    """Asks now and then while the load runs; what it finds is raised at the end."""
    stop, errors = threading.Event(), []

    def look():
        number = 0
        try:
            while not stop.is_set():
                check.look(number)
                number += 1
                stop.wait(SPOT_CHECK_PAUSE_SECONDS)
        except Exception as error:
            errors.append(error)

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
    if errors:
        raise errors[0] if isinstance(errors[0], Failure) else Failure(f"spot check: {errors[0]!r}")


class LoadRun:
    """One case of the kind Load: its contenders, and the stores that they work on."""

    def __init__(self, setup, case, seeded, baseline=None):
        """`baseline`: the setup of the older program, and the store that it seeded, where the case has a seeded one."""
        self.setup, self.case, self.seeded, self.baseline = setup, case, seeded, baseline
        self.folder = setup.temporary / case.name
        self.copies = {}

    def contenders(self):
        names = [self.case.measured]
        return names + ([self.case.yardstick] if self.case.yardstick else [])

    def sides(self, contender):
        """(setup, seeded) of a contender."""
        return self.baseline if contender.kind == "baseline" else (self.setup, self.seeded)

    def store(self, contender, number):
        """The store for one round. Writers get a copy, those of one program the same one in turn: it grows for both."""
        setup, seeded = self.sides(contender)
        if self.case.store == "empty":
            fresh = self.folder / f"{contender.name}-{number}".replace(" ", "-")
            with Contactd(setup, fresh) as server:
                seed.make_namespaces(server, seed.TENANT)
            return fresh
        if self.case.store == "kept":
            return seeded.data
        if contender.kind not in self.copies:
            self.copies[contender.kind] = self.folder / f"copy-{contender.kind}"
            shutil.copytree(seeded.data, self.copies[contender.kind])
            os.sync()   # Or the disk would still be busy with the copy when the load begins.
        return self.copies[contender.kind]

    def start(self, contender, number):
        if contender.kind == "nginx":
            return Nginx(self.setup, self.folder / "nginx", self.body_bytes())
        return Contactd(self.sides(contender)[0], self.store(contender, number), contender.options)

    def body_bytes(self):
        """The mean length of the answers that are asked for."""
        with Contactd(self.setup, self.seeded.data) as server, server.client(seed.TENANT) as client:
            ids = [self.seeded.id_of(people.scattered(k) % self.seeded.total) for k in range(200)]
            return round(sum(len(client.ask("GET", f"/contacts/{id_}/")) for id_ in ids) / len(ids))

    def round(self, contender, number):
        try:
            with self.start(contender, number) as server:
                return self.measure(contender, number, server)
        except Failure as failure:
            raise Failure(f"{contender.name}: {failure}") from failure

    def measure(self, contender, number, server):
        is_ours = contender.kind != "nginx"
        seeded = self.sides(contender)[1]
        requests = getattr(asked, contender.requests)(seeded) if contender.requests else []
        token = server.token(seed.TENANT) if is_ours else "x" * TOKEN_BYTES
        settings = {"IDS": seeded.ids_file, "ROUND": number, "PATH": "/contacts/"}
        if requests:
            settings["LINES"] = self.folder / "lines"
            settings["LINES"].parent.mkdir(exist_ok=True)
            settings["LINES"].write_text(asked.lines_of(requests))

        def wrk(seconds, purpose):
            run = f"{contender.name[:1]}{purpose}{os.getpid()}"
            return run_wrk(self.setup, self.case.script, server, token, seconds, {**settings, "RUN": run})

        wrk(WARM_UP_SECONDS, "w")
        with Client(server.port, token) as client:
            check = (AskedCheck(requests, client) if requests else
                     CHECKS[self.case.script](seeded, client) if is_ours else FixedCheck(server))
            before = server.cpu_seconds()
            with looking(check):
                figures = wrk(self.setup.seconds, "r")
            cpu = server.cpu_seconds() - before
            check.finish(figures["requests"])
        return Sample(figures["requests"] / figures["microseconds"] * 1e6, cpu / figures["requests"] * 1e6,
                      figures["p50"] / 1000, figures["p99"] / 1000, server.memory_mib()[0])

    def run(self, say):
        samples = {contender.name: [] for contender in self.contenders()}
        try:
            for number in range(1, self.setup.rounds + 1):
                # Whoever came first comes last the next time.
                for contender in self.contenders()[::1 if number % 2 else -1]:
                    sample = self.round(contender, number)
                    samples[contender.name].append(sample)
                    say(f"  round {number}  {contender.name:34} {sample.rate:9,.0f}/s  "
                        f"{sample.cpu_microseconds:6.1f} µs of CPU  p99 {sample.p99_ms:.1f} ms")
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)
        return samples
