"""What came of a run, as a page of Markdown: the machine, a line for each figure, then the figures behind it."""
import os
import platform
import re
import subprocess
from collections import Counter
from pathlib import Path

from goals import FAILED


def machine():
    model = re.search(r"(?m)^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text())
    memory = int(re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text())[1]) / 1024**2
    return (f"{os.cpu_count()} cores, {model[1] if model else platform.machine()}, {memory:.0f} GiB, "
            f"Linux {platform.release()}, {file_system()}")


def file_system():
    """The kind of the one that the stores are on: the longest place in the tree that leads there."""
    here = Path(__file__).resolve()
    mounts = [line.split() for line in Path("/proc/mounts").read_text().splitlines()]
    return max((mount for mount in mounts if here.is_relative_to(mount[1])), key=lambda mount: len(mount[1]))[2]


def version_of(binary):
    return subprocess.run([binary, "--version"], capture_output=True, text=True, check=True).stdout.strip()


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return lines + ["| " + " | ".join(row) + " |" for row in rows]


def in_one_line(text):
    return " ".join(text.split()).replace("|", "\\|")


def summary_rows(results):
    rows = []
    for result in results:
        name = f"`{result.case.name}` {result.case.meaning}"
        if result.failure:
            rows.append([name, in_one_line(result.failure), "", "", "", "", f"**{FAILED}**"])
        for number, row in enumerate(result.rows):
            goal = row.goal
            rows.append([f"{name}: {row.what}" if number == 0 else f"`{result.case.name}` {row.what}", row.measured,
                         row.yardstick, row.ratio, goal.text(goal.bar) if goal else "",
                         goal.text(goal.aim) if goal else "", row.verdict])
    return rows


def verdicts(results):
    """How many of each, in a few words."""
    counts = Counter(row.verdict.strip("*") for result in results for row in result.rows if row.goal)
    counts[FAILED] = sum(1 for result in results if result.failure)
    return ", ".join(f"{count} {verdict}" for verdict, count in counts.most_common() if count)


def conditions(setup, load_before):
    kind = "A quick run: good for a first look, not for quoting. " if setup.quick else ""
    warm = f"after a warm-up of {setup.warm_up_seconds} s" if setup.warm_up_seconds else "without a warm-up"
    return (
        f"{kind}{version_of(setup.binary)}. Machine: {machine()}; load average at the start {load_before:.1f}. The "
        "load, the server and nothing else are meant to share it; everything is on loopback and on one disk. Seeded "
        f"store: {setup.contacts:,} contacts of one tenant, and three small tenants. contactd and nginx have "
        f"{setup.threads} threads each and wrk two; 64 connections where nothing else is said. contactd writes its "
        f"line for each request (`--log {setup.log}`, to /dev/null); nginx writes no log. {setup.rounds} rounds of "
        f"{setup.seconds} s, {warm}, each round with both sides in turn. [How to read this](README.md).")


def page(setup, results, command, load_before, picture):
    """The whole text of RESULTS.md. `picture`: the name of the file with the plot."""
    lines = [f"# What `{command}` measured", "", conditions(setup, load_before), "",
             f"**{verdicts(results)}.**", "",
             f"![Each figure as a multiple of its bar, with the aim marked]({picture})", "",
             *table(["case", "measured", "yardstick", "ratio", "bar", "aim", ""], summary_rows(results))]
    for result in results:
        if result.details:
            lines += ["", f"## {result.case.name}", "", *table(result.head, result.details)]
    return "\n".join(lines) + "\n"
