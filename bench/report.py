"""What came of a run, as a page of Markdown: the machine, a line for each case, then the figures behind it."""
import os
import platform
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median


@dataclass
class Result:
    """A case's outcome: one line of the summary, and rows of a table of its own."""
    case: object
    figure: str = ""
    yardstick: str = ""
    ratio: str = ""
    bar: str = ""
    met: bool | None = None      # None: there is no bar
    failure: str = ""
    head: list = field(default_factory=list)
    rows: list = field(default_factory=list)

    @property
    def verdict(self):
        return "FAILED" if self.failure else {None: "information", True: "met", False: "**missed**"}[self.met]


def spread(values, form="{:,.0f}"):
    """The median, and from the smallest to the largest."""
    return f"{form.format(median(values))} ({form.format(min(values))} – {form.format(max(values))})"


def load_result(case, samples):
    result = Result(case, head=["server", "requests/s", "CPU µs/request", "p50 ms", "p99 ms", "anonymous MiB"])
    for name, each in samples.items():
        result.rows.append([name, spread([s.rate for s in each]),
                            spread([s.cpu_microseconds for s in each], "{:.1f}"),
                            spread([s.p50_ms for s in each], "{:.1f}"), spread([s.p99_ms for s in each], "{:.1f}"),
                            spread([s.anonymous_mib for s in each], "{:.0f}")])
    rates = {name: median(s.rate for s in each) for name, each in samples.items()}
    result.figure = f"{rates[case.measured.name]:,.0f}/s"
    if case.yardstick:
        # The median of the rounds' own ratios: both sides of each had the same machine.
        ours, theirs = samples.values()
        ratios = [a.rate / b.rate for a, b in zip(ours, theirs, strict=True)]
        cpu = median(a.cpu_microseconds / b.cpu_microseconds for a, b in zip(ours, theirs, strict=True))
        result.yardstick = f"{case.yardstick.name}: {rates[case.yardstick.name]:,.0f}/s"
        result.ratio = f"{spread(ratios, '{:.2f}')}; CPU {cpu:.2f}"
        if case.cpu_at_most:
            result.bar, result.met = f"CPU ≤ {case.cpu_at_most}", cpu <= case.cpu_at_most
        else:
            result.bar, result.met = f"≥ {case.at_least}", median(ratios) >= case.at_least
    return result


def paced_result(case, samples):
    result = Result(case, head=["highest rate", "asked at", "CPU µs/request", "p50 ms", "p99 ms",
                                "the generator's lateness, p99 ms", "waiting for a processor, %"])
    result.rows.append([spread([getattr(s, name) for s in samples], form) for name, form in [
        ("highest_rate", "{:,.0f}"), ("rate", "{:,.0f}"), ("cpu_microseconds", "{:,.0f}"), ("p50_ms", "{:.2f}"),
        ("p99_ms", "{:.2f}"), ("late_p99_ms", "{:.2f}"),
        ("waited_percent", "{:.0f}")]])
    p99 = median(s.p99_ms for s in samples)
    result.figure = f"p99 {p99:.1f} ms at {median(s.rate for s in samples):,.0f}/s"
    result.bar, result.met = f"p99 < {case.p99_ms_max} ms", p99 < case.p99_ms_max
    return result


def neighbour_result(case, times):
    places = list(dict.fromkeys(place for _, place in times))
    kinds = list(dict.fromkeys(kind for kind, _ in times))
    result = Result(case, head=["the small tenant's", *[f"{what} ms {place}" for what in ("p50", "p99")
                                                        for place in places], "ratio of p50"])
    ratios = []
    for kind in kinds:
        p50 = {place: [first for first, _ in times[kind, place]] for place in places}
        p99 = {place: [second for _, second in times[kind, place]] for place in places}
        ours = [median(a / b for a, b in zip(p50[place], p50[places[0]], strict=True)) for place in places[1:]]
        ratios += ours
        result.rows.append([kind, *[spread(each[place], "{:.2f}") for each in (p50, p99) for place in places],
                            " and ".join(f"{ratio:.2f}" for ratio in ours)])
    result.figure, result.yardstick = "p50 beside the large one", "p50 in a store of its own"
    result.ratio, result.bar = f"{min(ratios):.2f} – {max(ratios):.2f}", f"each ≤ {case.at_most}"
    result.met = max(ratios) <= case.at_most
    return result


def queries_result(case, times):
    labels = list(dict.fromkeys(label for _, label in times))
    result = Result(case, head=["query", *[f"ms at {label}" for label in labels]])
    medians = {key: median(values) for key, values in times.items()}
    ratios = []
    for name in dict.fromkeys(name for name, _ in times):
        row = [name, *[spread(times[name, label], "{:.3f}") for label in labels]]
        if case.compared:
            ratios.append(medians[name, labels[1]] / medians[name, labels[0]])
            row.append(f"{ratios[-1]:.2f}")
        result.rows.append(row)
    if case.compared:
        result.head.append("ratio")
        result.figure, result.yardstick = f"at {labels[1]}", f"at {labels[0]}"
        result.ratio, result.bar = f"{min(ratios):.2f} – {max(ratios):.2f}", f"each ≤ {case.at_most}"
        result.met = max(ratios) <= case.at_most
    else:
        slowest = max(medians, key=medians.get)
        result.figure = f"slowest {medians[slowest]:.1f} ms: {slowest[0]}"
        if case.milliseconds_max:
            result.bar = f"each < {case.milliseconds_max} ms"
            result.met = medians[slowest] < case.milliseconds_max
    return result


def memory_result(case, found):
    result = Result(case, head=["start on", "resident MiB", "of it anonymous"])
    for label, pairs in found.items():
        result.rows.append([label, spread([whole for _, whole in pairs], "{:.1f}"),
                            spread([anonymous for anonymous, _ in pairs], "{:.1f}")])
    most = max(median(whole for _, whole in pairs) for pairs in found.values())
    result.figure, result.bar, result.met = f"{most:.1f} MiB", f"≤ {case.mib_max} MiB", most <= case.mib_max
    return result


def machine():
    model = re.search(r"(?m)^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text())
    memory = int(re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text())[1]) / 1024**2
    return (f"{os.cpu_count()} cores, {model[1] if model else platform.machine()}, {memory:.0f} GiB, "
            f"Linux {platform.release()}")


def version_of(binary):
    return subprocess.run([binary, "--version"], capture_output=True, text=True, check=True).stdout.strip()


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return lines + ["| " + " | ".join(row) + " |" for row in rows]


def page(setup, results, command, load_before):
    """The whole text of RESULTS.md."""
    kind = "A quick run: good for a first look, not for quoting. " if setup.quick else ""
    lines = [
        f"# What `{command}` measured", "",
        f"{kind}{version_of(setup.binary)}. Machine: {machine()}; load average at the start {load_before:.1f}. "
        "The load generator, the server and nothing else are meant to share it; everything is on loopback and on one "
        "disk.", "",
        f"Seeded store: {setup.contacts:,} contacts of one tenant, and three small tenants. contactd and nginx have "
        f"{setup.threads} threads each and wrk two; 64 connections. contactd writes its line for each request "
        f"(`--log {setup.log}`, to /dev/null); nginx writes no log. {setup.rounds} rounds of {setup.seconds} s, each "
        "round with all servers in turn, after a warm-up of a second. Figures are medians (smallest – largest); a "
        "ratio is the median of the rounds' own ratios. CPU is the server's alone, from /proc/PID/stat. Latencies at "
        "half of the highest rate count from when a request was due, which they are at even intervals; the share of "
        "time for which the server wanted a processor that others had says what such a figure is worth.", "",
        *table(["case", "measured", "yardstick", "ratio", "bar", ""],
               [[f"`{r.case.name}` {r.case.meaning}", r.failure or r.figure, r.yardstick, r.ratio, r.bar, r.verdict]
                for r in results])]
    for result in results:
        if result.rows:
            lines += ["", f"## {result.case.name}", "", *table(result.head, result.rows)]
    return "\n".join(lines) + "\n"
