"""The main job against curl: start-up, CPU, memory, round trips, many endpoints, a black-holed family.

Runs in a network namespace of its own (scripts/bench sees to that). Ratios are of medians, commands in turn.
"""

import heapq
import itertools
import os
import resource
import select
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import threading
import time
from fcntl import ioctl
from pathlib import Path

ECR6 = os.environ["ECR6"]
WORK = Path(tempfile.mkdtemp(prefix="ecr6-bench-"))
NAMES = 100
PEER = f"ecr6-bench-{os.getpid()}"


def sh(command):
    subprocess.run(command, shell=True, check=True)


def measure(command):
    """Wall and CPU seconds, exit status."""
    with open(os.devnull, "w") as null:
        started = time.monotonic()
        process = subprocess.Popen(command, stdout=null, stderr=null)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = status
        return {"wall": time.monotonic() - started, "cpu": usage.ru_utime + usage.ru_stime,
                "status": os.waitstatus_to_exitcode(status)}


def peak_memory(command):
    """KiB. Through time(1): a child of this process would start with this process's own peak."""
    file = WORK / "memory"
    with open(os.devnull, "w") as null:
        subprocess.run(["/usr/bin/time", "-q", "-f", "%M", "-o", file, *command], stdout=null, stderr=null)
    return int(file.read_text().split()[-1])


def in_turn(mine, other, runs):
    """Both commands in turn, A B A B; the medians of each."""
    measure(mine), measure(other)
    rows = [(measure(mine), measure(other)) for _ in range(runs)]
    medians = [{key: statistics.median(row[side][key] for row in rows) for key in ("wall", "cpu")} for side in (0, 1)]
    statuses = {(mine_row["status"], other_row["status"]) for mine_row, other_row in rows}
    if statuses != {(0, 0)}:
        sys.exit(f"not both commands succeeded: {statuses}: {mine} {other}")
    return medians


def line(what, ratio, bound, detail):
    print(f"{what:<44} {ratio:6.2f}  (at most {bound:.2f})  {detail}", flush=True)


def certificates():
    run = lambda command: subprocess.run(command, shell=True, check=True, cwd=WORK, stderr=subprocess.DEVNULL)
    run("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem -days 30 -subj '/CN=bench authority'")
    run("openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -out leaf.csr -subj '/CN=bench'")
    (WORK / "leaf.ext").write_text("subjectAltName=DNS:*.bench.test,DNS:ecr.us-west-2.api.aws\n")
    run("openssl x509 -req -in leaf.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 20 -extfile leaf.ext -out leaf.pem")
    store = WORK / "store"
    store.mkdir()
    for file in Path("/etc/ssl/certs").glob("*.pem"):
        shutil.copy(file, store / file.name)
    shutil.copy(WORK / "ca.pem", store / "bench.pem")
    run("openssl rehash store")
    bundle = Path("/etc/ssl/certs/ca-certificates.crt").read_text() + (WORK / "ca.pem").read_text()
    (WORK / "bundle.pem").write_text(bundle)


def records(host, v6, v4):
    return "".join(f'local-data: "{host}. 60 IN AAAA {a}"\n' for a in v6) + "".join(f'local-data: "{host}. 60 IN A {a}"\n' for a in v4)


def unbound_config(listen, data):
    return f"""server:
  interface: {listen}
  access-control: 0.0.0.0/0 allow
  do-daemonize: no
  chroot: ""
  username: ""
  pidfile: ""
  use-syslog: no
  do-not-query-localhost: no
  module-config: "iterator"
  local-zone: "bench.test." static
  local-zone: "api.aws." static
  {data.replace(chr(10), chr(10) + '  ')}
remote-control:
  control-enable: no
"""


def nginx_config(listens, folder):
    listen = "".join(f"    listen {each} ssl backlog=4096;\n" for each in listens)
    return f"""user root;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
  access_log off;
  client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{
{listen}    ssl_certificate {WORK}/leaf.pem; ssl_certificate_key {WORK}/key.pem; ssl_protocols TLSv1.2 TLSv1.3;
    location / {{ return 200 "ok"; }}
  }}
}}
"""


class Daemons:
    def __init__(self):
        self.running = []

    def start(self, name, listens, resolver, data, prefix=()):
        folder = WORK / name
        folder.mkdir()
        (folder / "unbound.conf").write_text(unbound_config(resolver, data))
        (folder / "nginx.conf").write_text(nginx_config(listens, folder))
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.running.append(subprocess.Popen([*prefix, "unbound", "-c", folder / "unbound.conf", "-d"], **quiet))
        self.running.append(subprocess.Popen([*prefix, "nginx", "-c", folder / "nginx.conf", "-g", "daemon off;"], **quiet))

    def stop(self):
        for process in self.running:
            process.terminate()
        for process in self.running:
            process.wait()


def resolv_conf(address):
    file = WORK / "resolv.conf"
    file.write_text(f"nameserver {address}\n")
    sh(f"mount --bind {file} /etc/resolv.conf")


def wait_until_answers(url):
    for _ in range(100):
        if subprocess.run(["curl", "-sf", "-o", os.devnull, "--cacert", WORK / "bundle.pem", url]).returncode == 0:
            return
        time.sleep(0.1)
    sys.exit(f"the local endpoint does not answer: {url}")


def start_up():
    mine, other = in_turn([ECR6, "--version"], ["curl", "--version"], 41)
    line("start-up, wall, to curl --version", mine["wall"] / other["wall"], 0.35, f"{mine['wall'] * 1000:.1f} ms to {other['wall'] * 1000:.1f} ms")


def one_endpoint():
    check = [ECR6, "check", "one.bench.test", "--ca-path", WORK / "store", "--json"]
    curl = ["curl", "-s", "--cacert", WORK / "bundle.pem", "-6", "https://one.bench.test/"]
    mine, other = in_turn(check, curl, 31)
    line("one endpoint, both families, CPU, to curl -6", mine["cpu"] / other["cpu"], 0.35, f"{mine['cpu'] * 1000:.1f} ms to {other['cpu'] * 1000:.1f} ms")
    peaks = [statistics.median(peak_memory(command) for _ in range(5)) for command in (check, curl)]
    line("… peak memory", peaks[0] / peaks[1], 1.2, f"{peaks[0]} KiB to {peaks[1]} KiB")


def many_endpoints():
    names = [f"n{i}" for i in range(NAMES)]
    check = [ECR6, "check", *[f"{name}.bench.test" for name in names], "--ca-path", WORK / "store", "--json"]
    urls = [f"https://{name}-{family}.bench.test/" for name in names for family in ("v6", "v4")]
    curl = ["curl", "-sZ", "--parallel-max", "50", "--cacert", WORK / "bundle.pem", *urls]
    mine, other = in_turn(check, curl, 7)
    line(f"{2 * NAMES} endpoint-families, CPU, to curl -Z", mine["cpu"] / other["cpu"], 0.6, f"{mine['cpu']:.2f} s to {other['cpu']:.2f} s")


def black_hole():
    """Eight addresses behind a neighbour that does not exist: nobody answers."""
    sh("ip link add hole type veth peer name pit && ip link set hole up && ip link set pit up && ip -6 addr add 2001:db8:bad::ff/64 dev hole nodad")
    for i in range(1, 9):
        sh(f"ip -6 neigh add 2001:db8:bad::{i} lladdr 02:00:00:00:00:99 dev hole")
    runs = [measure([ECR6, "check", "hole.bench.test", "--ca-path", WORK / "store", "--timeout", "1"])["wall"] for _ in range(3)]
    line("8 black-holed addresses, wall, to one --timeout", statistics.median(runs) / 1.0, 1.15, f"{statistics.median(runs):.2f} s, --timeout 1")


def open_tun(name):
    tun = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    ioctl(tun, 0x400454CA, struct.pack("16sH", name.encode(), 0x0001 | 0x1000))  # TUNSETIFF, IFF_TUN | IFF_NO_PI
    return tun


def relay(left, right, delay):
    """Carries packets between two TUN devices, each `delay` seconds late. netem's work, without netem."""
    queue, order = [], itertools.count()
    while True:
        wait = max(0.0, queue[0][0] - time.monotonic()) if queue else None
        ready, _, _ = select.select([left, right], [], [], wait)
        try:
            for tun in ready:
                heapq.heappush(queue, (time.monotonic() + delay, next(order), right if tun == left else left, os.read(tun, 65536)))
            while queue and queue[0][0] <= time.monotonic():
                os.write(queue[0][2], queue[0][3])
                heapq.heappop(queue)
        except OSError:  # the namespace behind a device is gone: the benchmark is over
            return


def far_away(daemons):
    """A server 50 ms away: a namespace behind the relay, with its own nameserver, 4 + 4 addresses."""
    sh(f"ip netns add {PEER}")
    left, right = open_tun("near"), open_tun("far")
    sh(f"ip link set far netns {PEER}; ip link set near up; ip addr add 198.51.100.1/24 dev near; ip -6 addr add 2001:db8:50::1/64 dev near nodad")
    v4, v6 = [f"198.51.100.{i}" for i in range(10, 14)], [f"2001:db8:50::{i}" for i in range(10, 14)]
    inside = f"ip netns exec {PEER} "
    sh(inside + "ip link set lo up; " + inside + "ip link set far up; " + inside + "ip addr add 198.51.100.2/24 dev far")
    for address in v4:
        sh(inside + f"ip addr add {address}/24 dev far")
    for address in v6:
        sh(inside + f"ip -6 addr add {address}/64 dev far nodad")
    threading.Thread(target=relay, args=(left, right, 0.025), daemon=True).start()
    daemons.start("far", [f"{a}:443" for a in v4] + [f"[{a}]:443" for a in v6], "198.51.100.2", records("far.bench.test", v6, v4),
                  prefix=("ip", "netns", "exec", PEER))
    check = [ECR6, "check", "far.bench.test", "--ca-path", WORK / "store", "--resolver", "198.51.100.2"]
    for _ in range(50):
        if measure(check)["status"] == 0:
            break
    runs = [measure(check) for _ in range(11)]
    if {run["status"] for run in runs} != {0}:
        sys.exit("the far endpoint is not reachable")
    wall = statistics.median(run["wall"] for run in runs)
    line("4 + 4 addresses 50 ms away, wall, to 4 round trips", wall / 0.2, 1.15, f"{wall * 1000:.0f} ms to 200 ms")


def main():
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, 4096))
    daemons = Daemons()
    try:
        sh("mount --make-rprivate / && ip link set lo up")
        certificates()
        data = records("one.bench.test", ["::1"], ["127.0.0.1"])
        data += "".join(records(f"n{i}.bench.test", ["::1"], ["127.0.0.1"]) + records(f"n{i}-v6.bench.test", ["::1"], []) +
                        records(f"n{i}-v4.bench.test", [], ["127.0.0.1"]) for i in range(NAMES))
        data += records("hole.bench.test", [f"2001:db8:bad::{i}" for i in range(1, 9)], ["127.0.0.1"])
        daemons.start("near", ["127.0.0.1:443", "[::1]:443"], "127.0.0.1", data)
        resolv_conf("127.0.0.1")
        wait_until_answers("https://one.bench.test/")
        for benchmark in (start_up, one_endpoint, many_endpoints, black_hole):
            benchmark()
        far_away(daemons)
    finally:
        daemons.stop()
        subprocess.run(["ip", "netns", "del", PEER], stderr=subprocess.DEVNULL)
        shutil.rmtree(WORK)


main()
