#!/usr/bin/env python3
"""Holds the document that a running service gives against the rules of two linters, each with all that it recommends.

  lint.py BINARY FOLDER    FOLDER is where the linters are installed, by npm, when they are not there yet

Exits 1 when either finds an error or a warning. Needs node and npm.
"""
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "process"))
from harness import Service  # noqa: E402

LINTERS = [
    ["redocly", "lint", "--config", "redocly.yaml", "--max-problems", "50"],
    ["spectral", "lint", "--ruleset", "spectral.yaml", "--fail-severity", "warn"],
]
# Neither tells anybody about its run.
QUIET = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true", "CI": "true"}


def install(folder):
    folder.mkdir(parents=True, exist_ok=True)
    wanted = (HERE / "package-lock.json").read_bytes()
    mark = folder / "installed-lock.json"
    if mark.exists() and mark.read_bytes() == wanted:
        return
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, folder)
    subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error"], cwd=folder,
                   check=True)
    mark.write_bytes(wanted)


def write_document(path):
    with tempfile.TemporaryDirectory() as folder:
        service = Service(Path(folder) / "data").start()
        try:
            path.write_bytes(service.client().get("/openapi.json").content)
        finally:
            service.end()


def lint(folder):
    """Whether both linters are content."""
    content = True
    for name, *arguments in LINTERS:
        command = [folder / "node_modules" / ".bin" / name, *arguments, "openapi.json"]
        ran = subprocess.run(command, cwd=folder, env={**os.environ, **QUIET}, capture_output=True, text=True,
                             check=False)
        clean = ran.returncode == 0 and "warning" not in (ran.stdout + ran.stderr).lower()
        print(f"{name}: {'content' if clean else ran.stdout + ran.stderr}")
        content = content and clean
    return content


def main(arguments):
    if len(arguments) != 2 or arguments[0].startswith("-"):
        print(__doc__, file=sys.stderr)
        return 0 if arguments in (["-h"], ["--help"]) else 2
    os.environ["CONTACTD_BINARY"] = arguments[0]
    folder = Path(arguments[1]).resolve()
    install(folder)
    for name in ("redocly.yaml", "spectral.yaml"):
        shutil.copy(HERE / name, folder)
    write_document(folder / "openapi.json")
    return 0 if lint(folder) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
