"""A small FastAPI service with the same upload routes as SensorApp, to measure against.

Everything is in memory, rows are validated one by one. Two modes:

    PEER_MODE=pydantic    a Pydantic model a row (the usual way)
    PEER_MODE=handwritten plain checks a row (as fast as such a service gets without native code)

Runs with Debian's python3-fastapi, python3-uvicorn, python3-pydantic and python3-multipart:

    /usr/bin/python3 perf/peers/fastapi_service.py

PORT (8100) and MAX_CONCURRENT_TASKS (10) are read from the environment.
"""

import asyncio
import csv
import io
import math
import os
import platform
import uuid
from contextlib import suppress
from datetime import datetime, timezone
from typing import Callable, Dict, Iterable, List, Optional

import fastapi
import pydantic
import uvicorn
from fastapi import FastAPI, File, HTTPException, UploadFile
from pydantic import BaseModel, ValidationError, validator

MAX_CONCURRENT_TASKS = int(os.environ.get("MAX_CONCURRENT_TASKS", "10"))
FIELDS = 3


class Reading(BaseModel):
    """One row, checked by Pydantic."""

    sensor_id: str
    timestamp: datetime
    value: float

    @validator("sensor_id")
    def sensor_id_is_present(cls, sensor_id: str) -> str:
        sensor_id = sensor_id.strip()
        if not 1 <= len(sensor_id) <= 256:
            raise ValueError("must have 1 to 256 characters")
        return sensor_id

    @validator("value")
    def value_is_finite(cls, value: float) -> float:
        if not math.isfinite(value):
            raise ValueError("must be finite")
        return value


class SensorSummary(BaseModel):
    avg: float
    min: float
    max: float
    count: int


class FileRecord(BaseModel):
    """What is known about a file; the answer of GET /results."""

    file_id: str
    status: str
    filename: str
    upload_time: datetime
    processing_time: Optional[datetime] = None
    total_rows: Optional[int] = None
    valid_rows: Optional[int] = None
    invalid_rows: Optional[int] = None
    aggregated_data: Optional[Dict[str, SensorSummary]] = None


class UploadAnswer(BaseModel):
    file_id: str
    status: str
    message: str


class StatusAnswer(BaseModel):
    file_id: str
    status: str


class Tally:
    """Running statistics of one sensor."""

    __slots__ = ("count", "total", "minimum", "maximum")

    def __init__(self) -> None:
        self.count = 0
        self.total = 0.0
        self.minimum = math.inf
        self.maximum = -math.inf

    def add(self, value: float) -> None:
        self.count += 1
        self.total += value
        if value < self.minimum:
            self.minimum = value
        if value > self.maximum:
            self.maximum = value

    def summary(self) -> SensorSummary:
        return SensorSummary(
            avg=self.total / self.count, min=self.minimum, max=self.maximum, count=self.count
        )


class InvalidRow(Exception):
    """A row that a check refuses."""


def read_with_pydantic(row: List[str]) -> "tuple[str, float]":
    try:
        reading = Reading(sensor_id=row[0], timestamp=row[1], value=row[2])
    except ValidationError as failure:
        raise InvalidRow from failure
    return reading.sensor_id, reading.value


def read_by_hand(row: List[str]) -> "tuple[str, float]":
    sensor_id = row[0].strip()
    try:
        datetime.fromisoformat(row[1])
        value = float(row[2])
    except ValueError as failure:
        raise InvalidRow from failure
    if not 1 <= len(sensor_id) <= 256 or not math.isfinite(value):
        raise InvalidRow
    return sensor_id, value


READERS: Dict[str, Callable] = {"pydantic": read_with_pydantic, "handwritten": read_by_hand}
MODE = os.environ.get("PEER_MODE", "pydantic")
if MODE not in READERS:
    raise SystemExit(f"PEER_MODE is '{MODE}', but must be one of {', '.join(READERS)}.")


def process(record: FileRecord, content: bytes, read: Callable) -> None:
    """Validates and aggregates a whole file, and completes its record."""
    tallies: Dict[str, Tally] = {}
    valid = invalid = 0

    for row in rows_of(content):
        try:
            if len(row) != FIELDS:
                raise InvalidRow
            sensor_id, value = read(row)
        except InvalidRow:
            invalid += 1
            continue
        valid += 1
        tally = tallies.get(sensor_id)
        if tally is None:
            tally = tallies[sensor_id] = Tally()
        tally.add(value)

    record.total_rows = valid + invalid
    record.valid_rows = valid
    record.invalid_rows = invalid
    record.aggregated_data = {sensor_id: tally.summary() for sensor_id, tally in tallies.items()}
    record.processing_time = datetime.now(timezone.utc)
    record.status = "failed" if valid == 0 else "partial" if invalid else "processed"


def rows_of(content: bytes) -> Iterable[List[str]]:
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    next(rows, None)
    return rows


app = FastAPI(title="Peer service")
files: Dict[str, FileRecord] = {}
contents: Dict[str, bytes] = {}
queue: "asyncio.Queue[str]" = asyncio.Queue()
workers: List["asyncio.Task[None]"] = []


async def work() -> None:
    """Takes files off the queue. Work is done on the event loop: a thread a file was measured slower, for the GIL is shared anyway."""
    while True:
        file_id = await queue.get()
        record = files[file_id]
        record.status = "processing"
        process(record, contents[file_id], READERS[MODE])
        await asyncio.sleep(0)


@app.on_event("startup")
async def start_workers() -> None:
    workers.extend(asyncio.create_task(work()) for _ in range(MAX_CONCURRENT_TASKS))


@app.on_event("shutdown")
async def stop_workers() -> None:
    for worker in workers:
        worker.cancel()
        with suppress(asyncio.CancelledError):
            await worker


@app.post("/upload", status_code=202, response_model=UploadAnswer)
async def upload(file: UploadFile = File(...)) -> UploadAnswer:
    content = await file.read()
    if not content:
        raise HTTPException(status_code=400, detail="The file is empty.")
    record = FileRecord(
        file_id=uuid.uuid4().hex,
        status="pending",
        filename=file.filename,
        upload_time=datetime.now(timezone.utc),
    )
    files[record.file_id] = record
    contents[record.file_id] = content
    queue.put_nowait(record.file_id)
    return UploadAnswer(
        file_id=record.file_id,
        status="pending",
        message="File uploaded successfully and queued for processing",
    )


@app.get("/status/{file_id}", response_model=StatusAnswer)
async def status(file_id: str) -> StatusAnswer:
    return StatusAnswer(file_id=file_id, status=known(file_id).status)


@app.get("/results/{file_id}", response_model=FileRecord)
async def results(file_id: str) -> FileRecord:
    return known(file_id)


@app.get("/health")
async def health() -> Dict[str, str]:
    return {
        "status": "healthy",
        "mode": MODE,
        "python": platform.python_version(),
        "fastapi": fastapi.__version__,
        "uvicorn": uvicorn.__version__,
        "pydantic": str(pydantic.VERSION),
    }


def known(file_id: str) -> FileRecord:
    record = files.get(file_id)
    if record is None:
        raise HTTPException(status_code=404, detail="No such file.")
    return record


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ.get("PORT", "8100")), log_level="warning")
