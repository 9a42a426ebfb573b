"""The kinds of cases: what has to be said of one to measure it."""
from dataclasses import dataclass, field
from typing import Callable

SMALL_CONTACTS = 10_000   # The store that a larger one is compared with.


@dataclass(frozen=True)
class Contender:
    """Who is under load, and what it is asked."""
    name: str
    script: str = "lines.lua"   # Of wrk/
    requests: str = ""          # A set of asked.py, for a script that takes its requests from one
    # contactd; nginx: a fixed body as long as the other's answers; slow: contactd on a disk with a slow fsync;
    # raw: SQLite alone; baseline: the contactd of --baseline; postgres: contactd on PostgreSQL; pgbench: what the
    # service sends there for the same, sent by pgbench
    kind: str = "contactd"
    store: str = "kept"         # kept: the seeded one; copy: one of that; empty: a new one in each round
    contacts: int | None = None  # Of the seeded store; None: as many as the run is about
    connections: int = 64
    options: tuple = ()
    has_standby: bool = False   # Of contactd on PostgreSQL: what may be read there is.

    def server_key(self):
        return self.kind, self.store, self.contacts, self.options, self.has_standby


@dataclass(frozen=True)
class Load:
    """As many requests per second as a script of wrk/ can bring, against a yardstick that runs in the same rounds."""
    name: str
    meaning: str
    measured: Contender
    yardstick: Contender | None = None
    goals: dict = field(default_factory=dict, hash=False)   # By load.RATIOS; None: for information
    published: tuple = ()   # A name, requests per second that are known of it, and the goal against them


@dataclass(frozen=True)
class Paced:
    """Latency at half of the highest rate: each request is due at its time and counts from then (open_loop.py)."""
    name: str
    meaning: str
    requests: str                   # A set of asked.py
    p99_ms: object                  # The goal
    script: str = "lines.lua"       # What finds the highest rate
    store: str = "kept"
    accepted: tuple = (200,)


@dataclass(frozen=True)
class Query:
    """A list, and which of the seeded contacts it has to count."""
    name: str
    parameters: list
    matches: Callable = lambda who: True


@dataclass(frozen=True)
class Queries:
    """The time of single queries, on the seeded store and, when it must not grow, on a small one."""
    name: str
    meaning: str
    queries: list = field(hash=False)
    goal: object = None                     # Of the slowest; when compared: times the small store's
    samples: int = 9
    requests: int = 1                       # in each sample, one after the other; the sample is their mean
    compared: bool = False                  # with the same query on the small store


@dataclass(frozen=True)
class Neighbour:
    """What a tenant of 100 contacts waits for beside the large one."""
    name: str
    meaning: str
    goal: object


@dataclass(frozen=True)
class Overload:
    """More creates than can be done: what is done of them, how the rest is refused, and how it is afterwards."""
    name: str
    meaning: str
    goodput: object
    refusal_p99_ms: object
    recovery_seconds: object
    times: float = 3            # the highest rate are offered
    connections: int = 8_000    # More than may wait in the server: else they would wait in the load


@dataclass(frozen=True)
class Memory:
    """Anonymous memory: after a start, and after a minute of load."""
    name: str
    meaning: str
    after_load: object
    idle: object
    seconds: int = 60


@dataclass(frozen=True)
class Start:
    """From the start of the process to the first answer of /readyz."""
    name: str
    meaning: str
    goal: object
    samples: int = 7


@dataclass(frozen=True)
class Disk:
    """What the disk gives: for information."""
    name: str
    meaning: str
