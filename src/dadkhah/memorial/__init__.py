"""The static public site: what was disclosed of an archive, as pages that open from any folder.

    archive -> Disclosed (only what was let out) -> Book (indexed) -> Leaf... -> HTML, site.json

Nothing here reaches the database, the network or the clock.
"""

from dadkhah.memorial.building import Site, build

__all__ = ["Site", "build"]
