"""Sends a file of 2 GB through the running application, and writes what it took as Markdown.

    dotnet build SensorApp.AppHost -c Release && dotnet build perf/SensorApp.Benchmarks -c Release
    /usr/bin/python3 perf/large_file.py --output perf/results/large-file.md

The application is started by its AppHost, on free ports and a data folder of its own. Beside it stand, on the same machine and in the
same run, what processing cannot do without: reading the object from the stand-in cloud to nothing, and the engine on the same file.
Needs curl.
"""

import argparse
import contextlib
import json
import os
import pathlib
import random
import statistics
import subprocess
import tempfile
import threading
import time
import urllib.request

from application import Application, machine, release, rss_mb

ROWS, COPIES, SENSORS = 1_000_000, 52, 1_000
BUCKET, KEYS = "sensor-files", "sensorapp:sensorapp-secret"
WARM_UP_FILES = 5


def generate(folder: pathlib.Path) -> "tuple[pathlib.Path, pathlib.Path]":
    """A million rows, and the same 52 times over in one file."""
    random.seed(1)
    rows = "".join(
        f"sensor_{random.randrange(SENSORS):04d},2026-01-{1 + row // 86_400 % 28:02d}T{row // 3_600 % 24:02d}:{row // 60 % 60:02d}:{row % 60:02d}Z,{random.gauss(20, 5):.2f}\n"
        for row in range(ROWS)
    ).encode()
    one, many = folder / "one.csv", folder / "many.csv"
    for path, copies in ((one, 1), (many, COPIES)):
        with path.open("wb") as file:
            file.write(b"sensor_id,timestamp,value\n")
            for _ in range(copies):
                file.write(rows)
    return one, many


class WatchedApplication(Application):
    """The application, with an eye on the memory of its API."""

    def __init__(self, folder: pathlib.Path) -> None:
        super().__init__(folder)
        self.peak_mb = 0.0
        self.is_watched = True
        threading.Thread(target=self.watch, daemon=True).start()

    def watch(self) -> None:
        while self.is_watched:
            with contextlib.suppress(OSError):
                self.peak_mb = max(self.peak_mb, rss_mb(self.process_ids["SensorApp.Api"]))
            time.sleep(0.05)

    def process_file(self, path: pathlib.Path) -> "tuple[str, float, float]":
        """Its id, and the seconds until it was accepted and from then until it was processed."""
        begun = time.perf_counter()
        answer = subprocess.run(
            ["curl", "-sS", "-T", str(path), f"http://localhost:{self.api}/upload/{path.name}"], capture_output=True, text=True, check=True
        ).stdout
        accepted = time.perf_counter()
        file_id = json.loads(answer)["file_id"]
        while (status := self.status(file_id)) not in ("processed", "partial", "failed"):
            time.sleep(0.02)
        if status != "processed":
            raise SystemExit(f"The file ended as {status}.")
        return file_id, accepted - begun, time.perf_counter() - accepted

    def status(self, file_id: str) -> str:
        return json.load(urllib.request.urlopen(f"http://localhost:{self.api}/status/{file_id}", timeout=60))["status"]

    def read_to_nothing(self, file_id: str) -> float:
        begun = time.perf_counter()
        code = subprocess.run(
            ["curl", "-sS", "-o", os.devnull, "-w", "%{http_code}", "--aws-sigv4", "aws:amz:us-east-1:s3", "--user", KEYS, "-H", "x-amz-content-sha256: UNSIGNED-PAYLOAD",
             f"http://localhost:{self.cloud}/{BUCKET}/uploads/{file_id}"], capture_output=True, text=True
        ).stdout
        if code != "200":
            raise SystemExit(f"The object could not be read: {code}.")
        return time.perf_counter() - begun

    def close(self) -> None:
        self.is_watched = False
        super().close()


def engine_seconds(warm_up: pathlib.Path, path: pathlib.Path) -> float:
    """The engine by itself, in a process of its own, from the same file on disk."""
    command = [release("perf/SensorApp.Benchmarks", "SensorApp.Benchmarks"), "measure", "SensorApp", str(os.cpu_count()), str(warm_up)]
    return json.loads(subprocess.run(command, input=f"{path}\n", capture_output=True, text=True, check=True).stdout.splitlines()[-1])["Seconds"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--output", type=pathlib.Path)
    options = parser.parse_args()
    lines = ["| round | upload s | processing s | read to nothing s | engine alone s | x (read + engine) | peak RSS of the API, MB |", "|---" * 7 + "|"]
    ratios = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        one, many = generate(folder)
        application = WatchedApplication(folder)
        try:
            for _ in range(WARM_UP_FILES):
                application.process_file(one)
            for number in range(1, options.rounds + 1):
                file_id, upload, processing = application.process_file(many)
                read, engine = application.read_to_nothing(file_id), engine_seconds(one, many)
                ratios.append(processing / (read + engine))
                lines.append(f"| {number} | {upload:.1f} | {processing:.2f} | {read:.2f} | {engine:.2f} | {ratios[-1]:.2f} | {application.peak_mb:.0f} |")
        finally:
            application.close()
        size = many.stat().st_size
    text = f"""# A file of {size / 1e9:.2f} GB through the application

{ROWS * COPIES:,} rows of {SENSORS:,} sensors, after {WARM_UP_FILES} files of {ROWS:,} rows; {machine()}. Processing is from accepted to processed.
The peak is that of all rounds so far, uploads included. Median of the ratios: {statistics.median(ratios):.2f}.

""" + "\n".join(lines) + "\n"
    print(text)
    if options.output is not None:
        options.output.write_text(text)


if __name__ == "__main__":
    main()
