#!/usr/bin/env bash
# How fast `ecr6 rewrite --list` finds names, beside GNU `grep -E` listing the same ones in the same file (warm cache, the
# best of three runs each, grep in the C locale, where it is fastest), and how much memory each needs. Exit 1 when grep
# is faster, when they find different numbers of names, or when ecr6 needs more than 64 MB.
#   ECR6            the executable (default build-release/src/cli/ecr6, which scripts/run builds, or that of build/)
#   ECR6_BENCH_MB   megabytes of the file (default 500)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
ecr6=${ECR6:-build-release/src/cli/ecr6}
[ -n "${ECR6:-}" ] || [ -x "$ecr6" ] || ecr6=build/src/cli/ecr6
megabytes=${ECR6_BENCH_MB:-500}
[ -x "$ecr6" ] || { echo "rewrite: $ecr6 is not there; build it or set ECR6" >&2; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
pattern='([0-9]{12}\.)?(dkr\.ecr|api\.ecr|ecr)(-fips)?\.[a-z0-9-]+\.amazonaws\.com(\.cn)?|public\.ecr\.aws'

# generate FILE MEGABYTES SHARE: log and configuration lines full of words like "secret"; SHARE of them hold a name.
generate() {
  python3 - "$@" <<'PYTHON'
import random
import sys

file, megabytes, share = sys.argv[1], float(sys.argv[2]), float(sys.argv[3])
random.seed(6)
OTHER = [f"INFO reconcile pod default/web-{i}: image pulled, secrets decrypted, description: recreate record\n"
         for i in range(997)]
NAMED = ["image: 123456789012.dkr.ecr.us-west-2.amazonaws.com/app:1.0\n", "FROM public.ecr.aws/nginx/nginx:1\n",
         "url: https://api.ecr.eu-west-1.amazonaws.com/\n"]
block = "".join(random.choice(NAMED if random.random() < share else OTHER) for _ in range(20000)).encode()
with open(file, "wb") as out:
    for _ in range(max(1, int(megabytes * 1e6 / len(block)))):
        out.write(block)
PYTHON
}

# measure COMMAND…: "SECONDS KILOBYTES", the best of three runs.
measure() {
  for _ in 1 2 3; do
    /usr/bin/time -q -f '%e %M' -o "$work/time" "$@" >"$work/names" || [ $? = 1 ]  # grep without a match
    cat "$work/time"
  done | sort -n | head -n 1
}

status=0
compare() {
  local name=$1 file=$work/text
  generate "$file" "$megabytes" "$2"
  cat "$file" >/dev/null
  local ours theirs found expected
  ours=$(measure "$ecr6" rewrite --list "$file")
  found=$(wc -l <"$work/names")
  theirs=$(LC_ALL=C measure grep -Eno "$pattern" "$file")
  expected=$(wc -l <"$work/names")
  awk -v name="$name" -v mb="$megabytes" -v a="$ours" -v b="$theirs" -v found="$found" -v expected="$expected" 'BEGIN {
    split(a, x, " "); split(b, y, " "); if (x[1] < 0.01) x[1] = 0.01
    printf "rewrite, %s (%d MB, %d names): ecr6 %.2f s (%.0f MB/s, %.0f MB of memory), grep -E %.2f s (%d names): %.1f times grep\n",
      name, mb, found, x[1], mb / x[1], x[2] / 1000, y[1], expected, y[1] / x[1]
    exit y[1] < x[1] || found != expected || x[2] > 64000 }' || status=1
  rm -f "$file"
}

compare "1 line in 50 holds a name" 0.02
compare "no names" 0
exit "$status"
