# What run, test and the other scripts share: messages, help, building a preset. Sourced, never run.
# shellcheck shell=bash

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '%s\n' "$*" >&2; }

die() {
  say "$(basename "$0"): $*"
  exit 1
}

# A script's help is its own head comment, from the second line to the first line that is no comment.
help_from_head() { sed -n '2,/^[^#]/ s/^# \{0,1\}//p' "$1"; }

# Configures the preset $1 if that was never done or the presets have changed since, and builds it.
# Further words are put before cmake ("setarch -R").
build_preset() {
  local preset=$1 folder=$project/build/$1
  shift
  if [[ ! -f $folder/build.ninja || $project/CMakePresets.json -nt $folder/build.ninja ]]; then
    (cd "$project" && "$@" cmake --preset "$preset") || return
  fi
  (cd "$project" && "$@" cmake --build --preset "$preset")
}
