"""Custody: what a stranger can check offline: tree, tiles, notes, checkpoints, proofs, witnesses.

Pure functions only: no database, no network, no environment. Words are C2SP's.
"""
