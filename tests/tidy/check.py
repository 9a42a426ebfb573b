#!/usr/bin/env python3
"""The house rules that a program can check: which room includes which, where a foreign library may appear, how long a
file, a line and a function may be, which calls and words are banned. Prints file:line: what, and what to do instead.

  check.py REPOSITORY     exits 1 if anything was found
  check.py --self-test    shows that every rule fires on a bad sample and stays silent on a good one
"""
import re
import sys
from pathlib import Path

# A room may include itself and these. The same edges as in CMakeLists.txt, all of them spelled out.
ROOMS = {
    "base": "",
    "resource": "base",
    "model": "resource base",
    "dedupe": "model resource base",
    "store": "dedupe model resource base",
    "auth": "base",
    "http": "base",
    "web": "base",
    "api": "store auth http web dedupe model resource base",
    "sandbox": "api store auth http web dedupe model resource base",
    "cli": "sandbox api store auth http web dedupe model resource base",
    "main.cpp": "cli",
}

# A header of a foreign library belongs to files whose path starts with one of these.
FOREIGN = {
    "sqlite3.h": ["src/store/sqlite"],
    "libpq-fe.h": ["src/store/postgres"],
    "boost/asio": ["src/http/", "src/api/conversation.", "src/cli/"],
    "boost/beast": ["src/http/"],
    "boost/json": ["src/auth/", "src/resource/", "src/base/boost_json.cpp"],
    "zlib.h": ["src/web/"],
    "prometheus/": ["src/cli/metrics"],
    "CLI/": ["src/cli/"],
    "toml++/": ["src/cli/"],
    "unicode/": ["src/base/fold_case.cpp"],
}
OPENSSL_HOME = "src/auth"  # and one more folder at most

LINES_MAX = {"src": 300, "tests": 500, "bench": 500}
COLUMNS_MAX = 120
FUNCTION_LINES_MAX = 70

BANNED_CALLS = [
    (r"\bstd::regex\b", "a rule of resource/, or a loop: std::regex is slow and recurses on its input"),
    (r"\b(?:atoi|atol|atoll|atof)\s*\(", "std::from_chars, which reports what is no number"),
    (r"\bstd::sto(?:i|l|ll|ul|ull|f|d)\b", "std::from_chars, which neither throws nor passes over a rest"),
    (r"\b(?:strcpy|strcat)\s*\(", "std::string"),
    (r"\bv?sprintf\s*\(", "fmt::format"),
    (r"\b(?:localtime|localtime_r|ctime)\s*\(", "base/time.hpp: all times are UTC"),
    (r"\bs?rand\s*\(", "a generator of <random>, seeded by its owner"),
    (r"(?<![.>\w])system\s*\(", "nothing: the service starts no shell"),
    (r"\bnlohmann\b", "the json of resource/"),
    (r"\busing\s+namespace\s+std\s*;", "the full name, or a using-declaration of the one name"),
]

BANNED_WORDS = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
# A folder of one machine. Written apart, so that this line is not found by itself.
MACHINE_PATH = re.compile(r"(?<![\w.$}/-])/(?:home|Users|root|mnt|media|workspaces?|work|builds)/\w|" + "/" + r"tmp/\w")

TOP_FOLDERS = ["src", "tests", "bench", "deploy", "scripts", "docs", "web", "migrations", ".ci"]
TEXT_NAMES = {".cpp", ".hpp", ".py", ".sh", ".md", ".txt", ".json", ".sql", ".js", ".css", ".html", ".toml", ""}
CODE_NAMES = {".cpp", ".hpp"}
NOT_OURS = re.compile(r"/(?:__pycache__|corpus|golden)/")


class Findings:
    def __init__(self):
        self.lines = []

    def add(self, path, line, what, instead):
        self.lines.append(f"{path}:{line}: {what}; {instead}")


def without_comments_and_strings(text):
    """The same text with comments gone and literals empty, every line where it was."""
    token = re.compile(
        r'//[^\n]*|/\*.*?\*/|R"(?P<mark>[^\s()\\]{0,16})\(.*?\)(?P=mark)"|"(?:\\.|[^"\\\n])*"|'
        r"(?<![0-9A-Fa-f])'(?:\\.[^'\n]*|[^'\\\n]+)'",
        re.S)

    def blank(match):
        found = match.group()
        if found.startswith("/"):
            return "\n" * found.count("\n") or " "
        return found[0].strip("R") + '""'[: 2 if found[0] != "'" else 0] + "\n" * found.count("\n")

    # What an #include names is no string to be emptied.
    kept = re.sub(r'(?m)^(\s*#\s*include\s*)"([^"\n]*)"', r"\1<\2>", text)
    return token.sub(blank, kept)


def room_of(path):
    parts = path.split("/")
    return parts[1] if parts[0] == "src" and len(parts) > 1 else None


def check_includes(path, code, found):
    room = room_of(path)
    if room is None:
        return
    if room not in ROOMS:
        found.add(path, 1, f"src/{room} is no room", "add it to ROOMS in tests/tidy/check.py, with what it may include")
        return
    allowed = set(ROOMS[room].split()) | {room}
    for match in re.finditer(r"(?m)^[ \t]*#[ \t]*include[ \t]*<([^>]+)>", code):
        header, line = match.group(1), code.count("\n", 0, match.start()) + 1
        target = header.split("/")[0]
        if target in ROOMS and target not in allowed:
            may = ", ".join(sorted(allowed - {room})) or "nothing"
            found.add(path, line, f"{room} includes {header}", f"{room} may include {may}: move what is needed there")
        for library, homes in FOREIGN.items():
            if header.startswith(library) and not path.startswith(tuple(homes)):
                found.add(path, line, f"<{header}> is included here", f"it belongs to {' or '.join(homes)}: call that")


def check_openssl(users, found):
    """`users`: (path, line) of every include of OpenSSL in src."""
    others = sorted({path.rsplit("/", 1)[0] for path, _ in users} - {OPENSSL_HOME})
    for path, line in users:
        if path.rsplit("/", 1)[0] in others[1:]:
            found.add(path, line, "OpenSSL in a third folder", f"call what {OPENSSL_HOME}/ or {others[0]}/ offers")


def check_head(path, lines, found):
    first = lines[0] if lines else ""
    if not re.match(r"// .*[A-Za-z]+ [A-Za-z]+", first):
        found.add(path, 1, "the first line does not say what the file is for", "begin with // and one sentence")
    if path.endswith(".hpp") and "#pragma once" not in lines:
        found.add(path, 1, "a header without #pragma once", "add it below the first comment")


def check_lengths(path, lines, found):
    most = LINES_MAX.get(path.split("/")[0])
    if most and len(lines) > most:
        found.add(path, len(lines), f"{len(lines)} lines, more than {most}", "split the file by what its parts are for")
    for number, line in enumerate(lines, 1):
        if len(line) > COLUMNS_MAX:
            found.add(path, number, f"{len(line)} columns, more than {COLUMNS_MAX}", "break the line")


def check_banned_calls(path, code, found):
    for number, line in enumerate(code.split("\n"), 1):
        for pattern, instead in BANNED_CALLS:
            match = re.search(pattern, line)
            if match:
                found.add(path, number, f"{match.group().rstrip(' (;')} is banned", f"use {instead}")


def check_words(path, lines, found):
    for number, line in enumerate(lines, 1):
        word = BANNED_WORDS.search(line)
        if word:
            found.add(path, number, f"{word.group()} in the text", "do it now, or write down in docs/ why not")
        if MACHINE_PATH.search(line):
            found.add(path, number, "a path of one machine", "take it from the command line or from TMPDIR")


def functions(code):
    """Yields (line, lines) of each function body: a brace after a parameter list, outside of any other function."""
    code = re.sub(r"(?m)^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", "", code)  # Macros need not balance, and end no statement.
    scope = re.compile(r"(?:^|\s)(?:namespace|class|struct|union|enum|extern)\b")
    angles = re.compile(r"<[^<>{}()]*>")
    depth = parens = 0
    entered = None       # (depth, line, head) of the function that we are in
    start, line, i = 0, 1, 0
    while i < len(code):
        char = code[i]
        if char == "\n":
            line += 1
        elif char in "(":
            parens += 1
        elif char in ")":
            parens -= 1
        elif char == "{":
            head = code[start:i]
            if entered is None and parens == 0:
                declared = angles.sub("", angles.sub("", head)).split("(")[0]  # template <class T> makes no class.
                if ")" in head and not scope.search(declared) and not re.search(r"=\s*[\w:<>]*$", head):
                    entered = (depth, line - head.lstrip().count("\n"), start)
                else:
                    start = i + 1
            depth += 1
        elif char == "}":
            depth -= 1
            if entered and depth == entered[0]:
                rest = code[i + 1 :].lstrip()[:1]
                if rest not in (",", "{"):  # Else that was the braced initialiser of a member, before the body.
                    yield entered[1], line - entered[1] + 1
                    start = i + 1
                entered = None
            elif entered is None:
                start = i + 1
        elif char == ";" and entered is None and parens == 0:
            start = i + 1
        i += 1


def check_functions(path, code, found):
    for line, length in functions(code):
        if length > FUNCTION_LINES_MAX:
            what = f"a function of {length} lines, more than {FUNCTION_LINES_MAX}"
            found.add(path, line, what, "give its steps names of their own")


def check_file(path, text, found, openssl_users):
    lines = text.split("\n")[: -1 if text.endswith("\n") else None]
    suffix = Path(path).suffix
    if not path.startswith("tests/tidy/"):  # The rules have to name what they ban.
        check_words(path, lines, found)
    if suffix in CODE_NAMES | {".py"}:
        check_lengths(path, lines, found)
    if suffix not in CODE_NAMES:
        return
    code = without_comments_and_strings(text)
    check_head(path, lines, found)
    check_includes(path, code, found)
    check_banned_calls(path, code, found)
    if path.startswith("src/"):
        check_functions(path, code, found)
        for match in re.finditer(r"(?m)^[ \t]*#[ \t]*include[ \t]*<openssl/", code):
            openssl_users.append((path, code.count("\n", 0, match.start()) + 1))


def files_of(repository):
    listed = [path for path in repository.iterdir() if path.is_file() and path.name != "LICENSE"]
    for folder in TOP_FOLDERS:
        listed += [path for path in (repository / folder).rglob("*") if path.is_file()]
    for path in sorted(listed):
        name = path.relative_to(repository).as_posix()
        if path.suffix in TEXT_NAMES and not NOT_OURS.search("/" + name):
            yield name, path


def check(sources):
    """`sources`: (path, text) of every file. Returns what was found, one line each."""
    found, openssl_users = Findings(), []
    for path, text in sources:
        check_file(path, text, found, openssl_users)
    check_openssl(openssl_users, found)
    return found.lines


def main(arguments):
    if arguments == ["--self-test"]:
        from self_test import run
        return run(check)
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print(__doc__, file=sys.stderr)
        return 0 if arguments in (["-h"], ["--help"]) else 2
    repository = Path(arguments[0]).resolve()
    sources = []
    for name, path in files_of(repository):
        try:
            sources.append((name, path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue  # No text, so no rule for it.
    found = check(sources)
    for line in found:
        print(line)
    print(f"{len(sources)} files, {len(found)} findings")
    return 1 if found or not sources else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
