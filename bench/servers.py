"""The servers that are measured, the yardsticks among them: start, stop, time on the processors, memory."""
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

from client import Client, Failure

READY_SECONDS_MAX = 60
IDLE_SECONDS_MAX = 10
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


def find_tool(name):
    """The path of a program, also of one that is kept for root; None when there is none."""
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin:/usr/local/sbin")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A process on a port of loopback, with the processes that it has started."""

    def __init__(self, command, port=None, **pipes):
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True, **pipes)
        self.port = port

    def __enter__(self):
        return self

    def __exit__(self, _, error, __):
        ended = self.process.poll()
        self.stop()
        if isinstance(error, Failure) and ended is not None:
            raise Failure(f"{error}; the server had ended with status {ended}") from error

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()

    def pids(self):
        parent = self.process.pid
        children = Path(f"/proc/{parent}/task/{parent}/children")
        return [parent] + ([int(pid) for pid in children.read_text().split()] if children.exists() else [])

    def cpu_seconds(self):
        """utime and stime of /proc/PID/stat, of all its processes."""
        ticks = 0
        for pid in self.pids():
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / TICKS_PER_SECOND

    def wait_until_idle(self):
        """A load that was cut off leaves requests behind, which the server still answers."""
        before, deadline = -1, time.monotonic() + IDLE_SECONDS_MAX
        while (now := self.cpu_seconds()) != before and time.monotonic() < deadline:
            before = now
            time.sleep(0.3)

    def waiting_seconds(self):
        """How long its threads have wanted a processor and got none: what others on the machine take from it."""
        nanoseconds = 0
        for pid in self.pids():
            for task in Path(f"/proc/{pid}/task").iterdir():
                nanoseconds += int((task / "schedstat").read_text().split()[1])
        return nanoseconds / 1e9

    def memory_mib(self):
        """(anonymous, whole) resident memory."""
        sums = {"RssAnon": 0, "VmRSS": 0}
        for pid in self.pids():
            for name, kib in re.findall(r"(?m)^(RssAnon|VmRSS):\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text()):
                sums[name] += int(kib)
        return sums["RssAnon"] / 1024, sums["VmRSS"] / 1024

    def wait_until(self, ready, name, pause_seconds=0.02):
        deadline = time.monotonic() + READY_SECONDS_MAX
        while True:
            try:
                if ready():
                    return
            except (OSError, Failure):
                pass
            if self.process.poll() is not None:
                raise Failure(f"{name} ended at its start with status {self.process.returncode}")
            if time.monotonic() > deadline:
                raise Failure(f"{name} was not ready after {READY_SECONDS_MAX} s")
            time.sleep(pause_seconds)


PIECE_READ_BYTES = 1024 * 1024


class Contactd(Server):
    """The service on the store of one folder. Its log goes where it costs least and is still written."""

    def __init__(self, setup, data, options=(), binary=None, environment=None):
        """`binary`: another program that takes the same options."""
        self.setup, self.data = setup, Path(data)
        self.data.mkdir(parents=True, exist_ok=True)
        command = [str(binary or setup.binary), "serve", "--data", str(data), "--listen", "127.0.0.1:0",
                   "--threads", str(setup.threads), "--log", setup.log, *options]
        began = time.perf_counter()
        super().__init__(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                         env={**os.environ, **(environment or {})})
        try:
            greeting = self.process.stdout.readline()
            match = re.search(r"http://127\.0\.0\.1:(\d+)", greeting)
            if not match:
                raise Failure("contactd did not start; to see why: " + " ".join(command))
            self.port = int(match.group(1))
            self.wait_until(self.is_ready, "contactd", pause_seconds=0.001)
            self.ready_seconds = time.perf_counter() - began
        except BaseException:
            self.stop()
            raise

    def is_ready(self):
        with Client(self.port) as client:
            return client.ask("GET", "/readyz") is not None

    def hold_in_memory(self):
        """Reads the store's file once. Some machines take from the page cache what nobody has read for a minute (DAMON
        does), and a case would then measure the disk, and how long the cases before it took."""
        with open(self.data / "contacts.db", "rb", buffering=0) as file:
            piece = bytearray(PIECE_READ_BYTES)
            while file.readinto(piece):
                pass

    def token(self, tenant):
        command = [str(self.setup.binary), "token", "--data", str(self.data), "--tenant", tenant,
                   "--user", "bench-operator", "--ttl", "7d"]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    def client(self, tenant):
        return Client(self.port, self.token(tenant))


PIECE_BYTES = 3000
NGINX_SETTINGS = """
daemon off;
worker_processes {threads};
pid {folder}/pid;
error_log stderr crit;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  keepalive_requests 1000000000;
  keepalive_timeout 1h;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port};
    {pieces}
    location / {{ default_type application/json; return 200 '{{"filling":"{names}"}}'; }}
  }}
}}
"""


class Nginx(Server):
    """The yardstick: the same number of threads, one fixed answer, no log."""

    def __init__(self, setup, folder, body_bytes):
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        port = free_port()
        filling = "x" * (body_bytes - 14)
        self.body = f'{{"filling":"{filling}"}}'
        # Its settings take no longer text than 4 KiB: the answer is put together from pieces, which is still memory.
        pieces = [filling[at:at + PIECE_BYTES] for at in range(0, len(filling), PIECE_BYTES)]
        settings = folder / "nginx.conf"
        settings.write_text(NGINX_SETTINGS.format(
            threads=setup.threads, folder=folder, port=port, names="".join(f"${{p{k}}}" for k in range(len(pieces))),
            pieces=" ".join(f"set $p{k} '{piece}';" for k, piece in enumerate(pieces))))
        super().__init__([find_tool("nginx"), "-e", "stderr", "-p", str(folder), "-c", str(settings)], port,
                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            self.wait_until(lambda: self.check_answer(), "nginx")
        except BaseException:
            self.stop()
            raise

    def check_answer(self):
        with Client(self.port) as client:
            if client.ask("GET", "/contacts/x/") != self.body.encode():
                raise Failure("nginx answers something else than it should")
        return True
