"""dadkhah (دادخواه, one who seeks justice): scattered testimony into a record that stands.

sources      receive, preserve, read        claims   what each passage says
people       one register across lists      posts    who held which post when
estimate     how many are on no list        memorial the public, static site
custody      the log, proofs, verification  archive  a folder that lasts
names dates places   one value each, as written and as read
records      the domain on one page         disclosure  what may leave the house
web, cli     the reading room and the command line
"""

__version__ = "0.1.0"
__all__ = ["__version__"]
