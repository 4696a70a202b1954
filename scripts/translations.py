"""Keeps the Chinese translation of the sentences in the code.

    translations.py update           collect the sentences of the code into the .ts file
    translations.py missing          print those without a translation as JSON: {"source": ""}
    translations.py fill FILE.json   fill translations in from such a JSON file
"""

from __future__ import annotations

import argparse
import ast
import json
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TS = ROOT / "resources" / "translations" / "originmap_zh_Hans.ts"
CONTEXT = "originmap"
SHIPPED = ("core", "forms", "plugin", "processing")


class NotLiteral(ValueError):
    """A call whose sentence cannot be collected because it is not a literal in the right context."""


def shipped_files() -> list[Path]:
    """All Python files that reach a user."""
    return sorted([ROOT / "__init__.py", *(path for room in SHIPPED for path in (ROOT / room).rglob("*.py"))])


# The call, and the local name under which long lists of parameters use it.
_CALLS = ("QCoreApplication.translate", "translate")


def sources_in(path: Path) -> Iterator[str]:
    """The sentences of one file, in its order.

    Raises:
        NotLiteral: for a call that could never be translated.
    """
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and ast.unparse(node.func) in _CALLS):
            continue
        literals = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
        if len(node.args) != 2 or len(literals) != 2 or literals[0] != CONTEXT:
            raise NotLiteral(f"{path.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)}")
        yield literals[1]


def code_sources() -> list[str]:
    """Every sentence once, in the order of files and lines."""
    return list(dict.fromkeys(source for path in shipped_files() for source in sources_in(path)))


def read_translations() -> dict[str, str]:
    """Source to translation as the .ts file has them, empty where none was made."""
    if not TS.exists():
        return {}
    messages = ET.parse(TS).getroot().iter("message")
    return {item.findtext("source", ""): item.findtext("translation") or "" for item in messages}


def write_translations(translations: dict[str, str]) -> None:
    """Write the .ts file, without line numbers, so that a moved line changes nothing."""
    root = ET.Element("TS", version="2.1", language="zh_Hans", sourcelanguage="en")
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name").text = CONTEXT
    for source, translation in translations.items():
        message = ET.SubElement(context, "message")
        ET.SubElement(message, "source").text = source
        element = ET.SubElement(message, "translation")
        if translation:
            element.text = translation
        else:
            element.set("type", "unfinished")
    ET.indent(root, " ")
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    TS.write_text(head + ET.tostring(root, encoding="unicode") + "\n", encoding="utf-8")


def update(filled: dict[str, str]) -> None:
    """Bring the .ts file in line with the code; sentences that left the code leave the file."""
    known = {**read_translations(), **{source: text for source, text in filled.items() if text}}
    write_translations({source: known.get(source, "") for source in code_sources()})


def missing() -> dict[str, str]:
    """The sentences of the code that have no translation yet."""
    known = read_translations()
    return {source: "" for source in code_sources() if not known.get(source)}


def main(arguments: list[str]) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=("update", "missing", "fill"))
    parser.add_argument("file", nargs="?", type=Path)
    options = parser.parse_args(arguments)
    if options.command == "missing":
        print(json.dumps(missing(), ensure_ascii=False, indent=1))
    elif options.command == "fill":
        update(json.loads(options.file.read_text(encoding="utf-8")))
    else:
        update({})


if __name__ == "__main__":
    main(sys.argv[1:])
