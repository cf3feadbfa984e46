"""The HTML and CSS of all pages, as the Nu checker sees them."""

import json
import re
import subprocess
from pathlib import Path

from browser.kinds import pages
from nianbao.browsing import java

CHECKER = Path(__file__).parent / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"

# The checker knows neither `data:` as a source of pictures nor the hash of a script. That Chromium
# shows every picture and complains of nothing, and that the hashes are those of the style sheet and
# the script, is tested in test_pages.
NOT_KNOWN = re.compile(
    r"Resource violates Content Security Policy \(meta tag\): image “data:image/.* blocked by"
    r" “img-src” directive\.|"
    r"Inline script violates Content Security Policy \(meta tag\): blocked by “script-src”"
    r" directive \(missing “‘unsafe-inline’” or nonce/hash\)\."
)


def messages(paths):
    """Return what the checker says of pages: each message once, with the first place of all."""
    done = subprocess.run(
        [java(), "-jar", CHECKER, "--format", "json", *paths], capture_output=True, encoding="utf-8"
    )
    found = {}
    for said in json.loads(done.stderr)["messages"]:
        message = f"{said.get('subType', said['type'])}: {said['message']}"
        if not NOT_KNOWN.fullmatch(said["message"]):
            found.setdefault(message, f"{said.get('url', '')}: {said.get('extract', '')}")
    return [f"{message} {place}" for message, place in found.items()]


def test_the_checker_has_nothing_to_say(site):
    assert messages(pages(site)) == []


def test_the_checker_sees_errors_of_markup_and_of_style(tmp_path):
    path = tmp_path / "wrong.html"
    path.write_text(
        "<!DOCTYPE html><html lang=zh-CN><title>x</title><p><td>"
        "<style>p{colour:red}</style><img src=x>",
        "utf-8",
    )
    found = "\n".join(messages([path]))
    assert "error: " in found and "alt" in found and "colour" in found
