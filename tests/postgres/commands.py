"""Commands that a test runs to their end."""
import subprocess

PSQL = ("psql", "--no-psqlrc", "-Atq", "-v", "ON_ERROR_STOP=1")


def run(*command, seconds=60, variables=None):
    """Gives what it printed; raises with what it complained of. `variables` are its whole environment."""
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, timeout=seconds, check=False,
                          env=variables)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, command))}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout
