"""A whole site from an archive: every page, the bytes let out, and what proves them."""

from __future__ import annotations

import contextlib
import dataclasses
import gc
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dadkhah import records
from dadkhah.custody import notes
from dadkhah.custody.signers import LogSigner, verifier_text
from dadkhah.errors import ArchiveError
from dadkhah.memorial import (
    amending,
    anniversaries,
    disclosed,
    feeds,
    finding,
    kept,
    manifest,
    patching,
    pictures,
    research,
    stamps,
    totals,
    words,
)
from dadkhah.memorial.amending import Amendment
from dadkhah.memorial.book import Book, index
from dadkhah.memorial.copying import copy_what_is_open
from dadkhah.memorial.kept import Kept, Words
from dadkhah.memorial.ledger import Ledger, lay, settle, standing
from dadkhah.memorial.pages import data, sources
from dadkhah.memorial.press import Press
from dadkhah.memorial.rendering import Renderer
from dadkhah.memorial.resealing import Patch
from dadkhah.memorial.roll import roll_of
from dadkhah.memorial.told import told
from dadkhah.memorial.way import Way
from dadkhah.records import Person

__all__ = ["Site", "build"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What was built.

    Args:
        pages: HTML pages, both languages together. persons: with a page of their own.
        files: of every kind, site.json left out.
        digest: SHA-256 of site.json; to be published elsewhere, so that a forgery shows.
        signed: whether the case's key signed it.
        written: files that differ from the site that stood there before.
    """

    folder: Path
    pages: int
    persons: int
    files: int
    digest: str
    signed: bool
    written: int


def build(
    archive: Path,
    folder: Path,
    *,
    advance: Callable[[str], None] = lambda _: None,
    persons: Sequence[Person] | None = None,
    way: Way | None = None,
    signer: LogSigner | None = None,
    state: Path | None = None,
) -> Site:
    """Build the public site from what an archive's disclosures let out.

    The same archive and persons give the same bytes. A new site is written beside its place and
    moved there whole; over an older one only the files that differ are written.

    Args:
        archive: an archive folder.
        folder: the site's place: new, empty, or an older site.
        advance: told the address of each page as it is made.
        persons: the register over the archive's mentions and judgements; without it every
            mention of a person stands alone.
        way: where readers send what they know.
        signer: the key of the case, so that any mirror can be proven whole; without it the site
            is not signed.
        state: a folder outside the site in which digests are kept for the next build, so that it
            renders only the pages of people of whom something is said anew.

    Raises:
        ArchiveError: memorial-not-ours when the folder holds something else; memorial-no-case,
            memorial-empty; those of dadkhah.archive.
        AccessError: disclosure-alone, disclosure-ground.
    """
    _refuse_what_is_not_ours(folder)
    with _without_pauses():
        return _build(archive, folder, advance, persons, way or Way(), signer, state)


@contextlib.contextmanager
def _without_pauses() -> Iterator[None]:
    """Let the collector of cycles rest: millions of records are held, and none is in a cycle."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _build(
    archive: Path, folder: Path, advance: Callable[[str], None], persons: Sequence[Person] | None,
    way: Way, signer: LogSigner | None, state: Path | None,
) -> Site:  # fmt: skip
    if state is not None:
        for found in amending.prepare(archive, folder, persons, way, state):
            return _amend(found, folder, way, signer, state)
    held = disclosed.read(archive, persons)
    book = dataclasses.replace(index(held), pictures=dict(pictures.make(held, archive)))
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".growing-") as room:
        ledger = Ledger(Path(room) / "site", standing(folder))
        press = Press(book, way, ledger, state if ledger.older else None, advance)
        tables: list[tuple[str, int, str]] = []

        def write_data() -> int:
            tables.extend(ledger.put_blocks(place, made) for place, made in research.tables(book))
            for place, feed in feeds.files(book):
                ledger.put(place, feed)
            return _write_data(book, way, ledger, tables)

        def write_index() -> int:
            found = _write_index(book, ledger)
            if state is not None:
                kept.put_shelf(state, archive, book)
                kept.put_words(state, found)
            return 0

        pages = press.write_pages(write_data, write_index)
        copy_what_is_open(book, archive, ledger)
        for picture in book.pictures.values():
            ledger.put(picture.address, picture.data)
        digest = _seal(book, ledger, signer)
        if folder.exists() and any(folder.iterdir()):
            settle(ledger, folder)
        else:
            ledger.folder.replace(folder)
        if state is not None:
            _keep(state, book, archive, persons, press, digest, tables)
    return Site(
        folder=folder,
        pages=pages,
        persons=len(held.people),
        files=len(ledger.files),
        digest=digest,
        signed=signer is not None,
        written=ledger.written,
    )


def _refuse_what_is_not_ours(folder: Path) -> None:
    if not folder.exists():
        return
    if folder.is_dir() and (not any(folder.iterdir()) or manifest.is_site(folder)):
        return
    raise ArchiveError(
        "memorial-not-ours",
        "There is something at this place that is not a memorial of dadkhah.",
        where=str(folder),
        todo="Give a new or empty folder, or an older memorial to replace.",
    )


def _write_index(book: Book, ledger: Ledger) -> Words:
    """Write the pieces of the search and the table of days; give what the search was cut by."""
    found = finding.index(list(finding.rows(book.slips.values())))
    mark = records.SIMULATED if book.held.case.simulated else ""
    for address, script in finding.scripts(found, mark):
        ledger.put(address, script)
    ledger.put("find/days.js", anniversaries.table(anniversaries.days(book), mark))
    return Words(counts=found.counts, weight=found.weight, over=finding.over(found))


def _write_data(
    book: Book, way: Way, ledger: Ledger | Patch, tables: Sequence[tuple[str, int, str]]
) -> int:
    """Write the page that names the files for researchers and the feeds, and their version."""
    digests = {place.rsplit("/", 1)[1]: digest for place, _, digest in tables}
    ledger.put("data/version.json", research.version(book, digests))
    renderer = Renderer(book, way)
    for language in words.LANGUAGES:
        leaf = data.leaf(language, tables)
        ledger.put(leaf.address, renderer.page(leaf))
    return len(words.LANGUAGES)


def _keep(
    state: Path, book: Book, archive: Path, persons: Sequence[Person] | None, press: Press,
    digest: str, tables: Sequence[tuple[str, int, str]],
) -> None:  # fmt: skip
    """Keep what the next build can begin with."""
    held, measured, counted = book.held, kept.measure(archive), told(book)
    captures = Counter(
        anchor.capture
        for passage in held.passages.values()
        for anchor in (passage.anchor, passage.origin)
        if anchor is not None
    )
    found = Kept(
        shared=press.shared, site=digest, measured=measured, data=tables,
        indexed={kind: size for kind, (size, _) in measured.items()}, origin=held.log.origin,
        day=held.log.day, log_size=held.log.size, totals=totals.of(book),
        closed=held.withheld_claims, ended=held.past.rule_ended,
        sources={each: counted.sources.get(each, 0) for each in held.sources},
        captures=dict(captures), collections={c: n for c, n in counted.collections.items() if c},
        names_of={source: list(pieces) for source, pieces in book.passages_of.items()}, moved={},
        corrected=list(dict.fromkeys(c.id for c in held.past.corrections if c.mention)),
        marked=[claim.id for claim in book.marked],
    )  # fmt: skip
    kept.put(state, found, press.digests, roll_of(book), kept.register_of(persons))


def _amend(found: Amendment, folder: Path, way: Way, signer: LogSigner | None, state: Path) -> Site:
    """Write what a small change touches, over the site that stands."""
    book = found.book
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".growing-") as room:
        ledger = Patch(Path(room) / "site", found.site)
        tables = patching.patch(found, ledger, way)
        _write_data(book, way, ledger, tables)
        for path in (folder / stamps.FOLDER).rglob("*"):
            if path.is_file():
                ledger.leave(path.relative_to(folder).as_posix())  # of an earlier state
        digest = _seal(book, ledger, signer)
        lay(ledger.folder, folder, ledger.gone)
        pages, files = ledger.counts()
    kept.put_words(state, found.respelled.words)
    kept.put(
        state, dataclasses.replace(found.kept, site=digest, data=tables), found.digests,
        roll_of(book), found.register,
    )  # fmt: skip
    return Site(
        folder=folder, pages=pages, persons=len(book.slips), files=files, digest=digest,
        signed=signer is not None, written=ledger.written,
    )  # fmt: skip


def _seal(book: Book, ledger: Ledger | Patch, signer: LogSigner | None) -> str:
    held = book.held
    log = {"origin": held.log.origin, "root": held.log.root, "size": held.log.size}
    marked = records.SIMULATED if held.case.simulated else ""
    ledger.put("log/checkpoint", held.log.checkpoint.encode())
    ledger.put("log/verifier.txt", f"{held.log.verifier}\n".encode())
    for address, stamp in held.log.stamps.files:
        ledger.put(address, stamp)
    ledger.put("README.txt", _readme(book, marked).encode())
    digest = ledger.seal(
        {
            "captures": dict(sorted(sources.files(book).items())),
            "languages": list(words.LANGUAGES),
            "log": log,
            "signer": verifier_text(signer.verifier) if signer else "",
            "simulated": marked,
            "title": dict(held.case.title),
        }
    )
    if signer is not None:
        note = notes.sign(manifest.signed_text(digest, log), signer)
        (ledger.folder / manifest.SIGNATURE).write_text(note, encoding="utf-8")
    return digest


def _readme(book: Book, marked: str) -> str:
    titles = [words.choose(book.held.case.title, language) for language in words.LANGUAGES]
    lines = [
        *([marked, ""] if marked else []),
        *titles,
        "",
        "Open index.html in any browser. No network is needed.",
        "index.html را در هر مرورگری باز کنید. به شبکه نیازی نیست.",
        "",
        "To check this copy:  sha256sum -c manifest-sha256.txt",
        "or, with dadkhah:    dadkhah verify .",
        "",
    ]
    return "\n".join(lines)
