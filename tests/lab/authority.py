"""Certificates to order: authorities of the laboratory, and what they sign, with dates, names and keys of any kind."""

import subprocess
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from daemons import API, NAMES
from network import sh

KEYS = {"ec": ("ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"), "rsa-1024": ("rsa:1024",)}


@dataclass
class Pair:
    """What a server shows: its certificate with the chain above it, and the key."""
    chain: Path
    key: Path


def date(days):
    return (datetime.now(timezone.utc) + timedelta(days=days)).strftime("%Y%m%d%H%M%SZ")


def request(folder, stem, subject, key="ec"):
    sh("openssl", "req", "-newkey", *KEYS[key], "-nodes", "-subj", subject, "-keyout", folder / f"{stem}.key", "-out",
       folder / f"{stem}.csr")


def self_signed(folder, stem, subject=f"/CN={API}", names=NAMES):
    """A certificate that is its own issuer."""
    sh("openssl", "req", "-x509", "-newkey", *KEYS["ec"], "-nodes", "-days", "2", "-subj", subject, "-addext",
       "subjectAltName=" + ",".join(f"DNS:{name}" for name in names), "-keyout", folder / f"{stem}.key", "-out",
       folder / f"{stem}.pem")
    return Pair(folder / f"{stem}.pem", folder / f"{stem}.key")


class Authority:
    """Authority(folder, pem, key): one that is there already; Authority.new(folder, "Inspection CA"): another."""

    def __init__(self, folder, pem, key, above=""):
        self.folder, self.pem, self.key, self.above = folder, pem, key, above

    @classmethod
    def new(cls, folder, name):
        pair = self_signed(folder, name.replace(" ", "-"), f"/O={name}/CN={name}", names=["ca.example"])
        return cls(folder, pair.chain, pair.key)

    def intermediate(self, name):
        pair = self.issue(name.replace(" ", "-"), subject=f"/CN={name}", authority=True)
        return Authority(self.folder, pair.chain, pair.key, pair.chain.read_text())

    def issue(self, stem, *, subject=f"/CN={API}", names=NAMES, days=(-1, 2), key="ec", digest="sha256",
              authority=False):
        """`days`: the first and the last day of validity, counted from today."""
        request(self.folder, stem, subject, key)
        config = self.folder / f"{stem}.cnf"
        extensions = "basicConstraints=critical,CA:TRUE" if authority else (
            "basicConstraints=CA:FALSE\nsubjectAltName=" + ",".join(f"DNS:{name}" for name in names))
        (self.folder / f"{stem}.index").write_text("")
        config.write_text(f"[ca]\ndefault_ca=d\n[d]\ndatabase={self.folder}/{stem}.index\nrand_serial=yes\n"
                          f"new_certs_dir={self.folder}\ndefault_md={digest}\npolicy=p\nunique_subject=no\n"
                          f"x509_extensions=e\n[p]\ncommonName=supplied\norganizationName=optional\n[e]\n{extensions}\n")
        sh("openssl", "ca", "-batch", "-notext", "-config", config, "-in", self.folder / f"{stem}.csr", "-cert",
           self.pem, "-keyfile", self.key, "-startdate", date(days[0]), "-enddate", date(days[1]), "-out",
           self.folder / f"{stem}.pem")
        chain = self.folder / f"{stem}.pem"
        chain.write_text(chain.read_text() + self.above)
        return Pair(chain, self.folder / f"{stem}.key")


def hashed(folder, *files):
    """A directory of roots for --ca-path."""
    place = folder / "roots"
    place.mkdir()
    for number, file in enumerate(files):
        (place / f"{number}.pem").write_bytes(Path(file).read_bytes())
    subprocess.run(["openssl", "rehash", place], check=True, capture_output=True, timeout=20)
    return place
