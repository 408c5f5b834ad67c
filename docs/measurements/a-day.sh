#!/bin/sh
# A day of a node at 600 times the machine's speed (144 s), in an empty folder: what stays in memory, what the journal grows
# by, what the log says; then the invariants on its journal. Needs a JDK's jcmd, curl and python3 on the PATH.
#   docs/measurements/a-day.sh [SPEED [SECONDS]]
set -eu
home=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)
speed=${1:-600}
seconds=${2:-150}
data=$(mktemp -d)
log=$data.log
"$home/zeroops" start --data "$data/node" --port 0 --speed "$speed" >"$data.out" 2>"$log" &
node=$!
trap 'kill $node 2>/dev/null || true; rm -rf "$data" "$data.out"' EXIT
until grep -q '^ready' "$data.out"; do
  kill -0 $node
  sleep 0.2
done
head -n 1 "$data.out"
url=$(sed -n 's|.*\(http://[^/]*\)/.*|\1|p' "$data.out")
echo "wall_s  heap_after_gc_mib  journal_rows  decisions  verified  file_mib"
began=$(date +%s)
while [ $(($(date +%s) - began)) -lt "$seconds" ]; do
  sleep 15
  jcmd $node GC.run >/dev/null
  heap=$(jcmd $node GC.heap_info | awk '/PSYoungGen|ParOldGen/ {sub("K,","",$5); sum += $5} END {print int(sum / 1024)}')
  curl -s "$url/api/zeroops/operations/status" | python3 -c "
import json, sys, os, time
s = json.load(sys.stdin); c = s['counts']
print('%6d  %17s  %12d  %9d  %8d  %8.1f' % (time.time() - $began, '$heap', s['journal_events'], c['decisions'],
      c['verified'], os.path.getsize('$data/node/journal.mv.db') / 2**20))"
done
kill $node
wait $node || echo "exit code $?"
echo "errors in the log: $(grep -c ' ERROR ' "$log" || true)"
"$home/zeroops" journal verify --data "$data/node"
