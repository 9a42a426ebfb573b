"""The Debian package that CPack makes of this build: what is in it, whether it runs, what lintian and systemd say.

CONTACTD_BUILD names the build folder, whose program must be there.
"""
import os
import re
import shutil
import stat
import subprocess
import tempfile
import unittest
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
PACKAGE = PROJECT / "deploy" / "package"
UNIT = "usr/lib/systemd/system/contactd.service"
EXPOSURE_MAX = 11   # tenths, of 100; what remains is that it has the network, which it is for

# Everything but the pages of docs/operations, which may become more.
FILES = {
    "etc/contactd/contactd.toml": 0o644,
    "usr/bin/contactd": 0o755,
    UNIT: 0o644,
    "usr/lib/sysusers.d/contactd.conf": 0o644,
    "usr/share/doc/contactd/LICENSE": 0o644,
    "usr/share/doc/contactd/changelog.gz": 0o644,
    "usr/share/doc/contactd/copyright": 0o644,
    "usr/share/doc/contactd/examples/haproxy.cfg": 0o644,
    "usr/share/doc/contactd/operations/README.md": 0o644,
    "usr/share/doc/contactd/operations/running.md": 0o644,
    "usr/share/doc/contactd/operations/upgrading.md": 0o644,
    "usr/share/lintian/overrides/contactd": 0o644,
}


def run(*command, **options):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, **options)


def modes(root):
    return {str(path.relative_to(root)): stat.S_IMODE(path.stat().st_mode)
            for path in root.rglob("*") if not path.is_dir()}


class Built:
    """The package, made once for all tests: where it is, and its files and control files, unpacked."""

    def __init__(self, folder):
        self.folder = folder
        # A umask that would show: what the builder's is must not matter. And a quick compression.
        made = run("sh", "-c", 'umask 077; exec cpack -G DEB -B "$0" -D CPACK_DEBIAN_COMPRESSION_TYPE=gzip', folder,
                   cwd=os.environ["CONTACTD_BUILD"])
        found = list(folder.glob("*.deb"))
        if made.returncode != 0 or len(found) != 1:
            raise RuntimeError(f"cpack made {found}: {made.stdout}{made.stderr}")
        self.package = found[0]
        self.root, self.control = folder / "root", folder / "control"
        subprocess.run(["dpkg-deb", "-x", self.package, self.root], check=True)
        subprocess.run(["dpkg-deb", "-e", self.package, self.control], check=True)


def setUpModule():
    global built  # noqa: PLW0603 unittest's own way of sharing what is made once
    folder = Path(tempfile.mkdtemp(prefix="contactd-"))
    unittest.addModuleCleanup(shutil.rmtree, folder)
    built = Built(folder)


class Package(unittest.TestCase):
    def setUp(self):
        self.folder, self.package, self.root, self.control = built.folder, built.package, built.root, built.control

    def field(self, name):
        return run("dpkg-deb", "-f", self.package, name).stdout.strip()

    def test_it_holds_these_files_and_no_other(self):
        found = modes(self.root)
        pages = {str(path.relative_to(PROJECT / "docs")) for path in (PROJECT / "docs" / "operations").rglob("*")}
        wanted = FILES | {f"usr/share/doc/contactd/{page}": 0o644 for page in pages}
        self.assertEqual({name: oct(mode) for name, mode in found.items()},
                         {name: oct(mode) for name, mode in wanted.items()})
        for path in self.root.rglob("*"):
            if path.is_dir():
                self.assertEqual(oct(stat.S_IMODE(path.stat().st_mode)), "0o755", path)
        owners = run("dpkg-deb", "-c", self.package).stdout.splitlines()
        self.assertEqual([line for line in owners if line.split()[1] != "root/root"], [])

    def test_its_name_version_and_changelog_agree(self):
        version = re.search(r"project\(contactd VERSION ([0-9.]+)", (PROJECT / "CMakeLists.txt").read_text()).group(1)
        self.assertEqual((self.field("Package"), self.field("Version")), ("contactd", version))
        changelog = subprocess.run(["zcat", self.root / "usr/share/doc/contactd/changelog.gz"], check=True,
                                   capture_output=True, text=True).stdout
        self.assertTrue(changelog.startswith(f"contactd ({version}) "), changelog[:60])
        for file in ("deploy/container/compose.yaml", "deploy/container/compose-postgresql.yaml",
                     "deploy/kubernetes/contactd.yaml", "deploy/kubernetes/postgresql/contactd.yaml",
                     "deploy/kubernetes/postgresql/migrate/job.yaml"):
            images = re.findall(r"image: \S*contactd:(\S+)", (PROJECT / file).read_text())
            self.assertEqual(set(images), {version}, file)

    def test_it_depends_on_every_library_that_the_program_loads(self):
        depends = self.field("Depends")
        for library in ("libc6", "libstdc++6", "libsqlite3-0", "libssl3", "libicu", "zlib1g", "libprometheus-cpp-pull"):
            self.assertRegex(depends, rf"(^|, ){re.escape(library)}")
        self.assertRegex(depends, r"^systemd \| systemd-standalone-sysusers \| systemd-sysusers, ")

    def test_its_program_runs(self):
        program = self.root / "usr/bin/contactd"
        self.assertEqual(run(program, "--version").stdout.split()[1], self.field("Version"))
        self.assertIn("serve", run(program, "--help").stdout)
        self.assertEqual(run(program, "serve").returncode, 2)

    def test_a_change_of_the_configuration_is_kept(self):
        self.assertEqual((self.control / "conffiles").read_text(), "/etc/contactd/contactd.toml\n")

    def test_lintian_is_content_and_finds_what_is_wrong_in_another(self):
        bad = self.folder / "bad"
        shutil.copytree(self.root, bad)
        shutil.copytree(self.control, bad / "DEBIAN")
        control = bad / "DEBIAN" / "control"
        control.write_text(control.read_text().replace("Package: contactd\n", "Package: contactd-bad\n"))
        (bad / "DEBIAN" / "postinst").write_text("#!/bin/sh\nsystemctl start contactd\n")
        subprocess.run(["dpkg-deb", "--root-owner-group", "-b", bad, self.folder / "bad.deb"], check=True,
                       capture_output=True)
        ran = run("lintian", "--allow-root", self.package, self.folder / "bad.deb")
        self.assertEqual(re.findall("^[EW]: contactd: .*$", ran.stdout, re.M), [], ran.stdout + ran.stderr)
        self.assertRegex(ran.stdout, "(?m)^W: contactd-bad: maintainer-script-calls-systemctl")


class Scripts(unittest.TestCase):
    """Each maintainer script with stand-ins for what it calls, which write down how they were called."""

    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="contactd-"))
        self.addCleanup(shutil.rmtree, self.folder)
        for name in ("systemd-sysusers", "deb-systemd-helper", "deb-systemd-invoke", "systemctl"):
            stand_in = self.folder / name
            stand_in.write_text(f'#!/bin/sh\necho "{name} $*" >>"{self.folder}/calls"\n')
            stand_in.chmod(0o755)

    def calls_of(self, script, *arguments):
        calls = self.folder / "calls"
        calls.write_text("")
        ran = run("sh", PACKAGE / script, *arguments, env={"PATH": f"{self.folder}:/usr/bin:/bin"})
        self.assertEqual((ran.returncode, ran.stderr), (0, ""))
        # Whether they find a running systemd depends on the machine.
        return [call for call in calls.read_text().splitlines() if not call.endswith("daemon-reload")]

    def test_nothing_is_started_or_enabled(self):
        for arguments in (["configure", ""], ["configure", "0.0.1"], ["abort-upgrade", "0.0.1"]):
            for call in self.calls_of("postinst", *arguments):
                self.assertNotRegex(call, r"\b(start|restart|enable|preset)\b")

    def test_the_user_is_made_before_anything_needs_it(self):
        self.assertEqual(self.calls_of("postinst", "configure", "")[0], "systemd-sysusers contactd.conf")

    def test_an_upgrade_stops_nothing_and_a_removal_does(self):
        self.assertEqual(self.calls_of("prerm", "upgrade", "0.0.2"), [])
        stops = ["deb-systemd-invoke stop contactd.service"] if Path("/run/systemd/system").is_dir() else []
        self.assertEqual(self.calls_of("prerm", "remove"), stops)

    def test_no_script_touches_the_data(self):
        for script in ("postinst", "prerm", "postrm"):
            self.assertNotRegex((PACKAGE / script).read_text(), r"\b(rm|chown|chmod|mv)\b")


class Unit(unittest.TestCase):
    """What systemd says of the unit, in a system that has it, the units it depends on, and the program."""

    def setUp(self):
        units = next(path for path in (Path("/usr/lib/systemd/system"), Path("/lib/systemd/system")) if path.is_dir())
        self.system = Path(tempfile.mkdtemp(prefix="system-", dir=built.folder))
        shutil.copytree(units, self.system / "usr/lib/systemd/system", symlinks=True)
        shutil.copytree(built.root, self.system, dirs_exist_ok=True)

    def analyze(self, verb, *options):
        return run("systemd-analyze", verb, f"--root={self.system}", *options, "contactd.service")

    def test_it_is_sound(self):
        ran = self.analyze("verify")
        self.assertEqual((ran.returncode, ran.stdout, ran.stderr), (0, "", ""))

    def test_it_is_hardened(self):
        ran = self.analyze("security", "--offline=true", f"--threshold={EXPOSURE_MAX}", "--no-pager")
        self.assertEqual(ran.returncode, 0, ran.stdout[-3000:])
        self.assertIn("Overall exposure level", ran.stdout)

    def test_both_find_what_is_wrong(self):
        """The other tests could not fail if this one did."""
        unit = self.system / UNIT
        unit.write_text(unit.read_text().replace("ProtectSystem=strict\n", "ProtectSystem=no\nProtectHomes=yes\n"))
        self.assertIn("ProtectHomes", self.analyze("verify").stderr)
        self.assertNotEqual(self.analyze("security", "--offline=true", f"--threshold={EXPOSURE_MAX}").returncode, 0)

    def test_its_times_and_limits_fit_the_service_s_own(self):
        limits = (PROJECT / "src" / "http" / "limits.hpp").read_text()
        own = {name: int(value.replace("'", "")) for name, value in re.findall(r"(\w+_max) = ([0-9']+);", limits)}
        unit = dict(re.findall(r"(?m)^(\w+)=(.*)$", (built.root / UNIT).read_text()))
        self.assertGreaterEqual(int(unit["TimeoutStopSec"]), own["drain_seconds_max"] + 2)
        self.assertGreaterEqual(int(unit["LimitNOFILE"].split(":")[1]), own["connections_max"] + 256)

    def test_a_server_on_the_same_machine_can_be_reached(self):
        unit = (built.root / UNIT).read_text()
        families = re.search(r"(?m)^RestrictAddressFamilies=(.*)$", unit).group(1).split()
        self.assertEqual(sorted(families), ["AF_INET", "AF_INET6", "AF_UNIX"])
        self.assertRegex(unit, r"(?m)^After=.*\bpostgresql\.service\b")


if __name__ == "__main__":
    unittest.main()
