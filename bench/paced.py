"""Latency under a load that does not wait, at half of the highest rate."""
import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

import asked
import seed
from goals import Result, Row, spread
from load import rate_of, run_wrk
from open_loop import observe
from servers import Contactd


@dataclass
class PacedSample:
    """What one round gave."""
    highest_rate: float
    rate: float
    cpu_microseconds: float
    p50_ms: float
    p99_ms: float
    max_ms: float
    late_p99_ms: float
    waited_percent: float   # Of the time that the server ran or wanted to: as it was denied a processor.


@contextmanager
def served(setup, seeded, store, name):
    """The service on the kept store, or on a copy of it."""
    data, folder = seeded.data, setup.temporary / name
    try:
        if store == "copy":
            data = folder / "data"
            shutil.copytree(seeded.data, data)
            os.sync()   # Or the disk would still be busy with the copy when the load begins.
        with Contactd(setup, data) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class PacedRun:
    """A case of the kind Paced: each round finds the highest rate anew, then asks at half of it."""

    def __init__(self, setup, case, stores):
        self.setup, self.case, self.seeded = setup, case, stores.main()
        self.asked = asked.requests(case.requests, self.seeded, None)
        self.lines = setup.temporary / f"{case.name}.lines"
        self.lines.write_text(asked.lines_of(self.asked))

    def run(self, say):
        samples = []
        with served(self.setup, self.seeded, self.case.store, self.case.name) as server:
            token = server.token(seed.TENANT)
            if self.setup.warm_up_seconds:
                self.highest_rate(server, token, self.setup.warm_up_seconds, 0)
            for number in range(1, self.setup.rounds + 1):
                sample = self.round(server, token, number)
                samples.append(sample)
                say(f"  round {number}  highest {sample.highest_rate:7,.0f}/s  at {sample.rate:7,.0f}/s: p50 "
                    f"{sample.p50_ms:.1f} ms, p99 {sample.p99_ms:.1f} ms, {sample.cpu_microseconds:,.0f} µs of CPU")
        return self.result(samples)

    def highest_rate(self, server, token, seconds, number):
        settings = {"LINES": self.lines, "IDS": self.seeded.ids_file, "ROUND": number, "RUN": f"paced/{os.getpid()}"}
        return rate_of(run_wrk(self.case.script, server, token, seconds, settings))

    def round(self, server, token, number):
        server.hold_in_memory()
        highest = self.highest_rate(server, token, self.setup.seconds, number)
        if self.case.store == "copy":   # The numbers of the load begin anew each time: what they stand in must not.
            self.lines.write_text(asked.lines_of(asked.requests(self.case.requests, self.seeded, None)))
        server.wait_until_idle()
        before, waited_before = server.cpu_seconds(), server.waiting_seconds()
        observed = observe(self.setup.program("bench_open_loop"), server.port, token, self.lines, highest / 2,
                           self.setup.seconds, number, accepted=self.case.accepted)
        cpu, waited = server.cpu_seconds() - before, server.waiting_seconds() - waited_before
        latency = observed.latency()
        return PacedSample(highest, highest / 2, cpu / latency.count * 1e6, latency.p50_ms, latency.p99_ms,
                           latency.max_ms, observed.late_p99_ms, 100 * waited / max(waited + cpu, 1e-9))

    def result(self, samples):
        result = Result(self.case, head=["highest rate", "asked at", "CPU µs/request", "p50 ms", "p99 ms", "longest ms",
                                         "the load's lateness, p99 ms", "waiting for a processor, %"])
        result.details.append([spread([getattr(s, name) for s in samples], form) for name, form in [
            ("highest_rate", "{:,.0f}"), ("rate", "{:,.0f}"), ("cpu_microseconds", "{:,.0f}"), ("p50_ms", "{:.2f}"),
            ("p99_ms", "{:.2f}"), ("max_ms", "{:.1f}"), ("late_p99_ms", "{:.2f}"), ("waited_percent", "{:.0f}")]])
        p99 = median(s.p99_ms for s in samples)
        result.rows.append(Row("p99 at half of the highest rate",
                               f"{p99:.1f} ms at {median(s.rate for s in samples):,.0f}/s", value=p99,
                               goal=self.case.p99_ms))
        return result
