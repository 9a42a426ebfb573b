"""Samples for check.py: each rule with a text on which it must fire, and texts on which nothing may fire."""

HEAD = "// A sample that says what it is for.\n"
LONG_BODY = "  f();\n" * 69


def source(text, path="src/base/sample.cpp"):
    return [(path, HEAD + text)]


# What is tried, the files, and what the one finding must contain.
BAD = [
    ("edge base -> model", source('#include "model/contact.hpp"\n'), ":2: base includes model/contact.hpp"),
    ("edge auth -> http", source('#include "http/message.hpp"\n', "src/auth/a.cpp"), "auth includes http"),
    ("edge main -> api", source('#include "api/routes.hpp"\n', "src/main.cpp"), "main.cpp includes api"),
    ("edge model -> store", source('#  include "store/sql.hpp"\n', "src/model/a.cpp"), "model includes store"),
    ("unknown room", source("", "src/misc/a.cpp"), "src/misc is no room"),
    ("sqlite outside", source("#include <sqlite3.h>\n", "src/store/writer.cpp"), "<sqlite3.h>"),
    ("asio outside", source("#include <boost/asio/awaitable.hpp>\n", "src/api/routes.cpp"), "<boost/asio"),
    ("boost json outside", source("#include <boost/json.hpp>\n"), "<boost/json.hpp>"),
    ("openssl everywhere",
     source("#include <openssl/evp.h>\n", "src/auth/a.cpp") + source("#include <openssl/evp.h>\n", "src/base/a.cpp")
     + source("#include <openssl/evp.h>\n", "src/cli/a.cpp"), "src/cli/a.cpp:2: OpenSSL in a third folder"),
    ("long src file", source("int a;\n" * 300), "301 lines, more than 300"),
    ("long test file", source("int a;\n" * 500, "tests/unit/a.cpp"), "501 lines, more than 500"),
    ("long line", source("int a;" + "\u00e9" * 115 + "\n"), "121 columns"),
    ("long line of python", [("tests/process/a.py", "a = 1" + " " * 116 + "\n")], "121 columns"),
    ("no first line", [("src/base/a.cpp", "#include <string>\n")], "does not say what"),
    ("no pragma once", [("src/base/a.hpp", HEAD)], "without #pragma once"),
    ("long function", source("void f() {\n" + LONG_BODY + "}\n"), ":2: a function of 71 lines"),
    ("long constructor", source("A::A(int b)\n    : b_{b} {\n" + LONG_BODY + "}\n"), "a function of 7"),
    ("long method", source("namespace n {\nstruct A {\n  int f() const noexcept {\n" + LONG_BODY + "  }\n};\n}\n"),
     ":4: a function of 71 lines"),
    ("long template", source("template <class T, std::array<int, 2> N>\nvoid f() {\n" + LONG_BODY + "}\n"),
     ":2: a function of 72 lines"),
    ("std::regex", source("std::regex r;\n"), "std::regex is banned; use a rule"),
    ("atoi", source("int a = atoi(b);\n"), "atoi is banned; use std::from_chars"),
    ("stoi", source("int a = std::stoi(b);\n"), "std::stoi is banned"),
    ("strcpy", source("strcpy(a, b);\n"), "strcpy is banned"),
    ("sprintf", source("std::sprintf(a, b);\n"), "sprintf is banned"),
    ("localtime", source("auto a = localtime(&t);\n"), "localtime is banned"),
    ("rand", source("int a = rand();\n"), "rand is banned"),
    ("system", source('std::system("ls");\n'), "system is banned"),
    ("nlohmann", source("nlohmann::json a;\n", "tests/unit/base/a.cpp"), "nlohmann is banned"),
    ("using namespace std", source("using namespace std;\n"), "using namespace std is banned"),
    ("word in code", source("int a;  // TODO later\n"), "TODO in the text"),
    ("word in a page", [("docs/a.md", "FIXME\n")], "docs/a.md:1: FIXME"),
    ("machine path", [("scripts/a.sh", "cd /home/someone/contactd\n")], "a path of one machine"),
    ("fixed temporary path", [("scripts/a.sh", "cd " + "/tmp" + "/a\n")], "a path of one machine"),
]

GOOD = [
    ("allowed edges", source('#include "store/sql.hpp"\n#include "api/call.hpp"\n#include <map>\n', "src/api/a.cpp")),
    ("sqlite at home", source("#include <sqlite3.h>\n", "src/store/sqlite_statement.cpp")),
    ("openssl in two", source("#include <openssl/evp.h>\n", "src/auth/a.cpp")
     + source("#include <openssl/rand.h>\n", "src/base/a.cpp")),
    ("comments and strings",
     source('// atoi( is what we do not call\nauto a = "rand() /* ";\nauto b = R"(system("x"))";\n'
            "auto c = '\"'; auto d = 1'000; auto e = '\\''; auto f = 2'000; /* std::regex */\n")),
    ("literals", source("using namespace std::string_view_literals;\n")),
    ("names that only resemble", source("auto a = snprintf(b, 1, c); e.system(); operand(1); std::system_error f;\n")),
    ("function of 70 lines", source("void f() {\n" + LONG_BODY[:-7] + "}\n")),
    ("long table", source("constexpr std::array table{\n" + "  row(1),\n" * 90 + "};\n")),
    ("long table in a call", source("constexpr auto table = rows(\n" + "  row{1, f(2)},\n" * 90 + "  row{});\n")),
    ("two short functions", source(("void f() {\n" + LONG_BODY[: 7 * 40] + "}\n") * 2)),
    ("long class", source("class A {\n" + "  void f();\n" * 90 + "};\n")),
    ("paths of the API and of the system", [("docs/a.md", "GET /contacts/ reads /etc/ssl and ${TMPDIR:-/tmp}/x\n")]),
]


def run(check):
    failures = 0
    for name, files, expected in BAD:
        found = check(files)
        if len(found) != 1 or expected not in found[0]:
            failures += 1
            print(f"{name}: expected one finding with '{expected}', got {found}")
    for name, files in GOOD:
        found = check(files)
        if found:
            failures += 1
            print(f"{name}: expected nothing, got {found}")
    print(f"{len(BAD) + len(GOOD)} samples, {failures} wrong")
    return 1 if failures else 0
