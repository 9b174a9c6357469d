"""Faults of names and of the nameservers that answer for them."""

from daemons import API
from network import SERVER4

from . import network


@network("no-aaaa", raises=["dns.no-aaaa"], never=["dns.aaaa-filtered", "dns.aaaa-server-failure"])
def no_aaaa(lab):
    lab.web()
    lab.resolver({API: ["198.51.100.129"]})
    lab.client.resolv_conf(SERVER4)
