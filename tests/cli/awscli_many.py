"""Runs the AWS CLI many times in one Python: one JSON case {env, arguments} per line of standard input, one JSON answer
{url} per line of standard output, null when the CLI stopped before it made a request.

It does what the `aws` script does (import awscli.clidriver, call main), but imports once and forks per case. Start it
with the interpreter of that script, in a network namespace of its own, with a proxy on a closed port: nothing is sent.
"""

import json
import os
import re
import sys

import awscli.clidriver

URL = re.compile(r"Making request for OperationModel.*?'url': '([^']*)'")
LONGEST = 4_000_000


def child(case, write):
    os.dup2(write, 2)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    own = {name: os.environ[name] for name in ("AWS_DATA_PATH",) if name in os.environ}  # set by the import
    os.environ.clear()
    os.environ.update(own | case["env"])
    sys.argv = ["aws", *case["arguments"]]
    status = 255
    try:
        status = awscli.clidriver.main()
    finally:
        sys.stderr.flush()
        os._exit(status if isinstance(status, int) else 255)


def answer(case):
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read)
        child(case, write)
    os.close(write)
    with os.fdopen(read, "rb") as stream:
        text = stream.read(LONGEST).decode(errors="replace")
    os.waitpid(pid, 0)
    found = URL.search(text)
    return {"url": found.group(1) if found else None, "last": text.strip().splitlines()[-1:] if not found else []}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
