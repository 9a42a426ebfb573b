"""The yardstick of durable creates: SQLite alone, with the same schema, by the program bench_raw_store."""
import json
import shutil
import subprocess
from statistics import median

from client import Failure
from goals import Row, spread

SECONDS_MAX = 300       # However many batches it tries
QUICK_CREATES = 3000    # It first has the service make what it will write: fewer of them take less time.


def run(setup, folder):
    """What it printed: creates per second and processor time of each, by how many share a commit."""
    folder.mkdir(parents=True)
    try:
        command = [setup.program("bench_raw_store"), "--folder", folder, "--seconds", str(setup.seconds)]
        if setup.quick:
            command += ["--creates", str(QUICK_CREATES)]
        ran = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS_MAX)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    lines = [line for line in ran.stdout.splitlines() if line.startswith("{")]
    if ran.returncode or not lines:
        raise Failure(f"bench_raw_store failed: {(ran.stderr or ran.stdout).strip()[-300:]}")
    return json.loads(lines[-1])


def batch(found, size):
    """(creates per second, microseconds of processor time for each)."""
    each = found.get("batches", {}).get(str(size))
    if not each or not each.get("creates_per_second"):
        raise Failure(f"bench_raw_store gave no figure of batch {size}")
    return each["creates_per_second"], each["cpu_microseconds"]


def add_details(result, found, ours):
    """Every batch in the table, and one of them as a line for information."""
    for size in found[0]["batches"]:
        rates, times = zip(*[batch(each, size) for each in found])
        if size != "32":    # That one is the contender itself.
            result.details.append([f"raw SQLite, batch {size}", spread(rates), spread(times, "{:.1f}"), "", "", ""])
    if all(isinstance(each.get("row_alone_32"), dict) for each in found):
        alone = [each["row_alone_32"] for each in found]
        result.details.append(["raw SQLite, batch 32, the row alone",
                               spread([each.get("creates_per_second") for each in alone]),
                               spread([each.get("cpu_microseconds") for each in alone], "{:.1f}"), "", "", ""])
    rates = [batch(each, 1)[0] for each in found]
    ratios = [sample.rate / rate for sample, rate in zip(ours, rates, strict=True)]
    result.rows.append(Row("requests/s", f"{median(sample.rate for sample in ours):,.0f}/s",
                           f"raw SQLite, batch 1: {median(rates):,.0f}/s", spread(ratios, "{:.2f}")))
