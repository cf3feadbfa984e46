"""How what a bag carries belongs together: an RO-Crate, after the profile Process Run Crate."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final
from urllib.parse import quote

from rocrate.model.contextentity import ContextEntity
from rocrate.model.data_entity import DataEntity
from rocrate.rocrate import ROCrate

from nianbao import __version__
from nianbao.archive.about import About
from nianbao.archive.inputs import Key

METADATA: Final = "ro-crate-metadata.json"
PROFILE: Final = "https://w3id.org/ro/wfrun/process/0.5"
_MIT: Final = "https://spdx.org/licenses/MIT"
_OFL: Final = "https://spdx.org/licenses/OFL-1.1"
_TERMS: Final = "#terms"
_KINDS: Final = {
    ".csv": "text/csv",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".htm": "text/html",
    ".html": "text/html",
    ".ipynb": "application/x-ipynb+json",
    ".json": "application/json",
    ".lock": "text/plain",
    ".md": "text/markdown",
    ".pdf": "application/pdf",
    ".txt": "text/plain",
    ".whl": "application/zip",
    ".xls": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
}


def crate(files: Mapping[str, bytes], about: About, software: str) -> bytes:
    """Return ``ro-crate-metadata.json``.

    Parameters
    ----------
    files : mapping of str to bytes
        All other files below ``data/``, by path.
    about : About
        What the bag is about.
    software : str
        The path of the wheel.
    """
    made = ROCrate(version="1.1")
    _describe(made, about)
    tool = {
        "@type": ["File", "SoftwareApplication"],
        "name": "nianbao",
        "softwareVersion": __version__,
        "license": {"@id": _MIT},
    }
    for name in sorted(files):
        properties = tool if name == software else {"@type": "File"}
        properties |= {"encodingFormat": _kind(name), "contentSize": str(len(files[name]))}
        made.add(DataEntity(made, quote(name), properties=properties))
    for key, name in about.names.items():
        _add_action(made, key, name, sorted(files), software)
    return (json.dumps(_pinned(made), ensure_ascii=False, indent=1) + "\n").encode()


def _describe(made: ROCrate, about: About) -> None:
    """Say what the whole is, whose, and on what terms."""
    for identifier, name in ((_MIT, "MIT License"), (_OFL, "SIL Open Font License 1.1")):
        made.add(_context(made, identifier, "CreativeWork", name=name, url=identifier))
    terms = (
        "年度报告原件是行政机关主动公开的政府信息，本包照录；软件采用 MIT 许可证；"
        "网页所带的字体子集采用 SIL OFL 1.1，许可证见 fonts/OFL.txt。"
    )
    made.add(_context(made, _TERMS, "CreativeWork", name="使用条件", description=terms))
    made.add(_context(made, PROFILE, "CreativeWork", name="Process Run Crate", version="0.5"))
    for (_, agency), name in about.names.items():
        properties = {"name": name, "identifier": agency}
        made.add(_context(made, _organisation(agency), "Organization", **properties))
    root = made.root_dataset
    root["name"] = about.title
    root["description"] = about.described()["External-Description"]
    root["identifier"] = about.name
    root["inLanguage"] = "zh-CN"
    root["datePublished"] = about.published.isoformat()
    root["license"] = {"@id": _TERMS}
    root["conformsTo"] = {"@id": PROFILE}
    root["author"] = _references(_organisation(agency) for _, agency in about.names)
    root["mentions"] = _references(_action(key) for key in about.names)
    if about.draft:
        root["creativeWorkStatus"] = "Draft"


def _add_action(made: ROCrate, key: Key, name: str, files: Iterable[str], software: str) -> None:
    """Say what a report was made from, by what, and what came of it."""
    year, agency = key
    given = [file for file in files if file.startswith("project/")]
    results = [file for file in files if file.startswith(f"result/{year}/{agency}/")]
    action = {
        "@type": "CreateAction",
        "name": f"核验并生成{name}{year}年政府信息公开工作年度报告",
        "instrument": {"@id": quote(software)},
        "agent": {"@id": _organisation(agency)},
        "object": _references(map(quote, given)),
        "result": _references(map(quote, results)),
        "actionStatus": {"@id": "http://schema.org/CompletedActionStatus"},
    }
    made.add(ContextEntity(made, _action(key), properties=action))


def _context(made: ROCrate, identifier: str, kind: str, /, **properties: str) -> ContextEntity:
    return ContextEntity(made, identifier, properties={"@type": kind, **properties})


def _pinned(made: ROCrate) -> dict[str, Any]:
    """Return the crate as data, in the order of its ids."""
    data: dict[str, Any] = made.metadata.generate()
    first = {METADATA: 0, "./": 1}
    data["@graph"].sort(key=lambda entity: (first.get(entity["@id"], 2), entity["@id"]))
    return data


def _references(identifiers: Iterable[str]) -> list[dict[str, str]]:
    return [{"@id": each} for each in dict.fromkeys(identifiers)]


def _organisation(agency: str) -> str:
    return f"#agency-{quote(agency)}"


def _action(key: Key) -> str:
    year, agency = key
    return f"#make-{year}-{quote(agency)}"


def _kind(name: str) -> str:
    """Return a file's kind by its ending; systems and versions of Python list other ones."""
    return _KINDS.get(f".{name.rpartition('.')[2].lower()}", "application/octet-stream")
