"""Measures SensorApp against the FastAPI peer on this machine, interleaved, and writes the result as Markdown and JSON.

    for p in SensorApp.Api SensorApp.Mocks perf/SensorApp.LoadTest; do dotnet publish $p -c Release --os linux -o artifacts/peers/$(basename $p); done
    /usr/bin/python3 perf/peers/compare.py --starts 5 --rounds 4 --output perf/results/peers

Every service runs as in its image, with the settings a user gets. "memory" and "durable" are SensorApp on the stand-in cloud without and
with a data folder; "telemetry" and "durable-telemetry" are these with the API's traces, metrics and logs sent to a receiver that drops them.
"""

import argparse
import contextlib
import json
import os
import pathlib
import platform
import signal
import socket
import socketserver
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORKLOADS = {"small": 2000, "large": 500}
CONCURRENCY = 50
FIRST_FILES = 500
# Until the compiler has come to its end: of what is measured then, nothing is its work.
WARM_UP = [("small", 2000), ("large", 400)] * 5
PEERS = ("pydantic", "handwritten")
# Without telemetry, and with it.
OURS = {"memory": "telemetry", "durable": "durable-telemetry"}
VARIANTS = (*PEERS, *OURS, *OURS.values())


def published(name: str) -> str:
    return str(ROOT / "artifacts" / "peers" / name / f"{name}.dll")


def free_port() -> int:
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class DroppingReceiver(socketserver.StreamRequestHandler):
    """Takes OTLP over HTTP and forgets it; without Python's HTTP server, whose own cost would be part of what is measured."""

    def handle(self) -> None:
        length = 0
        for line in self.rfile:
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
            elif not line.strip():
                self.rfile.read(length)
                self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                length = 0


class Receiver(socketserver.ThreadingTCPServer):
    daemon_threads = True


class Service:
    """The processes of one variant, ready when it is made."""

    def __init__(self, variant: str) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.processes: list[subprocess.Popen] = []
        self.receiver: Receiver | None = None
        self.url = f"http://127.0.0.1:{free_port()}"
        if variant in PEERS:
            self.start_peer(variant)
        else:
            self.start_ours(variant)
        wait_until_ready(self.url + "/health")

    def start_peer(self, mode: str) -> None:
        script = str(ROOT / "perf" / "peers" / "fastapi_service.py")
        self.start(["/usr/bin/python3", script], PORT=self.url.rsplit(":", 1)[1], PEER_MODE=mode)

    def start_ours(self, variant: str) -> None:
        cloud = f"http://127.0.0.1:{free_port()}"
        storage = {"MOCKS_DATA_DIR": os.path.join(self.folder.name, "data")} if variant.startswith("durable") else {}
        telemetry = self.start_receiver() if variant in OURS.values() else {}
        self.start(["dotnet", published("SensorApp.Mocks")], "SensorApp.Mocks", ASPNETCORE_URLS=cloud, **storage)
        wait_until_ready(cloud + "/_mocks/health")
        self.start(["dotnet", published("SensorApp.Api")], "SensorApp.Api", ASPNETCORE_URLS=self.url, AWS_ENDPOINT_URL=cloud, **telemetry)

    def start_receiver(self) -> dict[str, str]:
        self.receiver = Receiver(("127.0.0.1", 0), DroppingReceiver)
        threading.Thread(target=self.receiver.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{self.receiver.server_address[1]}"
        return {"OTEL_EXPORTER_OTLP_ENDPOINT": address, "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf"}

    def start(self, command: list[str], project: str = ".", **settings: str) -> None:
        environment = {**os.environ, "FileLog__Directory": os.path.join(self.folder.name, "logs"), **settings}
        self.processes.append(
            subprocess.Popen(command, cwd=ROOT / project, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        )

    def processor_seconds(self) -> "list[float]":
        """Processor time so far, a process."""
        return [processor_seconds(process.pid) for process in self.processes]

    def close(self) -> None:
        for process in reversed(self.processes):
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=60)
        if self.receiver is not None:
            self.receiver.shutdown()
            self.receiver.server_close()
        self.folder.cleanup()


def wait_until_ready(url: str) -> None:
    for _ in range(600):
        with contextlib.suppress(OSError):
            if urllib.request.urlopen(url, timeout=5).status == 200:
                return
        time.sleep(0.1)
    raise SystemExit(f"{url} did not become ready.")


def processor_seconds(process_id: int) -> float:
    fields = pathlib.Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def load(service: Service, size: str, files: int) -> dict:
    command = ["dotnet", published("SensorApp.LoadTest"), "--files", str(files), "--concurrency", str(CONCURRENCY)]
    before = service.processor_seconds()
    run = subprocess.run([*command, "--size", size, "--wait", "--json", "--api-url", service.url], capture_output=True, text=True)
    if run.returncode != 0:
        raise SystemExit(f"The load test failed: {run.stdout}{run.stderr}")
    spent = [1e6 * (after - earlier) / files for after, earlier in zip(service.processor_seconds(), before)]
    return {**json.loads(run.stdout), "service_cpu_microseconds_a_file": [round(microseconds) for microseconds in spent]}


def measure(starts: int, rounds: int, variants: list[str]) -> dict[str, dict[str, list[dict]]]:
    """Runs every workload against every variant, one after the other, so many times; all services are warm by then, but for their first files."""
    runs: dict[str, dict[str, list[dict]]] = {variant: {"first": [], **{size: [] for size in WORKLOADS}} for variant in variants}
    for start in range(starts):
        print(f"start {start + 1}", file=sys.stderr)
        with contextlib.ExitStack() as open_services:
            services: dict[str, Service] = {}
            for variant in variants:
                services[variant] = service = Service(variant)
                open_services.callback(service.close)
                runs[variant]["first"].append(load(service, "small", FIRST_FILES))
                for size, files in WARM_UP:
                    load(service, size, files)
            for number in range(rounds):
                # Forth and back: what one variant leaves to the machine, such as files to be written to disk, is not always at the cost of the same next one.
                order = variants if number % 2 == 0 else variants[::-1]
                for size, files in WORKLOADS.items():
                    for variant in order:
                        print(f"round {number + 1}: {variant}, {files} {size} files", file=sys.stderr)
                        runs[variant][size].append(load(services[variant], size, files))
    return runs


def rate(reports: list[dict]) -> float:
    return statistics.median(report["processing"]["files_per_second"] for report in reports)


def upload_p99(reports: list[dict]) -> float:
    return statistics.median(report["uploads"]["response_ms"]["p99"] for report in reports)


def processor_time(reports: list[dict]) -> str:
    """Microseconds a file: of each of the service's processes, the API last, and of the load test."""
    ours = zip(*(report["service_cpu_microseconds_a_file"] for report in reports))
    client = statistics.median(report["uploads"]["client_cpu_microseconds"] for report in reports)
    return " + ".join(f"{statistics.median(process):.0f}" for process in ours) + f", client {client:.0f}"


def versions(variants: list[str]) -> str:
    peer = ""
    if any(variant in PEERS for variant in variants):
        import fastapi
        import pydantic
        import uvicorn

        peer = f", FastAPI {fastapi.__version__}, uvicorn {uvicorn.__version__}, Pydantic {pydantic.VERSION}, Python {platform.python_version()}"
    dotnet = subprocess.run(["dotnet", "--version"], capture_output=True, text=True, cwd=ROOT).stdout.strip()
    return f".NET SDK {dotnet}{peer}; {os.cpu_count()} cores {platform.machine()}, {cpu()}, {platform.system()} {platform.release()}"


def cpu() -> str:
    with contextlib.suppress(OSError):
        for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or "unknown processor"


def compared(reports: list[dict], base: list[dict]) -> float:
    """The median of ratios of rates measured soon after each other: of one round, or of a start's first files and all its rounds. The host drifts."""
    rounds = len(base) // len(reports)
    return statistics.median(rate([report]) / rate(base[number * rounds : (number + 1) * rounds]) for number, report in enumerate(reports))


def row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def table(runs: dict[str, dict[str, list[dict]]]) -> str:
    sizes = {"small": "small (50 rows)", "large": "large (1,000 rows)", "first": f"first {FIRST_FILES} small after ready"}
    peers = [variant for variant in PEERS if variant in runs]
    columns = ["files", "service", "files/s", "upload p99 ms", "CPU µs a file", "x own warm rate", *(f"x {peer}" for peer in peers)]
    lines = [row(columns), row(["---"] * len(columns))]
    for size, title in sizes.items():
        for variant, reports in runs.items():
            # The first files of a cold service are compared with the warm peer: that is what a user waits for.
            base = "small" if size == "first" else size
            bases = [reports[base], *(runs[peer][base] for peer in peers)]
            ratios = [f"{compared(reports[size], other):.2f}" for other in bases]
            lines.append(row([title, variant, f"{rate(reports[size]):.0f}", f"{upload_p99(reports[size]):.0f}", processor_time(reports[size]), *ratios]))
    return "\n".join(lines)


def cost_of_telemetry(runs: dict[str, dict[str, list[dict]]]) -> str:
    """How much slower SensorApp is with all telemetry sent."""
    lines = []
    for without, telemetry in OURS.items():
        if without in runs and telemetry in runs:
            costs = [f"{100 * (1 - compared(runs[telemetry][size], runs[without][size])):.0f} % of the rate of {size} files" for size in WORKLOADS]
            lines.append(f"All telemetry on costs {' and '.join(costs)} ({without}).\n")
    return "\n".join(lines)


def variant_names(text: str) -> tuple[str, ...]:
    names = tuple(text.split(","))
    if len(set(names)) < len(names) or not set(names) <= set(VARIANTS):
        raise argparse.ArgumentTypeError(f"{text} is not a list of different ones of {', '.join(VARIANTS)}")
    return names


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--starts", type=int, default=1, help="times that all services are started anew: the same code differs in speed from process to process by as much as telemetry costs")
    parser.add_argument("--rounds", type=int, default=4, help="of every workload, a start")
    parser.add_argument("--variants", type=variant_names, default=VARIANTS, help="of " + ",".join(VARIANTS))
    parser.add_argument("--output", type=pathlib.Path, help="path without extension")
    options = parser.parse_args()
    variants = list(options.variants)
    runs = measure(options.starts, options.rounds, variants)
    rounds = f"medians of {options.starts * options.rounds} interleaved rounds in {options.starts} starts of all services, ratios of each round, {CONCURRENCY} uploads at once, files a second from first upload to last file processed; CPU: stand-in cloud + API (the peer is one process), fetching each result included, and the load test's own for an upload"
    title = "SensorApp and a FastAPI service" if any(variant in PEERS for variant in variants) else "SensorApp's variants"
    text = f"# {title}, side by side\n\n{versions(variants)}; {rounds}.\n\n{table(runs)}\n\n{cost_of_telemetry(runs)}"
    print(text)
    if options.output is not None:
        options.output.parent.mkdir(parents=True, exist_ok=True)
        options.output.with_suffix(".md").write_text(text)
        options.output.with_suffix(".json").write_text(json.dumps({"versions": versions(variants), "runs": runs}, indent=1) + "\n")


if __name__ == "__main__":
    main()
