"""Text as Telegram counts it (UTF-16 units) and parses it (parse_mode HTML).

Error texts follow TDLib's own. Two things are stricter here than at Telegram, because its documentation forbids what
its parser lets pass: a bare `&` or `>`, and `<a>` without href.
"""

import html
import re
from typing import Any, NamedTuple

from .errors import bad_request

Json = dict[str, Any]

_TAGS = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    **dict.fromkeys(("span", "tg-spoiler"), "spoiler"),
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_TOKEN = re.compile(
    r"""<(?:[^>"']|"[^"]*"|'[^']*')*>?|&(?:\#x[0-9a-fA-F]+|\#[0-9]+|lt|gt|amp|quot);|[&>]|[^<>&]+""", re.VERBOSE
)
_ATTRIBUTE = re.compile(r"""\s+([^\s=>]+)(\s*=\s*)?("[^"]*"|'[^']*'|[\w.-]+)?""")
_DETECTED = {
    "bot_command": re.compile(r"(?<![\w/@])/[A-Za-z0-9_]{1,32}(?:@\w+)?(?![\w/])"),
    "mention": re.compile(r"(?<![\w/])@[A-Za-z]\w{3,31}"),
    "url": re.compile(r"https?://\S+"),
}


class Formatted(NamedTuple):
    """What a reader sees, and where it is bold, a link, …"""

    text: str
    entities: list[Json]


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def detect_entities(text: str) -> list[Json]:
    """Commands, mentions and links that Telegram marks in what a person types."""
    found = [(match, kind) for kind, pattern in _DETECTED.items() for match in pattern.finditer(text)]
    return [
        {"type": kind, "offset": utf16_length(text[: match.start()]), "length": utf16_length(match[0])}
        for match, kind in sorted(found, key=lambda pair: pair[0].start())
    ]


def trim(text: str, entities: list[Json]) -> Formatted:
    """Telegram drops white space around a message, and moves the entities along."""
    lead = len(text) - len(text.lstrip())
    text = text.strip()
    size = utf16_length(text)
    kept = []
    for entity in entities:
        start = max(entity["offset"] - lead, 0)
        end = min(entity["offset"] + entity["length"] - lead, size)
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    return Formatted(text, sorted(kept, key=lambda entity: (entity["offset"], -entity["length"])))


def parse_html(source: str) -> Formatted:
    """Raises a 400 for what Telegram would not parse."""
    text = ""
    entities: list[Json] = []
    still_open: list[tuple[str, Json]] = []
    for match in _TOKEN.finditer(source):
        token, offset = match[0], len(source[: match.start()].encode())
        if token in ("&", ">"):
            raise _cannot_parse(f'Unescaped "{token}" at byte offset {offset}')
        if token.startswith("</"):
            entity = _close(token, still_open, offset)
            entity["length"] = utf16_length(text) - entity["offset"]
            _add(entity, entities)
        elif token.startswith("<"):
            tag, entity = _open(token, offset)
            still_open.append((tag, {**entity, "offset": utf16_length(text)}))
        else:
            text += html.unescape(token) if token.startswith("&") else token
    if still_open:
        raise _cannot_parse(f'Can\'t find end tag corresponding to start tag "{still_open[-1][0]}"')
    return trim(text, entities)


def _open(token: str, offset: int) -> tuple[str, Json]:
    name, *_ = re.split(r"[\s>]", token[1:], maxsplit=1)
    tag = name.lower()
    if tag not in _TAGS:
        raise _cannot_parse(f'Unsupported start tag "{tag}" at byte offset {offset}')
    if not token.endswith(">"):
        raise _cannot_parse(f"Unclosed start tag at byte offset {offset}")
    attributes: dict[str, str] = {}
    for key, equals, value in _ATTRIBUTE.findall(token[1 + len(name) : -1]):
        if not equals and (tag, key) != ("blockquote", "expandable"):
            raise _cannot_parse(
                f'Expected equal sign in declaration of an attribute of the tag "{tag}" at byte offset {offset}'
            )
        attributes[key.lower()] = html.unescape(value[1:-1]) if value[:1] in ("'", '"') else value.lower()
    return tag, _entity(tag, attributes, offset)


def _entity(tag: str, attributes: dict[str, str], offset: int) -> Json:
    if tag == "span" and attributes.get("class") != "tg-spoiler":
        raise _cannot_parse(f'Tag "span" must have class "tg-spoiler" at byte offset {offset}')
    if tag == "a":
        if not attributes.get("href"):
            raise _cannot_parse(f'Tag "a" must have attribute "href" at byte offset {offset}')
        return {"type": "text_link", "url": attributes["href"]}
    if tag == "blockquote" and "expandable" in attributes:
        return {"type": "expandable_blockquote"}
    if tag == "code" and attributes.get("class", "").startswith("language-"):
        return {"type": "code", "language": attributes["class"].removeprefix("language-")}
    return {"type": _TAGS[tag]}


def _close(token: str, still_open: list[tuple[str, Json]], offset: int) -> Json:
    if not still_open:
        raise _cannot_parse(f"Unexpected end tag at byte offset {offset}")
    if not token.endswith(">"):
        raise _cannot_parse(f"Unclosed end tag at byte offset {offset}")
    expected, entity = still_open.pop()
    found = token[2:-1].strip().lower()
    if found != expected:
        raise _cannot_parse(f'Unmatched end tag at byte offset {offset}, expected "</{expected}>", found "</{found}>"')
    return entity


def _add(entity: Json, entities: list[Json]) -> None:
    """`<pre><code class="language-…">` is one entity: a pre with a language."""
    if entity["type"] == "pre" and entities:
        last = entities[-1]
        if last == {**entity, "type": "code", "language": last.get("language")}:
            entity["language"] = entities.pop()["language"]
    entities.append(entity)


def _cannot_parse(reason: str) -> Exception:
    return bad_request(f"can't parse entities: {reason}")
