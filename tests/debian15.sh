#!/usr/bin/env bash
# Runs the database tests once more on Debian's PostgreSQL 15: a server of its own, gone afterwards.
#   tests/debian15.sh PYTEST_COMMAND...
set -euo pipefail

bin=/usr/lib/postgresql/15/bin
if [ ! -x "$bin/initdb" ]; then
    [ -z "${MAINT_TEST_REQUIRE_ALL:-}" ] || { echo "PostgreSQL 15 is not installed" >&2; exit 1; }
    echo "PostgreSQL 15 is not installed here: its tests are left out."
    exit 0
fi

# PostgreSQL refuses to run as root.
as_postgres() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

# Where there is memory to spare, a database for each test is made there in a tenth of the time (as tests/conftest.py does it).
room=$(df --output=avail /dev/shm 2>/dev/null | tail -1)
parent=/tmp
[ "${room:-0}" -lt 6000000 ] || parent=/dev/shm
folder=$(as_postgres mktemp -d "$parent/maint15.XXXXXX")
trap 'as_postgres "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null || true; rm -rf "$folder"' EXIT
as_postgres "$bin/initdb" -D "$folder/data" -N -U postgres -A trust -E UTF8 --no-instructions >/dev/null
as_postgres "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" \
    -o "-c listen_addresses='' -c unix_socket_directories=$folder -c max_connections=200 -c fsync=off" \
    start >/dev/null
chmod o+x "$folder"

MAINT_TEST_BIN_DIR="$bin" MAINT_TEST_DATABASE_URL="postgresql://postgres@/postgres?host=$folder" "$@"
