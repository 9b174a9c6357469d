"""Every network of networks/ raises the findings that it is there for, and none that it must not. Needs root."""

import pytest

from lab import Lab
from looks import findings
from networks import Run, load


@pytest.mark.parametrize("entry", load().values(), ids=lambda entry: entry.name)
def test_a_network_raises_its_findings(entry, bare, certificates, check):
    run = entry.build(Lab(bare, certificates)) or Run()
    status = entry.status if run.status is None else run.status
    seen = check(*run.arguments, status=status, target=run.target, before=run.before)
    assert entry.raises <= findings(seen), sorted(findings(seen))
    assert not entry.never & findings(seen), sorted(findings(seen))
    assert all(each["evidence"] for each in seen["findings"] if each["id"] in entry.raises)
