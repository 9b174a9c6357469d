"""What a network of networks/ is built from: the namespaces, and the daemons by their shortest names."""

from daemons import addresses, start_resolver, start_web
from network import SERVER4


class Lab:
    def __init__(self, network, certificates):
        self.network = network
        self.client, self.router, self.server = network.all
        self.folder = network.folder
        self.certificates = certificates

    def web(self, **options):
        """nginx that answers as ECR does, on every address of the server; see daemons.start_web."""
        return start_web(self.network, **{"certificates": self.certificates, **options})

    def resolver(self, records, **options):
        """unbound with `records`: {name: [address, …]}; see daemons.start_resolver."""
        return start_resolver(self.network, records, **options)

    def serve(self, count=2, web=None, **options):
        """All well: nginx, and a resolver that gives `count` addresses of each family, in the client's resolv.conf."""
        self.web(**(web or {}))
        self.resolver(addresses(1, count), **options)
        self.client.resolv_conf(SERVER4)
