"""Machines on this machine: network namespaces on a bridge, of which one can be cut off, stopped or killed.

Needs root. Nothing of it leaves the machine: the bridge has no way out.
"""
import os
import pathlib
import signal
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "postgres"))
from commands import run  # noqa: E402  (it is found only now)

PREFIX = "10.231.77."
BRIDGE = "failover-br"
SERVER_USER = "postgres"


def is_stopped_or_gone(pid):
    try:
        text = pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return True
    return text.rpartition(")")[2].split()[0] in "TZX"


class Machine:
    def __init__(self, number, folder):
        self.number = number
        self.name = f"failover-{number}"
        self.address = f"{PREFIX}{number}"
        self.folder = folder / f"machine-{number}"

    def make(self):
        run("ip", "netns", "add", self.name)
        run("ip", "link", "add", self.name, "type", "veth", "peer", "name", "eth0", "netns", self.name)
        run("ip", "link", "set", self.name, "master", BRIDGE, "up")
        for device in ("lo", "eth0"):
            run("ip", "-n", self.name, "link", "set", device, "up")
        run("ip", "-n", self.name, "addr", "add", f"{self.address}/24", "dev", "eth0")
        self.folder.mkdir(mode=0o700)
        run("chown", SERVER_USER, self.folder)

    def command(self, *command):
        """The same, inside and as the user of the servers."""
        return ["ip", "netns", "exec", self.name, "setpriv", f"--reuid={SERVER_USER}", f"--regid={SERVER_USER}",
                "--clear-groups", "env", "HOME=/", "LC_ALL=C.UTF-8", *map(str, command)]

    def start(self, log, *command):
        with open(self.folder / log, "ab") as output:
            # A session of its own: it outlives a Ctrl-C, so that what it runs can be ended in order.
            return subprocess.Popen(self.command(*command), stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                                    start_new_session=True, cwd="/")

    def pids(self, program=None):
        """The processes inside, or those of one program."""
        done = subprocess.run(["ip", "netns", "pids", self.name], capture_output=True, text=True, timeout=10,
                              check=False)
        pids = [int(pid) for pid in done.stdout.split()]
        return pids if program is None else [pid for pid in pids if self.program_of(pid) == program]

    @staticmethod
    def program_of(pid):
        try:
            return pathlib.Path(f"/proc/{pid}/comm").read_text(encoding="utf-8").strip()
        except OSError:
            return ""

    def send_signal(self, number, program=None):
        for pid in self.pids(program):
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                pass

    def kill(self, program=None):
        """Until none is left: some may have begun meanwhile."""
        for _ in range(100):
            self.send_signal(signal.SIGKILL, program)
            if not self.pids(program):
                return
            time.sleep(0.01)

    def stop(self):
        for _ in range(100):
            self.send_signal(signal.SIGSTOP)
            if all(is_stopped_or_gone(pid) for pid in self.pids()):
                return
            time.sleep(0.01)
        raise RuntimeError(f"{self.name} does not stop")

    def go_on(self):
        self.send_signal(signal.SIGCONT)

    def cut_off(self):
        """Nothing in, nothing out, and nobody is told: packets are lost in silence."""
        for chain, way in (("INPUT", "-i"), ("OUTPUT", "-o")):
            run("ip", "netns", "exec", self.name, "iptables", "-w", "-I", chain, way, "eth0", "-j", "DROP")

    def join_again(self):
        run("ip", "netns", "exec", self.name, "iptables", "-w", "-F")

    def remove(self):
        self.kill()
        subprocess.run(["ip", "netns", "del", self.name], capture_output=True, timeout=20, check=False)
        subprocess.run(["ip", "link", "del", self.name], capture_output=True, timeout=20, check=False)


class Machines(list):
    """Three of them, as a context; what an interrupted run has left is cleared away first."""

    def __init__(self, folder, count=3):
        super().__init__(Machine(number, folder) for number in range(1, count + 1))

    def __enter__(self):
        self.remove()
        try:
            run("ip", "link", "add", BRIDGE, "type", "bridge")
            run("ip", "addr", "add", f"{PREFIX}254/24", "dev", BRIDGE)
            run("ip", "link", "set", BRIDGE, "up")
            for machine in self:
                machine.make()
        except BaseException:
            self.remove()
            raise
        return self

    def __exit__(self, *_):
        self.remove()

    def remove(self):
        for machine in self:
            machine.remove()
        subprocess.run(["ip", "link", "del", BRIDGE], capture_output=True, timeout=20, check=False)
