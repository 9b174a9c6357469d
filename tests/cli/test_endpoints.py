"""`ecr6 endpoints`: the names, for every partition, as a table and as JSON. Offline."""

import re

import pytest

# Region: dnsSuffix, dualStackDnsSuffix, registry suffix ("" where its spelling is unconfirmed).
PARTITIONS = {
    "us-west-2": ("aws", "amazonaws.com", "api.aws", "on.aws"),
    "cn-north-1": ("aws-cn", "amazonaws.com.cn", "api.amazonwebservices.com.cn", "on.amazonwebservices.com.cn"),
    "us-gov-west-1": ("aws-us-gov", "amazonaws.com", "api.aws", "on.aws"),
    "eusc-de-east-1": ("aws-eusc", "amazonaws.eu", "api.amazonwebservices.eu", ""),
    "us-iso-east-1": ("aws-iso", "c2s.ic.gov", "api.aws.ic.gov", "on.aws.ic.gov"),
    "us-isob-east-1": ("aws-iso-b", "sc2s.sgov.gov", "api.aws.scloud", "on.aws.scloud"),
    "eu-isoe-west-1": ("aws-iso-e", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk", "on.cloud-aws.adc-e.uk"),
    "us-isof-south-1": ("aws-iso-f", "csp.hci.ic.gov", "api.aws.hci.ic.gov", "on.aws.hci.ic.gov"),
}
ACCOUNT = "210987654321"


@pytest.fixture
def endpoints(run, validate):
    """The endpoints of a successful `ecr6 endpoints --json`, with the notes as one text."""

    def call(*arguments, **options):
        result = run("endpoints", *arguments, "--json", **options)
        assert (result.status, result.stderr) == (0, ""), result
        value = validate(result.json)
        return value["endpoints"], "\n".join(value["notes"])

    return call


def names(found):
    return [endpoint["name"] for endpoint in found]


@pytest.mark.parametrize("region", PARTITIONS)
@pytest.mark.parametrize("fips", ["", "-fips"])
def test_every_partition_has_its_own_names(endpoints, region, fips):
    partition, dns, dual, registry = PARTITIONS[region]
    found, notes = endpoints(f"{ACCOUNT}@{region}", *(["--fips"] if fips else []))
    expected = [f"ecr{fips}.{region}.{dual}", f"api.ecr{fips}.{region}.{dns}"]
    if fips:
        expected.append(f"ecr-fips.{region}.{dns}")
    if registry:
        expected.append(f"{ACCOUNT}.dkr-ecr{fips}.{region}.{registry}")
    expected.append(f"{ACCOUNT}.dkr.ecr{fips}.{region}.{dns}")
    bucket = f"prod-{region}-starport-layer-bucket"
    expected += [f"{bucket}.s3.dualstack.{region}.{dns}", f"{bucket}.s3.{region}.{dns}"]
    assert names(found) == expected
    assert {endpoint["partition"] for endpoint in found} == {partition}
    assert {endpoint["region"] for endpoint in found} == {region}
    assert {endpoint["account"] for endpoint in found if endpoint["role"] == "registry"} == {ACCOUNT}
    assert ("left out" in notes) == (not registry)


def test_generated_names_without_confirmation_are_marked(run, endpoints):
    found, notes = endpoints("us-iso-east-1")
    by_name = {endpoint["name"]: endpoint["confirmed"] for endpoint in found}
    assert by_name["ecr.us-iso-east-1.api.aws.ic.gov"] is False
    assert by_name["api.ecr.us-iso-east-1.c2s.ic.gov"] is True
    assert "unconfirmed names" in notes
    assert "ecr.us-iso-east-1.api.aws.ic.gov *\n" in run("endpoints", "us-iso-east-1").stdout
    assert all(endpoint["confirmed"] for endpoint in endpoints("us-west-2", "--fips")[0])


def test_public_is_both_registries_and_cloudfront(endpoints):
    found, _ = endpoints("public")
    assert names(found) == ["ecr-public.us-east-1.api.aws", "api.ecr-public.us-east-1.amazonaws.com",
                            "ecr-public.aws.com", "public.ecr.aws",
                            "d2glxqk2uabbnd.cloudfront.net", "d5l0dvt14r5h8.cloudfront.net"]


def test_account_comes_from_the_target_or_the_option(endpoints):
    for arguments in ([f"{ACCOUNT}@us-west-2"], ["--account", ACCOUNT, "us-west-2"],
                      [f"{ACCOUNT}.dkr.ecr.us-west-2.amazonaws.com/app:1"]):
        found, notes = endpoints(*arguments)
        assert f"{ACCOUNT}.dkr-ecr.us-west-2.on.aws" in names(found)
        assert "placeholder" not in notes
    found, notes = endpoints("us-west-2")
    assert "123456789012.dkr-ecr.us-west-2.on.aws" in names(found)
    assert {endpoint["account"] for endpoint in found} == {None}
    assert "placeholder 123456789012" in notes


def test_what_only_looks_like_ecr_is_an_other_host(endpoints):
    for target, host in ((f"{ACCOUNT}.dkr.ecr.us-west-2.amazonaws.com.evil.example/r",
                          f"{ACCOUNT}.dkr.ecr.us-west-2.amazonaws.com.evil.example"),
                         ("evil.example/x.dkr.ecr.us-west-2.amazonaws.com/r", "evil.example")):
        found, notes = endpoints(target)
        assert [(endpoint["name"], endpoint["role"]) for endpoint in found] == [(host, "other")]
        assert f"{host} is not an ECR name" in notes


def test_a_wrong_name_stands_beside_the_right_one(endpoints):
    found, notes = endpoints("api.ecr.us-west-2.api.aws")
    assert names(found)[:2] == ["api.ecr.us-west-2.api.aws", "ecr.us-west-2.api.aws"]
    assert "the right one is ecr.us-west-2.api.aws" in notes


def test_a_region_newer_than_the_list_works(endpoints):
    found, _ = endpoints("us-south-9")
    assert "ecr.us-south-9.api.aws" in names(found)


def test_all_is_every_region_of_the_partition_in_use(endpoints):
    assert len(endpoints("all")[0]) == 34 * 4
    found, _ = endpoints("all", env={"AWS_REGION": "cn-north-1"})
    assert {endpoint["region"] for endpoint in found} == {"cn-north-1", "cn-northwest-1"}


def test_without_a_target_the_region_is_the_one_of_aws_tools(run, endpoints):
    found, notes = endpoints(env={"AWS_REGION": "eu-west-1", "AWS_DEFAULT_REGION": "us-east-1"})
    assert found[0]["region"] == "eu-west-1" and "from AWS_REGION" in notes
    found, notes = endpoints(env={"AWS_DEFAULT_REGION": "us-east-1"})
    assert found[0]["region"] == "us-east-1"
    (run.home / ".aws").mkdir()
    config = run.home / ".aws" / "config"
    config.write_text("[default]\nregion = us-west-2\n[profile team]\nregion = ap-south-1 # office\n")
    assert endpoints()[0][0]["region"] == "us-west-2"
    found, notes = endpoints(env={"AWS_PROFILE": "team"})
    assert found[0]["region"] == "ap-south-1" and f"profile 'team' in {config}" in notes
    other = run.home / "other"
    other.write_text("[default]\nregion = sa-east-1\n")
    assert endpoints(env={"AWS_CONFIG_FILE": str(other)})[0][0]["region"] == "sa-east-1"


@pytest.mark.parametrize("arguments, says", [
    (["us-wset-2x"], "the nearest one is 'us-west-2'"),
    (["uswest2"], "the nearest one is 'us-west-2'"),
    (["aws-global"], "pseudo-region"),
    (["us-west-2", "registry.example:0"], "'0' is not a port"),
    (["1234@us-west-2"], "12 digits"),
    (["--account", "1234", "us-west-2"], "--account: '1234' is not an AWS account number"),
    (["http://ecr.us-west-2.api.aws"], "https://"),
    (["us-west-2", ""], "a target is empty"),
    (["a\x1b[31mb"], "control"),
    (["--no-such-option"], "--no-such-option"),
    ([], "set AWS_REGION"),
])
def test_bad_input_is_one_sentence_and_exit_3(refuses, arguments, says):
    refuses("endpoints", *arguments, says=says)


def test_a_config_file_that_cannot_be_read_is_said(run, refuses):
    refuses("endpoints", says="is not a regular file", env={"AWS_CONFIG_FILE": str(run.home)})
    large = run.home / "large"
    large.write_bytes(b"#" * (1024 * 1024 + 1))
    refuses("endpoints", says="is larger than", env={"AWS_CONFIG_FILE": str(large)})


def test_the_table_fits_80_columns_unless_one_name_does_not(run):
    result = run("endpoints", "us-west-2", "eusc-de-east-1", "public", "--fips")
    assert result.status == 0
    for line in result.stdout.splitlines():
        assert len(line) <= 80 or re.fullmatch(r"    \S+( \*)?", line), line
    assert "today       api.ecr-fips.us-west-2.amazonaws.com\n" in result.stdout
    assert "dual-stack  ecr-fips.us-west-2.api.aws\n" in result.stdout
