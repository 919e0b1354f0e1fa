"""Keeps the application under load with its dashboard open in a browser, and writes the memory of each process as Markdown.

    dotnet build SensorApp.AppHost -c Release && dotnet build perf/SensorApp.LoadTest -c Release
    /usr/bin/python3 perf/soak.py --minutes 15 --output perf/results/soak.md

The load test runs again and again: it uploads files, one in ten of their rows invalid, checks every result, and deletes the files, so
that what is stored does not grow. Needs Chromium.
"""

import argparse
import contextlib
import json
import pathlib
import statistics
import subprocess
import tempfile
import threading
import time

from application import Application, machine, release, rss_mb

FILES, CONCURRENCY, SIZE = 1_000, 10, "medium"
SAMPLE_SECONDS = 2


class Load:
    """The load test, over and over until it is stopped."""

    def __init__(self, address: str) -> None:
        self.command = ["dotnet", release("perf/SensorApp.LoadTest", "SensorApp.LoadTest.dll"), "--api-url", address, "--files", str(FILES),
                        "--concurrency", str(CONCURRENCY), "--size", SIZE, "--errors", "--wait", "--delete", "--json"]
        self.files, self.failure, self.goes_on = 0, "", True
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self) -> None:
        while self.goes_on:
            run = subprocess.run(self.command, capture_output=True, text=True)
            if run.returncode != 0:
                self.failure = run.stdout + run.stderr
                return
            self.files += json.loads(run.stdout)["uploads"]["succeeded"]

    def stop(self) -> None:
        self.goes_on = False
        self.thread.join()


@contextlib.contextmanager
def browser(page: str, profile: pathlib.Path):
    """A browser that shows a page until it is closed."""
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}", "--remote-debugging-port=0", page]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=60)


def watch(application: Application, load: Load, minutes: int) -> "dict[str, list[float]]":
    """The mean memory of each process in each minute, in MB."""
    means: "dict[str, list[float]]" = {name: [] for name in application.process_ids}
    for _ in range(minutes):
        samples: "dict[str, list[float]]" = {name: [] for name in means}
        ends = time.monotonic() + 60
        while time.monotonic() < ends and not load.failure:
            for name, process_id in application.process_ids.items():
                samples[name].append(rss_mb(process_id))
            time.sleep(SAMPLE_SECONDS)
        if load.failure:
            raise SystemExit(f"The load test failed: {load.failure}")
        for name in means:
            means[name].append(statistics.mean(samples[name]))
        print("  ".join(f"{name.removeprefix('SensorApp.')} {values[-1]:.1f}" for name, values in means.items()), flush=True)
    return means


def table(means: "dict[str, list[float]]") -> str:
    """Each minute's means, and how the last fifth of the time differs from the fifth in its middle."""
    names = [name.removeprefix("SensorApp.") for name in means]
    lines = ["| minute | " + " | ".join(names) + " |", "|---" * (1 + len(names)) + "|"]
    lines += [f"| {minute} | " + " | ".join(f"{mean:.0f}" for mean in row) + " |" for minute, row in enumerate(zip(*means.values()), 1)]
    grown = []
    for values in means.values():
        fifth = max(1, len(values) // 5)
        middle = len(values) // 2
        grown.append(statistics.mean(values[-fifth:]) - statistics.mean(values[middle - fifth // 2 :][:fifth]))
    lines.append("| last fifth − middle | " + " | ".join(f"{difference:+.1f}" for difference in grown) + " |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=int, default=15)
    parser.add_argument("--output", type=pathlib.Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        application = Application(folder)
        try:
            with browser(application.dashboard_link(), folder / "chromium"):
                load = Load(f"http://localhost:{application.api}")
                try:
                    means = watch(application, load, options.minutes)
                finally:
                    load.stop()
        finally:
            application.close()
    text = f"""# {options.minutes} minutes under load

{load.files:,} files of 200 rows, {CONCURRENCY} at once, each result checked, each file deleted, with the dashboard open; {machine()}.
Resident memory of each process in MB, the mean of each minute.

{table(means)}
"""
    print(text)
    if options.output is not None:
        options.output.write_text(text)


if __name__ == "__main__":
    main()
