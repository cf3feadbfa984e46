"""Whole small bags for tests: what they carry has the layout of real ones, and little content."""

import hashlib
import io
import json
import zipfile

from nianbao.archive.bag import bagged
from nianbao.archive.container import packed

NAME = "office-2022"
TEXT = {
    "README.md": "# 说明\n",
    "dictionary.csv": "column,meaning\nvalue,值\n",
    "fonts/OFL.txt": "OFL\n",
    "forms/2021.yaml": "id: 2021\n",
    "project/data/raw/2022/office.txt": "某局2022年政府信息公开工作年度报告\n",
    "project/notebooks/report.ipynb": "{}\n",
    "project/params/agencies.csv": "id,name,level,parent,region,since,until\noffice,某局,,,,,\n",
    "project/requirements.lock": "",
    "result/2022/office/cells.csv": "agency,year\noffice,2022\n",
    "result/2022/office/report.html": "<p>某局</p>\n",
    "software/environment.json": '{"python": {"version": "3.11"}}\n',
}
DESCRIBED = {"Source-Organization": "某局", "External-Identifier": NAME}


def wheel(**modules):
    """A wheel named like the package's, with these modules."""
    files = {f"nianbao/{name}.py": source.encode() for name, source in modules.items()}
    return packed({**files, "nianbao-0.1.0.dist-info/METADATA": b"Name: nianbao\n"})


def crate(files):
    """The crate of a payload: every file described and a part of the whole."""
    described = [{"@id": name, "@type": "File"} for name in files]
    root = {"@id": "./", "@type": "Dataset", "hasPart": [{"@id": name} for name in files]}
    about = {"@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": {"@id": "./"}}
    found = {
        "@context": "https://w3id.org/ro/crate/1.1/context",
        "@graph": [about, root, *described],
    }
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()


def payload(**changes):
    """A payload by path; changes are given by path too, None for a file left out."""
    files = {name: text.encode() for name, text in TEXT.items()}
    files["software/nianbao-0.1.0-py3-none-any.whl"] = wheel(__init__="")
    files |= changes
    files = {name: content for name, content in files.items() if content is not None}
    return {**files, "ro-crate-metadata.json": crate(files)}


def bag(found=None, **described):
    """A bag by path."""
    return bagged(payload() if found is None else found, {**DESCRIBED, **described})


def zipped(files, name=NAME):
    """The zip of a bag."""
    return packed({f"{name}/{path}": content for path, content in files.items()})


def laid(folder, files):
    """Write files below a folder."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def raw_zip(entries, compression=zipfile.ZIP_STORED):
    """A zip with just these entries: pairs of a name or ZipInfo and content, duplicates too."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as made:
        for name, content in entries:
            made.writestr(name, content)
    return buffer.getvalue()


def digest(content):
    return hashlib.sha256(content).hexdigest()


PROGRAM = """
import argparse, os, sys
from pathlib import Path

parser = argparse.ArgumentParser()
parser.add_argument("command", choices=["archived"])
parser.add_argument("--into", type=Path)
parser.add_argument("--report", action="append")
parser.add_argument("--jobs", type=int)
parser.add_argument("--draft", action="store_true")
given = parser.parse_args()
mark = Path(os.environ["NIANBAO_HOME"], "params", "rules.yaml")
if mark.is_file():
    exec(mark.read_text("utf-8"))
for report in given.report:
    folder = given.into / report
    folder.mkdir(parents=True)
    year, agency = report.split("/")
    raw = Path(os.environ["NIANBAO_HOME"], "data", "raw", year, f"{agency}.txt")
    (folder / "cells.csv").write_bytes(b"agency,year\\n" + raw.read_bytes())
    (folder / "report.html").write_text(f"draft: {given.draft}\\n")
"""
"""A package that makes results as the real one does, if quicker; it runs ``params/rules.yaml``."""


def runnable(act="", **changes):
    """A payload whose software runs, and makes the results that it holds; ``act`` is run, too."""
    raw = TEXT["project/data/raw/2022/office.txt"].encode()
    files = {
        "result/2022/office/cells.csv": b"agency,year\n" + raw,
        "result/2022/office/report.html": b"draft: False\n",
        "software/nianbao-0.1.0-py3-none-any.whl": installable(__init__="", __main__=PROGRAM),
    }
    if act:
        files["project/params/rules.yaml"] = act.encode()
    return payload(**{**files, **changes})


def installable(**modules):
    """A wheel that installers take."""
    about = "nianbao-0.1.0.dist-info"
    files = {f"nianbao/{name}.py": source.encode() for name, source in modules.items()}
    files[f"{about}/METADATA"] = b"Metadata-Version: 2.1\nName: nianbao\nVersion: 0.1.0\n"
    files[f"{about}/WHEEL"] = b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    listed = "".join(f"{name},,\n" for name in [*files, f"{about}/RECORD"])
    return packed({**files, f"{about}/RECORD": listed.encode()})
