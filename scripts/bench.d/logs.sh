#!/usr/bin/env bash
# How fast `ecr6 logs` reads CloudTrail, beside `jq -c '.Records[].eventName'` on the same files (warm cache, the best
# of three runs against one of jq's), and how much memory each needs. Exit 1 below five times jq's throughput.
#   ECR6            the executable (default build-release/src/cli/ecr6, which scripts/run builds, or that of build/)
#   ECR6_BENCH_MB   megabytes of the file with events of all services (default 1000; jq needs six times that in memory)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
ecr6=${ECR6:-build-release/src/cli/ecr6}
[ -n "${ECR6:-}" ] || [ -x "$ecr6" ] || ecr6=build/src/cli/ecr6
megabytes=${ECR6_BENCH_MB:-1000}
command -v jq >/dev/null || { echo "logs: jq is not installed; scripts/deps installs it" >&2; exit 3; }
[ -x "$ecr6" ] || { echo "logs: $ecr6 is not there; build it or set ECR6" >&2; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# generate FILE MEGABYTES SHARE: CloudTrail's own form on one line; SHARE of the events are ECR's.
generate() {
  python3 - "$@" <<'PYTHON'
import json
import random
import sys

file, megabytes, share = sys.argv[1], float(sys.argv[2]), float(sys.argv[3])
random.seed(6)
ACCOUNT = "123456789012"
AGENTS = ["aws-cli/2.15.0 Python/3.11.6 Linux/6.1 exe/x86_64.debian.12", "containerd/v1.7.2",
          "aws-sdk-go-v2/1.21.0 os/linux lang/go#1.21.1 md/GOARCH#amd64 api/ecr#1.20.0",
          "docker/24.0.7 go/go1.20.10 git-commit/311b9ff kernel/6.1 os/linux arch/amd64 UpstreamClient(Docker-Client/24.0.7 \\(linux\\))"]
CALLS = [("api.ecr.us-west-2.amazonaws.com", "203.0.113.{}"), ("ecr.us-west-2.api.aws", "198.51.100.{}"),
         ("ecr.us-west-2.api.aws", "2001:db8:1:{}::7")]


def event():
    role, session = f"role-{random.randrange(50)}", f"i-{random.getrandbits(64):016x}"
    is_ecr = random.random() < share
    host, source = random.choice(CALLS) if is_ecr else ("kms.us-west-2.amazonaws.com", "203.0.113.{}")
    service = random.choice(["kms", "s3", "sts", "secretsmanager", "ec2"])
    return {
        "eventVersion": "1.11",
        "userIdentity": {
            "type": "AssumedRole", "principalId": f"AROAEXAMPLE:{session}", "accountId": ACCOUNT,
            "arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/{role}/{session}", "accessKeyId": "ASIAEXAMPLE",
            "sessionContext": {
                "sessionIssuer": {"type": "Role", "principalId": "AROAEXAMPLE", "userName": role,
                                  "arn": f"arn:aws:iam::{ACCOUNT}:role/{role}", "accountId": ACCOUNT},
                "attributes": {"creationDate": "2026-08-22T10:00:00Z", "mfaAuthenticated": "false"}}},
        "eventTime": f"2026-08-{random.randrange(1, 29):02}T{random.randrange(24):02}:17:05Z",
        "eventSource": "ecr.amazonaws.com" if is_ecr else f"{service}.amazonaws.com",
        "eventName": "BatchGetImage" if is_ecr else "Decrypt", "awsRegion": "us-west-2",
        "sourceIPAddress": source.format(random.randrange(256)), "userAgent": random.choice(AGENTS),
        "requestParameters": {"registryId": ACCOUNT, "repositoryName": f"team/app-{random.randrange(40)}",
                              "encryptionContext": {"aws:s3:arn": f"arn:aws:s3:::bucket/{random.getrandbits(32)}"}},
        "responseElements": None, "requestID": f"{random.getrandbits(128):032x}",
        "eventID": f"{random.getrandbits(128):032x}", "readOnly": True,
        "resources": [{"accountId": ACCOUNT, "ARN": f"arn:aws:kms:us-west-2:{ACCOUNT}:key/{random.getrandbits(128):032x}"}],
        "eventType": "AwsApiCall", "managementEvent": True, "recipientAccountId": ACCOUNT, "eventCategory": "Management",
        "tlsDetails": {"tlsVersion": "TLSv1.3", "cipherSuite": "TLS_AES_128_GCM_SHA256", "clientProvidedHostHeader": host}}


pool = [json.dumps(event(), separators=(",", ":")) for _ in range(20_000)]
with open(file, "w") as out:
    out.write('{"Records":[')
    written = 0
    while written < megabytes * 1e6:
        text = random.choice(pool)
        written += out.write("," + text if written else text)
    out.write("]}")
PYTHON
}

# measure COMMAND…: "SECONDS KILOBYTES" of one run.
measure() { /usr/bin/time -f '%e %M' -o "$work/time" "$@" >/dev/null && cat "$work/time"; }

status=0
compare() {
  local name=$1 file=$work/log.json
  generate "$file" "$2" "$3"
  cat "$file" >/dev/null
  local best
  best=$(for _ in 1 2 3; do measure "$ecr6" logs --json "$file"; done | sort -n | head -n 1)
  local other
  other=$(measure jq -c '.Records[].eventName' "$file")
  awk -v name="$name" -v mb="$2" -v a="$best" -v b="$other" 'BEGIN {
    split(a, x, " "); split(b, y, " "); if (x[1] < 0.01) x[1] = 0.01
    ratio = y[1] / x[1]
    printf "logs, %s (%d MB): ecr6 %.2f s (%.0f MB/s, %.0f MB of memory), jq %.2f s (%.0f MB/s, %.0f MB): %.1f times jq\n",
      name, mb, x[1], mb / x[1], x[2] / 1000, y[1], mb / y[1], y[2] / 1000, ratio
    exit ratio < 5 }' || status=1
  rm -f "$file"
}

compare "2 % of the events are ECR's" "$megabytes" 0.02
compare "all events are ECR's" "$((megabytes / 4 > 0 ? megabytes / 4 : 1))" 1
exit "$status"
