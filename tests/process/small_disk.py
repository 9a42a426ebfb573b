"""Small file systems of a test's own, in a mount namespace of their own, which ends with the test. Needs root."""
import contextlib
import errno
import os
import shutil
import subprocess
import threading
import unittest
from pathlib import Path

PAGE_BYTES = 4096
# $0 and what follows: size, folders. What is in a folder already is moved in; it stays its owner's.
MOUNT = """for folder; do
  cp -a "$folder" "$folder.kept" && mount -t tmpfs -o size="$0",mode=0700 tmpfs "$folder" &&
    chown --reference="$folder.kept" "$folder" && cp -a "$folder.kept/." "$folder" || exit 1
done
echo ready && exec sleep infinity"""
FULL_MAX = 10


def may_mount():
    unshare = shutil.which("unshare")
    return unshare and os.geteuid() == 0 and subprocess.run([unshare, "--mount", "true"], check=False).returncode == 0


needs_mount = unittest.skipUnless(may_mount(), "needs root, to mount a small file system in a name space of its own")


class SmallDisks:
    """One at each of the folders, for those programs alone that are started with `prefix`."""

    def __init__(self, size_bytes, *folders):
        self.holder = subprocess.Popen(["unshare", "--mount", "--propagation", "private", "sh", "-c", MOUNT,
                                        str(size_bytes), *map(str, folders)], stdout=subprocess.PIPE)
        if self.holder.stdout.readline() != b"ready\n":
            self.close()
            raise RuntimeError("the file system was not mounted")
        self.prefix = ("nsenter", f"--mount=/proc/{self.holder.pid}/ns/mnt")

    def seen(self, folder):
        """The folder as the programs see it."""
        return Path(f"/proc/{self.holder.pid}/root{Path(folder).resolve()}")

    def close(self):
        self.holder.kill()
        self.holder.wait()
        self.holder.stdout.close()


def fill(disk, room_bytes=0):
    """Leaves that much and no more, by a file `filler`."""
    status = os.statvfs(disk)
    with open(disk / "filler", "ab", buffering=0) as filler:
        with contextlib.suppress(OSError):
            os.posix_fallocate(filler.fileno(), 0, status.f_bavail * status.f_frsize - room_bytes)
        while room_bytes == 0:
            try:
                filler.write(b"x" * PAGE_BYTES)
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise
                return


def create_until_full(create, clients, contacts_max):
    """Calls `create(name, client)` for all clients at once, until it has given False some times to each. Gives what
    went wrong."""
    trouble = []

    def run(place, client):
        try:
            full = 0
            for number in range(contacts_max):
                full += not create(f"Person {place} {number}", client)
                if full == FULL_MAX:
                    return
            trouble.append("the disk does not fill up")
        except Exception as error:  # pylint: disable=broad-except
            trouble.append(repr(error))

    threads = [threading.Thread(target=run, args=each) for each in enumerate(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return trouble
