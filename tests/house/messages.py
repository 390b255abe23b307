"""The translations: every sentence of the pages has its Dutch, and each compiled file is what its source gives."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Collection
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
LOCALE = ROOT / "locale"
SITE = ROOT / "src" / "vangnet"
TRANSLATE = re.compile(r"""{%\s*(?:translate|trans)\s+(["'])((?:(?!\1)[^\\]|\\.)*)\1""")
BLOCK = re.compile(r"{%\s*blocktranslate\b[^%]*%}(.*?){%\s*endblocktranslate\s*%}", re.DOTALL)
BLOCK_TRIMMED = re.compile(r"{%\s*blocktranslate\b([^%]*)%}")
CALL = re.compile(
    r"""\b(?:_|gettext|gettext_lazy|pgettext)\(\s*((?:(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\s*)+)\)"""
)
LITERAL = re.compile(r""""((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'""")


def wanted() -> set[str]:
    """Give every English sentence that pages and programs ask a translation for."""
    found: set[str] = set()
    for path in SITE.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        found |= {words for _, words in TRANSLATE.findall(text)}
        for options, body in zip(BLOCK_TRIMMED.findall(text), BLOCK.findall(text), strict=True):
            found.add(_block(body, trimmed="trimmed" in options))
    for path in SITE.rglob("*.py"):
        for literals in CALL.findall(path.read_text(encoding="utf-8")):
            found.add("".join(one or other for one, other in LITERAL.findall(literals)))
    return {text.replace('\\"', '"') for text in found}


def _block(body: str, *, trimmed: bool) -> str:
    lines = " ".join(line.strip() for line in body.strip().splitlines()) if trimmed else body
    return re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", lines.replace("%", "%%"))


def catalogue(language: str) -> Catalog:
    """Read the translations of one language."""
    with (LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as source:
        return read_po(source, locale=language)


def compiled(language: str) -> bytes:
    """Compile the translations of one language; the same source always gives the same bytes."""
    out = io.BytesIO()
    write_mo(out, catalogue(language))
    return out.getvalue()


def untranslated() -> list[str]:
    """Give every sentence without Dutch."""
    dutch = {str(one.id): one.string for one in catalogue("nl") if one.id}
    return sorted(text for text in wanted() if not dutch.get(text))


def unwanted(language: str) -> list[str]:
    """Give every sentence that is translated and that no page or program asks for."""
    asked = wanted()
    return sorted(str(one.id) for one in catalogue(language) if one.id and one.id not in asked)


def without(text: str, sentences: Collection[str]) -> str:
    """Leave out of the text of a .po file what nobody asks for."""
    blocks = text.rstrip("\n").split("\n\n")
    kept = (block for block in blocks if not {str(one.id) for one in _read(block)} & set(sentences))
    return "\n\n".join(kept) + "\n"


def _read(block: str) -> list[Message]:
    found = read_po(io.BytesIO(block.encode()))
    return [one for one in found if one.id]


def main() -> int:
    """Check, or with --write leave out what nobody asks for and compile; exit 1 where something is missing or stale."""
    stale = 0
    for language in ("nl", "en"):
        source = LOCALE / language / "LC_MESSAGES" / "django.po"
        gone = unwanted(language)
        if gone and "--write" in sys.argv:
            source.write_text(without(source.read_text(encoding="utf-8"), gone), encoding="utf-8")
        elif gone:
            print(f"{source.relative_to(ROOT)}: nobody asks for {', '.join(map(repr, gone))}; run make messages.")
            stale += 1
    for language in ("nl", "en"):
        target = LOCALE / language / "LC_MESSAGES" / "django.mo"
        if "--write" in sys.argv:
            target.write_bytes(compiled(language))
        elif target.read_bytes() != compiled(language):
            print(f"{target.relative_to(ROOT)} is not what its .po gives; run make messages.")
            stale += 1
    for text in untranslated():
        print(f"no Dutch for: {text!r}")
        stale += 1
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
