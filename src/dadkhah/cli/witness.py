"""Be a witness of other logs, and have one's own log witnessed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import click

from dadkhah.cli.session import Session, open_case, say
from dadkhah.custody import witness_answer, witness_http, witness_memory
from dadkhah.custody.cosignatures import WitnessVerifier, witness_of, witness_text
from dadkhah.custody.policy import Policy, PolicyWitness, read_policy
from dadkhah.custody.signers import read_verifier
from dadkhah.errors import CaseError, VerificationError

__all__ = ["COMMANDS"]

FILE = click.Path(path_type=Path, dir_okay=False)
THERE = click.Path(path_type=Path, exists=True, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)


@click.group()
def witness() -> None:
    """Watch over other logs, or have this one watched over, online or by stick.

    A witness: init, know, serve, cosign. The case: policy, request, bring, ask.
    """


@witness.command()
@click.argument("folder", type=FOLDER)
@click.argument("name")
def init(folder: Path, name: str) -> None:
    """Become a witness: make its folder and its key. NAME is such as witness.example/w1."""
    memory = witness_memory.begin(folder, name)
    say("Give this line to the logs that ask for you, by more than one way:")
    click.echo(witness_text(witness_of(memory.key)))


@witness.command()
@click.argument("folder", type=FOLDER)
@click.argument("key")
def know(folder: Path, key: str) -> None:
    """Witness the log of this key from now on."""
    found = read_verifier(key)
    witness_memory.open_memory(folder).know(found)
    say(f"This witness knows the log {found.name}.")


@witness.command()
@click.argument("folder", type=FOLDER)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to answer on.")
@click.option("--port", default=8081, show_default=True, type=click.IntRange(0, 65535))
def serve(folder: Path, host: str, port: int) -> None:
    """Answer add-checkpoint requests (C2SP tlog-witness) until stopped."""
    with witness_http.server(witness_memory.open_memory(folder), host, port) as server:
        say(f"The witness answers at http://{host}:{server.server_port}/ (Ctrl-C stops it).")
        server.serve_forever()


@witness.command()
@click.argument("folder", type=FOLDER)
@click.argument("request", type=THERE)
@click.argument("answer", type=FILE)
def cosign(folder: Path, request: Path, answer: Path) -> None:
    """Answer a request that came on a stick; nothing goes online."""
    memory = witness_memory.open_memory(folder)
    found = witness_answer.answer(memory, request.read_bytes(), seconds=int(time.time()))
    if found.status != 200:
        raise refusal(found.status, found.body, found.fork and str(folder / "forks" / found.fork))
    answer.write_text(found.body, encoding="utf-8")
    say(f"Cosigned. Carry {answer.name} back to the log.")


def refusal(status: int, body: str, fork: str = "") -> VerificationError:
    """Say a witness' refusal in the words of this program."""
    if fork:
        return VerificationError(
            "witness-fork",
            "This log signed two histories; nothing was cosigned.",
            where=fork,
            todo="Show this file to everyone who believed the log: dadkhah verify FILE --key KEY.",
        )
    if status == 409:
        return VerificationError(
            "witness-size",
            f"The witness has last seen {body.strip()} entries of this log.",
            todo=f"Make the request anew with --old {body.strip()}.",
        )
    return VerificationError(
        "witness-refused",
        "The witness refused.",
        where=f"{status}: {body.strip()[:300]}",
        todo="Check the case with dadkhah verify, and ask the witness what it saw.",
    )


@witness.command()
@click.argument("file", type=THERE)
@click.pass_obj
def policy(session: Session, file: Path) -> None:
    """Set which witnesses this case asks for, and how many are enough (C2SP tlog-policy)."""
    folder = open_case(session)
    from dadkhah.web import case

    case.set_policy(folder, file.read_text(encoding="utf-8"))
    say("The policy is in case.toml; verify applies it from now on.")


@witness.command()
@click.argument("file", type=FILE)
@click.option("--witness", "name", default="", help="Its name in the policy.")
@click.option("--old", type=click.IntRange(min=0), help="How many entries it has last seen.")
@click.pass_obj
def request(session: Session, file: Path, name: str, old: int | None) -> None:
    """Sign the log as it stands and write a request, to be carried to a witness."""
    folder = open_case(session)
    if old is None:
        old = _last(folder, _named(folder, name).key) if name else 0
    file.write_text(_request(folder, old), encoding="utf-8")
    say(f"Carry {file.name} to the witness: dadkhah witness cosign DIR {file.name} ANSWER")


@witness.command()
@click.argument("answer", type=THERE)
@click.pass_obj
def bring(session: Session, answer: Path) -> None:
    """Keep the answer of a witness with the checkpoint that it cosigned."""
    size = _bring(open_case(session), answer.read_text(encoding="utf-8"))
    say(f"The first {size} entries of this log are witnessed.")


@witness.command()
@click.option("--proxy", default="", help="Go through this proxy, such as http://127.0.0.1:8118.")
@click.option("--yes", is_flag=True, help="Go online without asking.")
@click.pass_obj
def ask(session: Session, proxy: str, yes: bool) -> None:
    """Ask every witness of the policy that has an address; asks you before going online."""
    folder = open_case(session)
    rule = _policy(folder)
    asked = [one for one in rule.witnesses.values() if one.address]
    if not asked:
        raise CaseError("witness-none", "No witness in the policy has an address.")
    for one in asked:
        say(f"  {one.key.name} at {one.address}")
    say("They learn the size and root of this log, and when you asked; no content.")
    if not yes:
        click.confirm("Go online and ask them?", abort=True)
    for one, failure in _ask_all(folder, asked, proxy):
        say(f"{one.key.name}: {failure or 'cosigned'}")


def _ask_all(
    folder: Path, asked: list[PolicyWitness], proxy: str
) -> Iterator[tuple[PolicyWitness, str]]:
    for one in asked:
        try:
            _ask(folder, one, proxy)
        except (CaseError, VerificationError) as error:
            yield one, str(error)
        else:
            yield one, ""


def _ask(folder: Path, one: PolicyWitness, proxy: str) -> None:
    old = _last(folder, one.key)
    reply = witness_http.ask(one.address, _request(folder, old).encode(), proxy=proxy)
    if reply.status == 409 and reply.kind == witness_answer.SIZE and reply.body.strip().isdigit():
        old = int(reply.body)
        reply = witness_http.ask(one.address, _request(folder, old).encode(), proxy=proxy)
    body = reply.body.decode("utf-8", "replace")
    if reply.status != 200:
        raise refusal(reply.status, body)
    _bring(folder, body)


def _request(folder: Path, old: int) -> str:
    from dadkhah.web import case
    from dadkhah.web.custody import actions, witnessing

    signer = case.signer(folder)
    if signer is None:
        raise CaseError(
            "key-missing",
            "The key that signs this case's log is not here.",
            todo="Set DADKHAH_KEYS to its folder.",
        )
    return witnessing.request(old_size=old, note=actions.sign_head(signer=signer))


def _bring(folder: Path, lines: str) -> int:
    from dadkhah.web import case
    from dadkhah.web.custody import witnessing

    log = read_verifier(case.read(folder).verifier)
    return witnessing.bring(lines=lines, witnesses=_policy(folder).keys, log=log)


def _last(folder: Path, key: WitnessVerifier) -> int:
    from dadkhah.web import case
    from dadkhah.web.custody import witnessing

    return witnessing.last_cosigned(key, read_verifier(case.read(folder).verifier))


def _policy(folder: Path) -> Policy:
    from dadkhah.web import case

    text = case.read(folder).policy
    if not text:
        raise CaseError(
            "witness-none",
            "This case asks for no witness.",
            todo="Set a policy: dadkhah witness policy FILE.",
        )
    return read_policy(text)


def _named(folder: Path, name: str) -> PolicyWitness:
    found = _policy(folder).witnesses.get(name)
    if found is None:
        raise CaseError("witness-none", "The policy has no witness of this name.", where=name)
    return found


COMMANDS = (witness,)
