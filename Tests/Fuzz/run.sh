#!/bin/bash
# Runs the fuzzer for so many seconds: Tests/Fuzz/run.sh PROGRAM SECONDS. What it finds is left in
# .build/fuzz/found; each becomes a file of Tests/Fuzz/Found and is fixed.
set -euo pipefail
program=$1
seconds=$2
cd "$(dirname "$0")/../.."
work=.build/fuzz/run
rm -rf "$work"
mkdir -p "$work/seeds" "$work/corpus" .build/fuzz/found

# The first byte says what a file is; a tenant.yaml has none.
seed() {
  local mark=$1 file name
  while IFS= read -r -d '' file; do
    name=$(printf '%s' "$file" | tr '/ ' '__')
    { printf '%b' "$mark"; cat "$file"; } > "$work/seeds/$name"
  done
}
find Tests/*/Fixtures examples -name '*.yaml' -print0 | seed ''
find Tests/*/Fixtures examples -name '*.zone' -not -path '*/out/*' -print0 | seed '\001'
find Tests/*/Fixtures examples -name '*.csv' -not -path '*/out/*' -print0 | seed '\002'
find Tests/*/Fixtures examples \( -path '*/exports/*' -o -name 'MGC71[23]*.csv' \) -print0 \
  | seed '\010'
find examples -name 'tenant.lock.json' -print0 | seed '\003'
find Tests/*/Fixtures examples \( -path '*/keys/*.txt' -o -name '*.pem' -o -name 'base.txt' \) \
  -print0 | seed '\004'
find Tests/*/Fixtures examples -name '*.json' -path '*snapshot*' -not -path '*/out/*' -print0 | seed '\005'
grep -rhoE 'v=spf1[^"]*' --include=*.zone Tests/*/Fixtures examples | sort -u > "$work/spf"
{ printf '\007'; cat "$work/spf"; } > "$work/seeds/spf"
if [ -d Tests/Fuzz/Found ]; then find Tests/Fuzz/Found -type f -print0 | seed ''; fi

# The words of the language, and what the schema does not say.
{
  grep -oE '"[A-Za-z0-9_./-]{2,40}"' schema/tenant.v1.json schema/lock.v1.json \
    schema/dns-snapshot.v1.json -h | sort -u
  cat Tests/Fuzz/yaml.dict
} > "$work/words.dict"

log=.build/fuzz/run.log
status=0
"$program" -seed=20260701 -max_total_time="$seconds" -timeout=10 -rss_limit_mb=200 \
  -malloc_limit_mb=100 -max_len=16384 -dict="$work/words.dict" -print_final_stats=1 -verbosity=1 \
  -artifact_prefix=.build/fuzz/found/ "$work/corpus" "$work/seeds" > "$log" 2>&1 || status=$?
if [ "$status" -ne 0 ]; then
  tail -n 60 "$log"
  exit "$status"
fi
grep -a 'cov:' "$log" | tail -n 1
grep -a '^stat::' "$log"
