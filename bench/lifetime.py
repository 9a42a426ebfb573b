"""What a process takes: memory after a start and after a load, time until it is ready; and what the disk gives."""
import os
import time
from statistics import median

import asked
import seed
from goals import Result, Row, spread
from load import run_wrk
from paced import served
from servers import Contactd

# Who asks in that minute: mixed reads and creates, lists and searches, candidates for dedupe.
PORTIONS = [("mix.lua", "", 0.4), ("patch.lua", "", 0.1), ("lines.lua", "lists_and_searches", 0.3),
            ("lines.lua", "known_and_unknown_parties", 0.2)]
QUICK_SECONDS = 5
BLOCK_BYTES = 4096


class MemoryRun:
    """A case of the kind Memory."""

    def __init__(self, setup, case, stores):
        self.setup, self.case, self.seeded = setup, case, stores.main()

    def run(self, say):
        found = {}
        empty = self.setup.temporary / self.case.name / "empty"
        for label, data in [("empty store", empty), ("seeded store", self.seeded.data)]:
            with Contactd(self.setup, data) as server:
                time.sleep(1)
                found[f"{label}, idle"] = server.memory_mib()
        with served(self.setup, self.seeded, "copy", self.case.name) as server:
            token = server.token(seed.TENANT)
            seconds = QUICK_SECONDS if self.setup.quick else self.case.seconds
            for number, (script, requests, share) in enumerate(PORTIONS):
                lines = self.setup.temporary / f"{self.case.name}.lines"
                if requests:
                    lines.write_text(asked.lines_of(asked.requests(requests, self.seeded, None)))
                settings = {"LINES": lines, "IDS": self.seeded.ids_file, "ROUND": number,
                            "RUN": f"memory/{os.getpid()}"}
                run_wrk(script, server, token, max(1, round(seconds * share)), settings)
                found[f"after {requests or script}"] = server.memory_mib()
        for label, (anonymous, whole) in found.items():
            say(f"  {label:34} {anonymous:6.1f} MiB anonymous, {whole:.1f} resident")
        result = Result(self.case, head=["when", "anonymous MiB", "resident MiB"])
        result.details = [[label, *[f"{value:.1f}" for value in pair]] for label, pair in found.items()]
        loaded = max(pair[0] for label, pair in found.items() if label.startswith("after"))
        idle = max(pair[0] for label, pair in found.items() if label.endswith("idle"))
        result.rows = [
            Row(f"after {seconds} s of load" if self.setup.quick else "after a minute of load", f"{loaded:.0f} MiB",
                value=loaded, goal=self.case.after_load),
            Row("idle after a start", f"{idle:.0f} MiB", value=idle, goal=self.case.idle)]
        return result


class StartRun:
    """A case of the kind Start. The store has been read before: its pages are in memory."""

    def __init__(self, setup, case, stores):
        self.setup, self.case, self.seeded = setup, case, stores.main()

    def run(self, say):
        times = []
        for _ in range(self.case.samples):
            with Contactd(self.setup, self.seeded.data) as server:
                times.append(server.ready_seconds * 1000)
        say("  " + ", ".join(f"{each:.0f}" for each in times) + " ms")
        return Result(self.case, [Row("until ready", spread(times, "{:.0f}") + " ms", value=median(times),
                                      goal=self.case.goal)])


class DiskRun:
    """A case of the kind Disk."""

    def __init__(self, setup, case, stores):
        self.setup, self.case = setup, case

    def run(self, say):
        rates = []
        file = os.open(self.setup.temporary / "disk", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            os.pwrite(file, bytes(BLOCK_BYTES), 0)
            os.fsync(file)
            for _ in range(1 if self.setup.quick else self.setup.rounds):
                done, began = 0, time.perf_counter()
                while (passed := time.perf_counter() - began) < 1:
                    os.pwrite(file, done.to_bytes(8, "little") * (BLOCK_BYTES // 8), 0)
                    os.fdatasync(file)
                    done += 1
                rates.append(done / passed)
        finally:
            os.close(file)
        say("  " + ", ".join(f"{rate:,.0f}/s" for rate in rates))
        return Result(self.case, [Row("overwrites and fdatasyncs", spread(rates) + " /s")])
