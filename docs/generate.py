"""Write the pages that are made from the code itself: the command line, the errors, the settings.

python docs/generate.py            write them
python docs/generate.py --check    fail when a page is not what the code says
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from dadkhah.cli import program

DOCS = Path(__file__).resolve().parent
SOURCE = DOCS.parent / "src" / "dadkhah"
EXITS = """\
| exit code | what it means |
|---|---|
| 0 | done |
| 1 | something does not check out (`verify`, `restore`) |
| 2 | the command line is wrong |
| 3 | what was given cannot be used: a file, a row, a mapping |
| 4 | it cannot be done here and now: the case, the archive, a setting, a permission |
"""


def cli_page() -> str:
    """The reference of every command, from its own help."""
    parts = [
        "# The command line\n",
        "Made from the program's own help by `make docs`.\n",
        "The case is the current folder, or `--case DIR` before the command.",
        "Commands that read take `--json` and print one JSON object a line.\n",
        EXITS,
        'Shell completion: `eval "$(_DADKHAH_COMPLETE=bash_source dadkhah)"` (or `zsh_source`,',
        "`fish_source`).\n",
    ]
    root = click.Context(program, info_name="dadkhah")
    for name, command in sorted(program.commands.items()):
        if command.hidden:
            continue
        context = click.Context(
            command, info_name=name, parent=root, terminal_width=88, max_content_width=88
        )
        parts += [f"## {name}\n", "```", command.get_help(context), "```\n"]
        parts += helps_below(command, context)
    return "\n".join(parts)


def helps_below(command: click.Command, context: click.Context) -> Iterator[str]:
    """The help of each command inside a group."""
    below = command.commands if isinstance(command, click.Group) else {}
    for name, inner in sorted(below.items()):
        inside = click.Context(
            inner, info_name=name, parent=context, terminal_width=88, max_content_width=88
        )
        yield from (f"### {context.info_name} {name}\n", "```", inner.get_help(inside), "```\n")


def errors_page() -> str:
    """Every error code, with the sentence and the advice that go with it."""
    rows = sorted(set(found_errors()))
    lines = [
        "# Errors\n",
        "Made from the code by `make docs`. Each refusal ends with its code in brackets.",
        "Where a sentence names a thing, the page shows … in its place.\n",
        "| code | kind | what it says | what to do |",
        "|---|---|---|---|",
        *(f"| `{code}` | {kind} | {what} | {todo} |" for code, kind, what, todo in rows),
    ]
    return "\n".join(lines) + "\n"


def found_errors() -> Iterator[tuple[str, str, str, str]]:
    """Find every place that raises one of our errors, with its texts."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if not node.func.id.endswith("Error") or len(node.args) < 2:
                continue
            code = node.args[0]
            if isinstance(code, ast.Constant) and isinstance(code.value, str):
                todo = next((k.value for k in node.keywords if k.arg == "todo"), None)
                yield code.value, node.func.id, text_of(node.args[1]), text_of(todo)


def text_of(node: ast.expr | None) -> str:
    """Write the text of an expression, with … for what is filled in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        text = node.value
    elif isinstance(node, ast.JoinedStr):
        text = "".join(
            text_of(part) if isinstance(part, ast.Constant) else "…" for part in node.values
        )
    elif isinstance(node, ast.BinOp):
        text = text_of(node.left) + text_of(node.right)
    else:
        text = "" if node is None else "…"
    return text.replace("|", "\\|").replace("\n", " ")


def settings_page() -> str:
    """Every setting that the environment may hold."""
    lines = [
        "# Settings\n",
        "Everything works with nothing set. A bad value stops the start with a sentence.",
        "Made from the code by `make docs`; the words are in this script.\n",
        "| name | what it is | without it |",
        "|---|---|---|",
        *(
            f"| `{name}` | {what} | {default} |"
            for name, (what, default) in sorted(SETTINGS.items())
        ),
    ]
    return "\n".join(lines) + "\n"


SETTINGS = {
    "DADKHAH_CASE": ("the case's folder; `--case` sets it", "the current folder"),
    "DADKHAH_KEYS": ("the folder of signing keys", "`~/.config/dadkhah/keys`"),
    "DADKHAH_DATABASE_URL": (
        "`postgresql://user:password@host:port/name`; also `_FILE`",
        "SQLite in the case's folder",
    ),
    "DADKHAH_SECRET_KEY": ("signs cookies; also `_FILE`", "`secret.key` in the case's folder"),
    "DADKHAH_ALLOWED_HOSTS": ("host names to answer to, by commas", "this machine only"),
    "DADKHAH_TRUSTED_ORIGINS": ("origins whose forms are trusted, by commas", "none"),
    "DADKHAH_HTTPS": ("yes when the room is reached by HTTPS", "no"),
    "DADKHAH_DEBUG": ("yes for developers only", "no"),
    "DADKHAH_CONTRIBUTION_RECIPIENTS": (
        "age public keys that may read who sent something, by commas",
        "nobody is asked for a name or a way to answer",
    ),
    "DADKHAH_CONTRIBUTIONS_PER_MINUTE": (
        "how many contributions one process takes in a minute before it asks to wait",
        "60",
    ),
    "DADKHAH_PROXY": (
        "the proxy by which `collect` goes online, such as `socks5h://127.0.0.1:9050` (Tor)",
        "directly, when asked to",
    ),
    "DADKHAH_OTHER_CASE_URL": ("the other case of the demonstration", "no link"),
}


def settings_in_code() -> set[str]:
    """Find the settings that the code reads."""
    named: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        named |= set(re.findall(r'"(DADKHAH_[A-Z_]+)"', path.read_text(encoding="utf-8")))
    return named


PAGES = {"cli.md": cli_page, "errors.md": errors_page, "settings.md": settings_page}


def main() -> int:
    """Write the pages, or say which are not what the code says."""
    stale = []
    for name, make in PAGES.items():
        path, text = DOCS / name, make()
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
        elif not path.is_file() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
    if stale:
        print(f"Not what the code says: {', '.join(stale)}. Run: make docs")
    return len(stale)


if __name__ == "__main__":
    sys.exit(main())
