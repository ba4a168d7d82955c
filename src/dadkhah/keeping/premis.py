"""What happened to what is kept, as PREMIS 3 tells it to other archives.

    <premis:event>
      <premis:eventType>fixity check</premis:eventType>
      <premis:eventDateTime>2041-02-01T10:00:00Z</premis:eventDateTime> ...

Files are the captures; events are the links of each chain of custody; agents are account numbers.

Source: PREMIS Data Dictionary 3.0; the event types are those of its controlled vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.etree import ElementTree as Xml

from dadkhah.records import Capture, CustodyEvent

__all__ = ["Happening", "premis"]

SPACE = "http://www.loc.gov/premis/v3"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
Happening = tuple[str, str, tuple[str, ...], CustodyEvent | None]


def premis(captures: Iterable[Capture], happenings: Iterable[Happening]) -> bytes:
    """Write the PREMIS record of some captures.

    Args:
        captures: with how they came.
        happenings: of each event its PREMIS type, its time, the captures it is about, and what is
            recorded of it, if it was written down as an event of its own.
    """
    Xml.register_namespace("premis", SPACE)
    root = Xml.Element(f"{{{SPACE}}}premis", {"version": "3.0"})
    agents: dict[str, None] = {}
    for capture in captures:
        _object(root, capture)
    for number, happening in enumerate(happenings):
        _event(root, number, happening, agents)
    for agent in agents:
        held = _under(root, "agent")
        _identifier(held, "agent", "dadkhah account", agent)
    Xml.indent(root)
    written: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _object(root: Xml.Element, capture: Capture) -> None:
    held = _under(root, "object", {f"{{{XSI}}}type": "premis:file"})
    _identifier(held, "object", "SHA-256", capture.id)
    about = _under(held, "objectCharacteristics")
    fixity = _under(about, "fixity")
    _texts(fixity, {"messageDigestAlgorithm": "SHA-256", "messageDigest": capture.id})
    _texts(about, {"size": str(capture.size_bytes)})
    form = _under(_under(about, "format"), "formatDesignation")
    _texts(form, {"formatName": capture.media_type})
    if capture.parent:
        kin = _under(held, "relationship")
        _texts(kin, {"relationshipType": "derivation", "relationshipSubType": "has source"})
        _identifier(kin, "relatedObject", "SHA-256", capture.parent)


def _event(root: Xml.Element, number: int, happening: Happening, agents: dict[str, None]) -> None:
    kind, at, captures, said = happening
    held = _under(root, "event")
    _identifier(held, "event", "dadkhah", said.id if said else f"capture-{number}")
    _texts(held, {"eventType": kind, "eventDateTime": at})
    detail = _detail(said) if said else ""
    if detail:
        _texts(_under(held, "eventDetailInformation"), {"eventDetail": detail})
    outcome = (said.checked or said.outcome) if said else ""
    if outcome:
        _texts(_under(held, "eventOutcomeInformation"), {"eventOutcome": outcome})
    if said and said.by:
        agents[said.by] = None
        _identifier(held, "linkingAgent", "dadkhah account", said.by)
    for digest in captures:
        _identifier(held, "linkingObject", "SHA-256", digest)


def _detail(said: CustodyEvent) -> str:
    words = (("from", said.giver), ("to", said.receiver), ("place", said.place),
             ("purpose", said.purpose), ("note", said.note))  # fmt: skip
    return "; ".join(f"{word}: {value}" for word, value in words if value)


def _identifier(parent: Xml.Element, of: str, kind: str, value: str) -> None:
    held = _under(parent, f"{of}Identifier")
    _texts(held, {f"{of}IdentifierType": kind, f"{of}IdentifierValue": value})


def _texts(parent: Xml.Element, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        _under(parent, name).text = text


def _under(
    parent: Xml.Element, name: str, attributes: Mapping[str, str] | None = None
) -> Xml.Element:
    return Xml.SubElement(parent, f"{{{SPACE}}}{name}", dict(attributes or {}))
