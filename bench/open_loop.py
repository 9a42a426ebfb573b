"""Requests that come when they come: runs bench_open_loop (load/main.cpp) and lets no wrong answer pass."""
import json
import os
import subprocess
from dataclasses import dataclass

from client import Failure

CONNECTIONS = 64


@dataclass
class Latency:
    """Of some answers, in milliseconds from when their requests were due."""
    count: int
    p50_ms: float
    p99_ms: float
    max_ms: float


@dataclass
class Observed:
    """What a run gave."""
    sent: int
    sending_seconds: float  # Until the last was sent
    seconds: float          # Until the last was answered
    statuses: dict          # Latency of each status
    after_sending: dict     # The same, but from when they were sent
    kinds: dict             # Latency of each kind of requests, as the file names them; accepted answers alone
    each_second: list       # The p99 of those that were due in each second
    late_p99_ms: float      # By which requests left late though a connection was free: the generator's fault.
    waited: int             # Requests that found no free connection.

    def latency(self):
        """That of a set without kinds."""
        return self.kinds[""]


def observe(program, port, token, lines, rate, seconds, number=0, connections=CONNECTIONS, accepted=(200,)):
    """Asks for `rate` requests of the file `lines` per second, evenly, and has each answer checked."""
    command = [str(program), "--port", str(port), "--requests", str(lines), "--rate", f"{rate:.3f}",
               "--seconds", str(seconds), "--connections", str(connections), "--seed", str(number),
               "--accept", ",".join(str(status) for status in accepted)]
    run = subprocess.run(command, env={**os.environ, "BENCH_TOKEN": token}, capture_output=True, text=True,
                         timeout=seconds + 120)
    if run.returncode:
        raise Failure(f"the load failed: {run.stderr.strip()[-300:]}")
    found = json.loads(run.stdout)
    for what in ("refused", "wrong", "broken", "unanswered"):
        if found[what]:
            raise Failure(f"{what}: {found[what]} of {found['sent']} requests, such as {found['example']}")
    if found["without_retry_after"]:
        raise Failure(f"{found['without_retry_after']} answers 503 had no Retry-After")
    statuses, after_sending = ({int(status): Latency(**each) for status, each in found[name].items()}
                               for name in ("statuses", "after_sending"))
    return Observed(found["sent"], found["sending_seconds"], found["seconds"], statuses, after_sending,
                    {kind: Latency(**each) for kind, each in found["kinds"].items()},
                    found["p99_ms_each_second"], found["late_p99_ms"], found["waited_for_connection"])
