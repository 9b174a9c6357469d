"""The endpoints that `ecr6 config` predicts for the JavaScript SDK v3, held against that SDK.

Skipped unless ECR6_JS_SDK names a directory where `npm install @aws-sdk/client-ecr @aws-sdk/client-ecr-public` was run.
Measured with 3.1169: a boolean that it cannot read is no error, the next place decides.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from test_config_awscli import FILES, ENVIRONMENTS, home_of, isolation

SDK = os.environ.get("ECR6_JS_SDK")
PROBE = Path(__file__).with_name("config_javascript.mjs")


@pytest.mark.skipif(not SDK or not shutil.which("node"), reason="ECR6_JS_SDK names no JavaScript SDK, or there is no node")
def test_the_predicted_endpoint_is_the_one_that_the_javascript_sdk_calls(run, tmp_path):
    cases = [(files, {}) for files in FILES] + [("top-level true", env) for env in ENVIRONMENTS.values()]
    wrong = []
    for files, env in cases:
        home = home_of(files, tmp_path)
        environment = env | {"HOME": str(home), "PATH": os.environ["PATH"], "AWS_EC2_METADATA_DISABLED": "true"}
        done = subprocess.run([*isolation(), "node", "--no-warnings", PROBE], capture_output=True, text=True, timeout=60,
                              env=environment | {"ECR6_JS_SDK": SDK})
        seen = json.loads(done.stdout)
        report = run("config", "--json", "--profile", "default", env=env | {"HOME": str(home)}).json
        for endpoint in report["homes"][0]["profiles"][0]["endpoints"]:
            if endpoint["client"] == "js_v3" and endpoint["host"] != seen[endpoint["service"]]:
                wrong.append(f"{files}, {env}, {endpoint['service']}: predicted {endpoint['host']}, called {seen}")
    assert not wrong, "\n".join(wrong)
