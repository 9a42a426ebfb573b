"""Requests that come when they come: each is due at its time, whatever became of those before it, and its latency
counts from then. A server that stands still for a while so spoils every request that was due meanwhile; a load that
waits for an answer before it asks again would see one slow answer only."""
import gc
import multiprocessing
import random
import select
import time
from collections import deque
from dataclasses import dataclass

from client import Client, Failure, whole_answer

CONNECTIONS = 64
SILENCE_SECONDS_MAX = 30
SPIN_SECONDS = 0.0001   # So close to its time a request is waited for without sleeping.


@dataclass
class Observed:
    """What a run gave: of each request which one of the set it was, and its milliseconds from when it was due."""
    which: list
    milliseconds: list
    lateness: list      # Milliseconds by which requests left late though a connection was free: the generator's fault.

    def of(self, numbers):
        return [ms for number, ms in zip(self.which, self.milliseconds, strict=True) if number in numbers]


def percentile(values, percent):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


class Generator:
    def __init__(self, port, token, asked, connections):
        self.asked = asked
        self.clients = [Client(port, token) for _ in range(connections)]
        self.texts = [self.clients[0].text_of(each.method, each.path, each.body) for each in asked]
        self.free = deque(self.clients)
        self.busy = {}
        self.observed = Observed([], [], [])

    def run(self, rate, seconds, seed):
        draw, total, sent = random.Random(seed), max(1, round(rate * seconds)), 0
        started = time.perf_counter() + 0.05
        while len(self.observed.which) < total:
            now = time.perf_counter()
            while sent < total and self.free and (due := started + sent / rate) <= now:
                self.send(draw.randrange(len(self.asked)), due, now)
                sent += 1
                now = time.perf_counter()
            wait = SILENCE_SECONDS_MAX
            if sent < total and self.free:
                wait = started + sent / rate - now
                wait = 0 if wait < SPIN_SECONDS else wait - SPIN_SECONDS / 2
            self.receive(wait)
        return self.observed

    def send(self, number, due, now):
        client = self.free.popleft()
        # Whoever had to wait for a connection is late by the server's fault, and that is part of its latency.
        if client.free_since <= due:
            self.observed.lateness.append((now - due) * 1000)
        client.number, client.due, client.received = number, due, b""
        client.socket.sendall(self.texts[number])
        self.busy[client.socket] = client

    def receive(self, wait):
        ready = select.select(self.busy, [], [], wait)[0]
        if not ready and wait == SILENCE_SECONDS_MAX:
            raise Failure(f"no answer for {wait} s")
        for socket in ready:
            client = self.busy[socket]
            client.received += client.more()
            answer = whole_answer(client.received)
            if answer is None:
                continue
            now = time.perf_counter()
            fault = self.asked[client.number].check(*answer)
            if fault:
                raise Failure(fault)
            self.observed.which.append(client.number)
            self.observed.milliseconds.append((now - client.due) * 1000)
            del self.busy[socket]
            client.free_since = now
            self.free.append(client)


def run(outbox, port, token, asked, rate, seconds, seed, connections):
    try:
        gc.disable()
        outbox.send(Generator(port, token, asked, connections).run(rate, seconds, seed))
    except BaseException as error:
        outbox.send(str(error) or type(error).__name__)


def observe(port, token, asked, rate, seconds, seed=0, connections=CONNECTIONS):
    """Asks for `rate` requests of the set per second, evenly, in a process of its own, and checks each answer."""
    inbox, outbox = multiprocessing.Pipe(duplex=False)
    worker = multiprocessing.Process(target=run, daemon=True,
                                     args=(outbox, port, token, asked, rate, seconds, seed, connections))
    worker.start()
    outbox.close()
    try:
        observed = inbox.recv()
    except EOFError:
        raise Failure("the process that asks has gone") from None
    finally:
        worker.join()
    if isinstance(observed, str):
        raise Failure(observed)
    return observed
