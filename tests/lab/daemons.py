"""The real daemons of the laboratory: unbound answers for the names, nginx for the endpoints, openssl signs."""

from network import SERVER4, SERVER6, sh, wait_for_sockets

API = "ecr.us-west-2.api.aws"
REGISTRY = "123456789012.dkr-ecr.us-west-2.on.aws"
TARGET = ("us-west-2", "--account", "123456789012", "--only", "api", "--no-current")
OVER_IPV4 = ("--resolver", SERVER4)  # the question itself does not need IPv6
NAMES = (API, "*.dkr-ecr.us-west-2.on.aws", "api.ecr.us-west-2.amazonaws.com", "*.dkr.ecr.us-west-2.amazonaws.com")


def addresses(first, count, names=(API, REGISTRY)):
    """Records for `names`: `count` addresses of each family that the web server answers on, from number `first`."""
    web = [f"2001:db8:f::{number:x}" for number in range(first, first + count)]
    web += [f"198.51.100.{128 + number}" for number in range(first, first + count)]
    return {name: web for name in names}


KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")


def mint(folder):
    """A CA and a certificate of it for NAMES, in `folder`: ca.pem, server.pem, server.key."""
    sh("openssl", "req", "-x509", *KEY, "-days", "2", "-subj", "/CN=Laboratory Root", "-keyout", folder / "ca.key",
       "-out", folder / "ca.pem")
    mint_leaf(folder, folder)
    # Everybody may read the root: the program also runs without root.
    folder.chmod(0o755)
    (folder / "ca.pem").chmod(0o644)
    return folder


def mint_leaf(folder, authority, names=NAMES):
    """A certificate for `names` in `folder`, signed by the CA in the folder `authority`."""
    sh("openssl", "req", *KEY, "-subj", f"/CN={API}", "-keyout", folder / "server.key", "-out", folder / "server.csr")
    extensions = folder / "extensions"
    listed = ",".join(f"DNS:{name}" for name in names)
    extensions.write_text(f"subjectAltName={listed}\nbasicConstraints=CA:FALSE\n")
    sh("openssl", "x509", "-req", "-in", folder / "server.csr", "-CA", authority / "ca.pem", "-CAkey",
       authority / "ca.key", "-set_serial", "7", "-days", "2", "-extfile", extensions, "-out", folder / "server.pem")


def start_web(network, certificates, listen=("443", "[::]:443 ipv6only=on"), location='return 404 "";', header=""):
    """nginx on port 443 of every address that is local to the server: what ECR says without credentials. `location`
    answers for "/", `header` is the value of one more header there."""
    if header:
        location = f'add_header X-Long "{header}" always; {location}'
    listens = " ".join(f"listen {each} ssl;" for each in listen)
    folder = network.folder / "nginx"
    folder.mkdir()
    config = folder / "nginx.conf"
    config.write_text(f"""
        daemon off; master_process off; worker_processes 1; pid {folder}/pid; error_log stderr warn;
        events {{ worker_connections 512; }}
        http {{
          access_log off; client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
          uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
          server {{
            {listens}
            ssl_certificate {certificates}/server.pem; ssl_certificate_key {certificates}/server.key;
            ssl_protocols TLSv1.2 TLSv1.3;
            location / {{ {location} }}
            location = /v2/ {{
              add_header Docker-Distribution-Api-Version registry/2.0 always;
              add_header Www-Authenticate 'Basic realm="https://{REGISTRY}/"' always;
              return 401 "";
            }}
          }}
        }}
    """)
    process = network.start(network.server, "nginx", "-c", config, "-p", folder)
    for each in listen:
        wait_for_sockets(process, "tcp6" if each.startswith("[") else "tcp", 443)
    return process


def record_lines(name, values):
    for value in values:
        yield f'local-data: "{name}. 60 IN {"AAAA" if ":" in value else "A"} {value}"'


def start_resolver(network, records, *, on=(SERVER6, SERVER4), namespace=None, options=(), forwarded=(),
                   beyond="192.0.2.1"):
    """unbound on port 53 of the addresses `on`. What names in `forwarded` lack is asked of the server `beyond`; nobody
    has a route to the usual one, so that it is SERVFAIL. For every other name, what is not there is an answer."""
    number = len(network.processes)
    lines = ["server:", 'username: ""', 'chroot: ""', 'directory: "/"', 'pidfile: ""', "use-syslog: no",
             "do-daemonize: no", 'module-config: "iterator"', "ip-freebind: yes", "num-threads: 1", "so-rcvbuf: 0",
             "access-control: ::/0 allow", "access-control: 0.0.0.0/0 allow", "do-not-query-localhost: no",
             "minimal-responses: yes", *options]
    lines += [f"interface: {address}" for address in on]
    lines += ['local-zone: "aws." static', 'local-zone: "amazonaws.com." static']
    for name, values in records.items():
        lines.append(f'local-zone: "{name}." {"typetransparent" if name in forwarded else "static"}')
        lines += record_lines(name, values)
    lines += ["remote-control:", "control-enable: no", "forward-zone:", 'name: "."', f"forward-addr: {beyond}"]
    config = network.folder / f"unbound-{number}.conf"
    config.write_text("\n".join(lines) + "\n")
    process = network.start(namespace or network.server, "unbound", "-d", "-c", config)
    wait_for_sockets(process, "udp6" if ":" in on[0] else "udp", 53)
    wait_for_sockets(process, "tcp6" if ":" in on[0] else "tcp", 53)
    return process
