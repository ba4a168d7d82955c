"""Run the program with python -m dadkhah.cli."""

from __future__ import annotations

from dadkhah.cli import main

main()
