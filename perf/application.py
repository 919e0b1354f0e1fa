"""The application as its users start it, for the measurements of the whole: by its AppHost, on free ports and a data folder of its own."""

import contextlib
import os
import pathlib
import platform
import re
import signal
import socket
import subprocess
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[1]
PROGRAMS = ("SensorApp.AppHost", "SensorApp.Api", "SensorApp.Web", "SensorApp.Mocks")


def release(project: str, name: str) -> str:
    """A file of a project's Release build."""
    return str(ROOT / project / "bin" / "Release" / "net10.0" / name)


def free_port() -> int:
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def rss_mb(process_id: int) -> float:
    return int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{process_id}/status").read_text())[1]) / 1024


def machine() -> str:
    return f"{os.cpu_count()} cores {platform.machine()}, {platform.system()} {platform.release()}"


class Application:
    """The AppHost and what it starts, ready when it is made."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.api, self.cloud, self.web = free_port(), free_port(), free_port()
        settings = {"PORT": self.api, "MOCKS_PORT": self.cloud, "UI_PORT": self.web, "DASHBOARD_PORT": free_port()}
        environment = {**os.environ, **{name: str(port) for name, port in settings.items()}, "MOCKS_DATA_DIR": str(folder / "data"), "FileLog__Directory": str(folder / "logs")}
        self.output = folder / "apphost.log"
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                ["dotnet", release("SensorApp.AppHost", "SensorApp.AppHost.dll")], cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
            )
        while not self.is_ready():
            if self.process.poll() is not None:
                raise SystemExit(f"The application did not start: {self.output.read_text()}")
            time.sleep(0.2)
        self.process_ids = {name: self.find(name) for name in PROGRAMS}

    def is_ready(self) -> bool:
        with contextlib.suppress(OSError):
            return all(urllib.request.urlopen(f"http://localhost:{port}/health", timeout=5).status == 200 for port in (self.api, self.web))
        return False

    def find(self, program: str) -> int:
        """Of the processes of this application that run a program, the one that holds most memory: a launcher may stand in between."""
        found = subprocess.run(["pgrep", "--full", f"{program}.dll"], capture_output=True, text=True).stdout.split()
        ours = [int(process_id) for process_id in found if self.started(int(process_id))]
        return max(ours, key=rss_mb)

    def started(self, process_id: int) -> bool:
        with contextlib.suppress(OSError):
            return str(self.output.parent) in pathlib.Path(f"/proc/{process_id}/environ").read_text(errors="replace")
        return False

    def dashboard_link(self) -> str:
        """The dashboard's first link, with the token that lets one in."""
        return re.search(r"http\S+/login\?t=\S+", self.output.read_text())[0]

    def close(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=120)
