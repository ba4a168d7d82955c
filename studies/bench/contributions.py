"""Load on the contribution server: readers and contributors at once, then a SIGKILL in the middle.

    python studies/bench/contributions.py [--seconds 60] [--readers 200] [--contributors 20]
        [--workers 1]

A new case is begun in a temporary folder and served on 127.0.0.1 by granian, as `dadkhah serve`
runs it. Requests start at fixed moments, whether or not earlier ones were answered, and each is
timed from the moment at which it was due, so that a slow server cannot hide behind a patient
client. A contributor opens the form, gets the picture, answers the question in words, and sends.
The answer that counts is the receipt. In the second part contributors send on while the server is
killed and started again; then every receipt that was given is opened.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import html
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import yaml

from dadkhah.web import contributions

READ = ("/contribute/", "/contribute/rules/", "/contribute/published/", "/contribute/corrections/")
QUESTIONS = Path(contributions.__file__).parent / "data" / "questions.yaml"
OUTPUT = Path(__file__).parent / "output" / "contributions.md"
KILL_SECONDS = 20
MOST_OPEN = 400


@dataclass
class Times:
    """What came of the requests of one kind, in seconds, and what failed."""

    seconds: list[float] = field(default_factory=list)
    failed: Counter[str] = field(default_factory=Counter)

    def line(self, name: str) -> str:
        found = sorted(self.seconds) or [0.0]
        share = (
            statistics.quantiles(found, n=100, method="inclusive") if len(found) > 1 else found * 99
        )
        cells = (share[49], share[94], share[98], found[-1])
        said = " | ".join(f"{1000 * one:.0f}" for one in cells)
        return f"| {name} | {len(self.seconds)} | {sum(self.failed.values())} | {said} |"


class Client:
    """A small HTTP client that keeps its connections, so that one core can drive the other."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
        self.gate = asyncio.Semaphore(MOST_OPEN)

    async def ask(
        self, path: str, form: dict[str, str] | None = None, cookie: str = ""
    ) -> tuple[int, str, bytes]:
        async with self.gate:
            reader, writer = await self._connection()
            try:
                answer = await self._exchange(reader, writer, path, form, cookie)
            except (OSError, asyncio.IncompleteReadError):
                writer.close()
                raise
            self.idle.append((reader, writer))
            return answer

    async def _connection(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Take the connection kept last; one that the server closed meanwhile is let go."""
        while self.idle:
            reader, writer = self.idle.pop()
            if not reader.at_eof():
                return reader, writer
            writer.close()
        return await asyncio.open_connection("127.0.0.1", self.port)

    async def _exchange(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        path: str,
        form: dict[str, str] | None,
        cookie: str,
    ) -> tuple[int, str, bytes]:
        body = urlencode(form).encode() if form is not None else b""
        head = [f"{'POST' if form is not None else 'GET'} {path} HTTP/1.1", "Host: 127.0.0.1"]
        head += [f"Cookie: {cookie}"] if cookie else []
        if form is not None:
            head += ["Content-Type: application/x-www-form-urlencoded"]
            head += [f"Content-Length: {len(body)}"]
        writer.write("\r\n".join(head).encode() + b"\r\n\r\n" + body)
        await writer.drain()
        said = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        length = re.search(r"content-length: (\d+)", said, re.I)
        if length is None:
            raise ConnectionError(said[:12])
        given = re.search(r"set-cookie:\s*(csrf-[0-9a-f]+=[^;]+)", said, re.I)
        return (
            int(said[9:12]),
            given.group(1) if given else "",
            await reader.readexactly(int(length.group(1))),
        )


def begin(folder: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "dadkhah.cli", "init", str(folder), "--password", "a long one here"],
        check=True,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "DADKHAH_KEYS": str(folder.parent / "keys")},
    )


def start(folder: Path, port: int, workers: int) -> subprocess.Popen[bytes]:
    server = subprocess.Popen(
        [sys.executable, "-m", "dadkhah.cli", "--case", str(folder), "serve", "--quiet",
         "--port", str(port), "--workers", str(workers)],
        start_new_session=True,
        env={**os.environ, "DADKHAH_CONTRIBUTIONS_PER_MINUTE": "1000000"},
    )  # fmt: skip
    for _ in range(600):
        if _answers(port):
            return server
        time.sleep(0.1)
    raise SystemExit("the server did not start")


def kill(server: subprocess.Popen[bytes], port: int) -> None:
    """Kill the server with all its processes, and wait until nobody answers at its port."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)
    server.wait()
    while _answers(port):
        time.sleep(0.05)


def _answers(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


def cpu_seconds(group: int) -> float:
    """Give the processor time that a group of processes has used (Linux)."""
    ticks = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            said = path.read_text().rpartition(")")[2].split()
            if int(said[2]) == group:
                ticks += int(said[11]) + int(said[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def answer_to(page: str) -> str:
    """Answer the question of a page, as somebody who reads it would."""
    said = yaml.safe_load(QUESTIONS.read_text(encoding="utf-8"))
    numbers = {word: place for place, word in enumerate(said["numbers"]["en"])}
    asked = re.search(r"Or answer this question: <strong>([^<]+)</strong>", page).group(1)  # type: ignore[union-attr]
    a, *rest = [numbers[w] for w in re.findall(r"[a-z]+", asked) if w in numbers]
    b = rest[0] if rest else 0
    for words, answer in {
        "together": a + b, "take away": a - b, "larger": max(a, b), "smaller": min(a, b),
        "right after": a + 1, "right before": a - 1,
    }.items():  # fmt: skip
        if words in asked:
            return str(answer)
    raise ValueError(asked)


def words(number: int) -> str:
    return f"Contribution {number} of a load test. " + "It was written by nobody. " * 12


@dataclass
class Load:
    """One run: what it asks, and what came of it."""

    client: Client
    reads: Times = field(default_factory=Times)
    forms: Times = field(default_factory=Times)
    pictures: Times = field(default_factory=Times)
    sends: Times = field(default_factory=Times)
    receipts: dict[int, str] = field(default_factory=dict)
    waiting: dict[int, tuple[dict[str, str], str]] = field(default_factory=dict)
    cpu: float = 0.0
    busy: float = 0.0

    @property
    def answered(self) -> int:
        every = (self.reads, self.forms, self.pictures, self.sends)
        return sum(len(times.seconds) for times in every)

    async def timed(
        self, times: Times, due: float, *asked: object
    ) -> tuple[int, str, bytes] | None:
        try:
            answer = await self.client.ask(*asked)  # type: ignore[arg-type]
        except (OSError, asyncio.IncompleteReadError) as error:
            times.failed[type(error).__name__] += 1
            return None
        if answer[0] != 200:
            times.failed[str(answer[0])] += 1
            return None
        times.seconds.append(time.perf_counter() - due)
        return answer

    async def read(self, number: int, due: float) -> None:
        language = "fa" if number % 3 else "en"
        path = f"{READ[number % len(READ)]}?lang={language}"
        await self.timed(self.reads, due, path)

    async def contribute(self, number: int, due: float) -> None:
        shown = await self.timed(self.forms, due, "/contribute/?lang=en")
        if shown is None:
            return
        page = shown[2].decode()
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
        picture = html.unescape(re.search(r'<img src="([^"]+)"', page).group(1))  # type: ignore[union-attr]
        await self.timed(self.pictures, time.perf_counter(), picture)
        form = {**hidden, "kind": "memory", "words": words(number), "reply": answer_to(page)}
        self.waiting[number] = (form, shown[1])
        await self.send(number)

    async def send(self, number: int) -> None:
        form, cookie = self.waiting[number]
        due = time.perf_counter()
        answer = await self.timed(self.sends, due, "/contribute/", form, cookie)
        found = re.search(r'<code id="receipt">([^<]+)<', answer[2].decode()) if answer else None
        if found:
            self.receipts[number] = found.group(1)
            del self.waiting[number]

    async def opened(self, number: int) -> bool:
        _, cookie, page = await self.client.ask("/contribute/receipt/?lang=en")
        token = re.search(rb'csrfmiddlewaretoken" value="([^"]+)"', page).group(1)  # type: ignore[union-attr]
        form = {"csrfmiddlewaretoken": token.decode(), "code": self.receipts[number], "lang": "en"}
        status, _, page = await self.client.ask("/contribute/receipt/", form, cookie)
        return status == 200 and words(number).strip()[:40].encode() in page


async def at_a_rate(rate: int, seconds: float, work: object, first: int = 0) -> None:
    """Start work `rate` times a second, at fixed moments."""
    began, running = time.perf_counter(), []
    for number in range(int(rate * seconds)):
        due = began + number / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        running.append(asyncio.create_task(work(first + number, due)))  # type: ignore[operator]
    await asyncio.gather(*running)


async def load(server: int, port: int, asked: argparse.Namespace) -> Load:
    """Readers and contributors at once."""
    run = Load(Client(port))
    await at_a_rate(10, 2, run.read)
    run.reads, before = Times(), cpu_seconds(server)
    await asyncio.gather(
        at_a_rate(asked.readers, asked.seconds, run.read),
        at_a_rate(asked.contributors, asked.seconds, run.contribute),
    )
    run.cpu, run.busy = cpu_seconds(server) - before, os.getloadavg()[0]
    return run


async def killed(
    folder: Path, port: int, asked: argparse.Namespace, server: subprocess.Popen[bytes]
) -> tuple[Load, int, int, subprocess.Popen[bytes]]:
    """Contributors send on while the server is killed; afterwards every receipt is opened.

    Returns:
        The load; how many receipts were not found again; how many forms whose answer was lost gave
        a receipt when the very same form was sent again; the server that runs now.
    """
    run = Load(Client(port))
    sending = asyncio.create_task(
        at_a_rate(asked.contributors, KILL_SECONDS, run.contribute, first=1_000_000)
    )
    await asyncio.sleep(KILL_SECONDS / 2)
    await asyncio.to_thread(kill, server, port)
    server = await asyncio.to_thread(start, folder, port, asked.workers)
    await sending
    run.client.idle.clear()
    before = len(run.receipts)
    for number in list(run.waiting):
        await run.send(number)
    again = len(run.receipts) - before
    lost = [number for number in run.receipts if not await run.opened(number)]
    return run, len(lost), again, server


def main() -> None:
    """Run both parts and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--readers", type=int, default=200)
    parser.add_argument("--contributors", type=int, default=20)
    parser.add_argument("--workers", type=int, default=1)
    asked = parser.parse_args()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room) / "case"
        begin(folder)
        server = start(folder, port, asked.workers)
        try:
            run = asyncio.run(load(server.pid, port, asked))
            second, lost, again, server = asyncio.run(killed(folder, port, asked, server))
        finally:
            kill(server, port)
    report = "\n".join(lines(asked, run, second, lost, again))
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text(report + "\n", encoding="utf-8")
    print(report)


def lines(asked: argparse.Namespace, run: Load, second: Load, lost: int, again: int) -> list[str]:
    """Write what was found."""
    failed = {**run.reads.failed, **run.forms.failed, **run.pictures.failed, **run.sends.failed}
    return [
        f"{asked.readers} readers and {asked.contributors} contributors a second for "
        f"{asked.seconds} seconds, {asked.workers} worker(s), {os.cpu_count()} cores shared with "
        "the client; times in milliseconds, from the moment each request was due.",
        "",
        "| what | answered | failed | median | p95 | p99 | longest |",
        "|---|---|---|---|---|---|---|",
        run.reads.line("a page is read"),
        run.forms.line("the form is opened"),
        run.pictures.line("the picture is drawn"),
        run.sends.line("a contribution is sent"),
        "",
        f"Failures: {failed or 'none'}. Receipts given: {len(run.receipts)}. The server used "
        f"{1000 * run.cpu / max(1, run.answered):.1f} ms of processor time a request; the load "
        f"average of the machine at the end was {run.busy:.1f} (2 is all of it).",
        "",
        f"SIGKILL in the middle of {KILL_SECONDS} seconds at {asked.contributors} a second: "
        f"{len(second.receipts) - again} receipts were given before and after it, "
        f"{again} more when a form whose answer had been cut off was sent again, "
        f"{lost} of all these could not be opened afterwards. While nobody answered, "
        f"{sum(second.forms.failed.values())} contributors could not open the form.",
    ]


if __name__ == "__main__":
    main()
