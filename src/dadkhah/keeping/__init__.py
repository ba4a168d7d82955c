"""Keeping bytes alive: fixity, mirrors, encrypted backups, shares of keys, bags."""
