"""Cuts the power of a simulated machine under the running service, again and again, and looks for what it acknowledged.

  power_cut.py POWER_CUT_SERVER [--cuts N]

The machine is user-mode Linux (Debian: user-mode-linux). Its disk is a file of the host, its memory dies with it: what
the service wrote but did not sync is lost by a cut, which `kill -9` of the service alone cannot show. A second series
with synchronous=OFF is the control: it must lose something, or the test would prove nothing.
"""
import argparse
import os
import random
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MEMORY = "256M"
DISK_BYTES = 512 * 1024 * 1024
BOOT_SECONDS_MAX = 300
WRITES_BEFORE_CUT = (1, 900)
CONTROL_CUTS = 3
LINE = re.compile(r"(KEPT|ACK|CHECK|TROUBLE) (.*)")


def make_root(root, program):
    """A root folder that holds the program as its init, and the libraries that it needs."""
    for name in ("dev", "proc", "data"):
        (root / name).mkdir(parents=True)
    shutil.copy(program, root / "init")
    listed = subprocess.run(["ldd", program], capture_output=True, text=True, check=True).stdout
    for library in re.findall(r"(/\S+) \(0x", listed):
        target = root / library.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(library, target)


def make_disk(path):
    with open(path, "wb") as disk:
        disk.truncate(DISK_BYTES)
    subprocess.run(["mkfs.ext4", "-F", "-q", path], check=True)


class Machine:
    """One run of the simulated machine, from its boot to the cut."""

    def __init__(self, folder, synchronous, writes):
        # Without the flag "s": a write that the machine calls done is in the host's memory, which a cut does not touch;
        # what it has not handed over yet is gone. That is what a disk with a sound flush does.
        command = ["linux.uml", f"mem={MEMORY}", "root=/dev/root", "rootfstype=hostfs", f"rootflags={folder / 'root'}",
                   "ro", "init=/init", f"ubda={folder / 'disk'}", "con=null", "con0=null,fd:1", f"uml_dir={folder}/",
                   "quiet", "loglevel=0", "selinux=0", "--", "--synchronous", "on" if synchronous else "off",
                   "--writers", "yes" if writes else "no"]
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, start_new_session=True,
                                        env={**os.environ, "TMPDIR": str(folder)})
        self.unread = b""
        self.output = []

    def lines(self):
        """What it says, as (word, rest), until it ends."""
        deadline = time.monotonic() + BOOT_SECONDS_MAX
        while time.monotonic() < deadline:
            readable, _, _ = select.select([self.process.stdout], [], [], 1)
            if not readable:
                continue
            some = os.read(self.process.stdout.fileno(), 65536)
            if not some:
                return
            *whole, self.unread = (self.unread + some).split(b"\n")
            for line in whole:
                text = line.decode("utf-8", "replace").strip()
                self.output.append(text)
                if found := LINE.fullmatch(text):
                    deadline = time.monotonic() + BOOT_SECONDS_MAX
                    yield found.groups()
        raise RuntimeError("the machine hangs: " + "\n".join(self.output[-20:]))

    def cut(self):
        """No process of the machine gets to do anything more; gives the acknowledgements that were on their way."""
        os.killpg(self.process.pid, signal.SIGKILL)
        rest = self.unread + self.process.stdout.read()
        self.end()
        *whole, _ = rest.split(b"\n")
        found = (LINE.fullmatch(line.decode("utf-8", "replace").strip()) for line in whole)
        return [match.group(2) for match in found if match and match.group(1) == "ACK"]

    def end(self):
        self.process.wait()
        self.process.stdout.close()
        deadline = time.monotonic() + BOOT_SECONDS_MAX
        while any(group_of(entry) == self.process.pid for entry in Path("/proc").glob("[0-9]*")):
            if time.monotonic() > deadline:
                raise RuntimeError("processes of the machine are left")
            time.sleep(0.01)


def group_of(entry):
    """The process group, or None for what is gone or only waits to be collected."""
    try:
        state, _, group = (entry / "stat").read_text().rpartition(")")[2].split()[:3]
    except (OSError, ValueError):
        return None
    return None if state in "ZX" else int(group)


class Series:
    """Cuts on one disk; every boot first tells what is there."""

    def __init__(self, program, synchronous):
        self.folder = Path(tempfile.mkdtemp(prefix="contactd-power-"))
        self.synchronous = synchronous
        self.acknowledged = set()
        self.lost = set()
        self.broken = []       # what checks have found, other than loss
        self.choices = random.Random(f"synchronous {synchronous}")
        make_root(self.folder / "root", program)
        make_disk(self.folder / "disk")

    def boot(self, writes):
        """Looks at what is kept; then lets so many writes be acknowledged and cuts the power, or ends when it is 0."""
        machine = Machine(self.folder, self.synchronous, bool(writes))
        kept, checked, new = set(), None, 0
        for word, rest in machine.lines():
            if word == "KEPT":
                kept.add(rest)
            elif word == "CHECK":
                checked = rest
                self.lost |= self.acknowledged - kept
                self.acknowledged &= kept
            elif word == "ACK":
                self.acknowledged.add(rest)
                new += 1
            if word == "TROUBLE":
                checked = rest
                break
            if writes and new >= writes:
                break
        if checked != "ok":
            self.broken.append(checked or "\n".join(machine.output[-20:]))
        if writes and machine.process.poll() is None:
            self.acknowledged |= set(machine.cut())
        else:
            machine.end()
        return checked is not None

    def run(self, cuts):
        total = 0
        for number in range(cuts):
            before = len(self.acknowledged | self.lost)
            self.boot(self.choices.randint(*WRITES_BEFORE_CUT))
            total = len(self.acknowledged | self.lost)
            print(f"  cut {number + 1}: {total - before} acknowledged, {len(self.lost)} lost so far", flush=True)
        self.boot(0)
        word = "on" if self.synchronous else "off"
        print(f"synchronous {word}: {cuts} cuts, {total} acknowledged writes, {len(self.lost)} lost, "
              f"{len(self.broken)} failed checks {self.broken[:3] or ''}".rstrip(), flush=True)

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program", help="the program power_cut_server, as built with the tests")
    parser.add_argument("--cuts", type=int, default=20)
    options = parser.parse_args()
    for needed in ("linux.uml", "mkfs.ext4"):
        if shutil.which(needed, path=os.environ["PATH"] + ":/usr/sbin:/sbin") is None:
            sys.exit(f"{needed} is missing; on Debian: apt install user-mode-linux e2fsprogs")
    real, control = Series(options.program, True), Series(options.program, False)
    try:
        real.run(options.cuts)
        control.run(min(CONTROL_CUTS, options.cuts))
    finally:
        real.remove()
        control.remove()
    if real.lost or real.broken:
        sys.exit("FAILED: the service lost what it had acknowledged, or left it half done")
    if not control.lost and not control.broken:
        sys.exit("FAILED: the control lost nothing, so this test proves nothing here")


if __name__ == "__main__":
    main()
