"""Collect a page from the web."""

from __future__ import annotations

import click

from dadkhah.cli.session import AUTHOR, Session, open_case, say
from dadkhah.sources.collecting import collect as fetch
from dadkhah.sources.connecting import Limits, read_way
from dadkhah.sources.embedded import collect_embedded

__all__ = ["COMMANDS"]


@click.command()
@click.argument("address")
@click.option("--proxy", default="", help="Such as socks5h://127.0.0.1:9050; or DADKHAH_PROXY.")
@click.option("--picture", is_flag=True, help="Also a picture of the whole page, by Chromium.")
@click.option(
    "--files",
    type=click.Choice(["none", "own", "all"]),
    default="own",
    show_default=True,
    help="Pictures and style sheets that it shows: of its own host, or of all.",
)
@click.option("--context", default="", help="What surrounded it, and why it was collected.")
@click.option("--date", default="", help="The date of the page, as you would write it.")
@click.option("--most", default=64, show_default=True, help="At most so many megabytes.")
@click.option("--seconds", default=60.0, show_default=True, help="At most so long.")
@click.option("--private", is_flag=True, help="Allow addresses of an inner network.")
@click.option("--yes", is_flag=True, help="Go online without asking.")
@click.pass_obj
def collect(
    session: Session, /, address: str, proxy: str, picture: bool, files: str, context: str,
    date: str, most: int, seconds: float, private: bool, yes: bool,
) -> None:  # fmt: skip
    """Collect a page at ADDRESS: every byte of every answer, in a WARC, and what the page says.

    This goes online, and whoever serves the page, or a file that it shows, sees that somebody
    asked for it.
    """
    place = open_case(session)
    from dadkhah.web import environment
    from dadkhah.web.claims import collected, pictures
    from dadkhah.web.people import index

    way = read_way(proxy or environment.text("DADKHAH_PROXY"))
    if not yes:
        click.confirm(f"Go online {way.said}, and ask for {address}?", abort=True)
    limits = Limits(size_bytes=most << 20, seconds=seconds, private=private)
    exchanges = fetch(address, way=way, limits=limits)
    shot, tool = pictures.of_page(exchanges[-1].address, way, limits) if picture else (b"", "")
    beside = None
    if files != "none":
        beside = collect_embedded(exchanges[-1], way=way, limits=limits, elsewhere=files == "all")
    done = collected.receive_collected(
        by=AUTHOR, case=place, exchanges=exchanges, way=way, embedded=beside, picture=shot,
        picture_tool=tool, context=context, date=date,
    )  # fmt: skip
    index.refresh()
    for exchange in exchanges:
        say(f"  {exchange.status} {exchange.address}")
    if beside is not None:
        say(f"  {beside.said}")
    again = "; the page's bytes were here already" if done.known else ""
    say(f"Collected: source {done.source}, {done.passages} passages, {done.claims} claims{again}.")
    say(f"SHA-256 of the page: {done.digest}")


COMMANDS = (collect,)
