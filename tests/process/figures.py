"""What a service says of itself on its address for metrics."""
import urllib.request

from harness import ANSWER_SECONDS_MAX


def figures_of(port):
    """The lines of the page: each name, with its labels as they stand there, and its value."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=ANSWER_SECONDS_MAX) as answer:
        lines = answer.read().decode().splitlines()
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))}


def replica_reads(port):
    """How many long reads, for which a replica was asked, had which outcome."""
    name = 'contactd_replica_reads_total{outcome="'
    return {figure[len(name):-2]: int(count) for figure, count in figures_of(port).items() if figure.startswith(name)}
