"""The command line: one thin file per word.

Exit codes: 0 done; 1 something does not check out; 2 the command line is wrong; 3 what was given
cannot be used; 4 it cannot be done here and now.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dadkhah import __version__
from dadkhah.cli import (
    accounts,
    archive,
    bag,
    case,
    claims,
    collect,
    contributions,
    copies,
    custody,
    demo,
    disclosing,
    erasing,
    estimate,
    fixity,
    key_change,
    keys,
    memorial,
    merge,
    people,
    readers,
    serve,
    sources,
    timestamp,
    verify,
    witness,
)
from dadkhah.cli.faults import Refusals
from dadkhah.cli.reach import for_the_owner
from dadkhah.cli.session import Session, errors_to
from dadkhah.errors import DadkhahError, InputError, VerificationError

__all__ = ["main", "program"]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--case",
    "folder",
    type=click.Path(path_type=Path),
    default=Path(),
    help="The case to work on; the current folder when it is not given.",
)
@click.version_option(__version__)
@click.pass_context
def program(context: click.Context, folder: Path) -> None:
    """Turn scattered testimony into a record that stands."""
    context.obj = Session(case=folder)


WORDS = (
    case, sources, claims, people, estimate, disclosing, archive, verify, memorial, serve,
    readers, demo, erasing, custody, fixity, copies, keys, key_change, witness, timestamp,
    contributions, collect, merge, bag, accounts,
)  # fmt: skip

for word in WORDS:
    for command in word.COMMANDS:
        program.add_command(command)


def main() -> None:
    """Run the program, and say every refusal in one sentence."""
    for_the_owner()
    try:
        with Refusals():
            program(standalone_mode=False, prog_name="dadkhah")
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.Abort:
        _say("Stopped. Nothing was left half done.")
        sys.exit(4)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(2)
    except DadkhahError as refusal:
        _say(str(refusal))
        sys.exit(exit_code(refusal))


def exit_code(refusal: DadkhahError) -> int:
    """Give the exit code of a refusal."""
    if isinstance(refusal, VerificationError):
        return 1
    return 3 if isinstance(refusal, InputError) else 4


def _say(text: str) -> None:
    errors_to.print(text, markup=False, highlight=False, soft_wrap=True)
