"""What Telegram checks in the parameters of a call before it does anything."""

import json
import re
from typing import Any

from telegram.constants import BotCommandLimit, InlineKeyboardButtonLimit, InlineKeyboardMarkupLimit, MessageLimit

from .entities import Formatted, Json, parse_html, trim, utf16_length
from .errors import bad_request

Params = dict[str, Any]

# These stay text on the wire, also when they look like a number or a list.
_TEXTS = {
    "action", "callback_query_id", "caption", "description", "explanation", "explanation_parse_mode", "language_code",
    "parse_mode", "photo", "question", "question_parse_mode", "short_description", "text", "type", "url",
}  # fmt: skip
_BUTTON_ACTIONS = {
    "callback_data", "callback_game", "copy_text", "login_url", "pay", "switch_inline_query",
    "switch_inline_query_chosen_chat", "switch_inline_query_current_chat", "url", "web_app",
}  # fmt: skip


def decode(params: Params) -> Params:
    """Over HTTP all but text is JSON inside a string: numbers, booleans, keyboards."""
    return {key: value if key in _TEXTS else _from_json(value) for key, value in params.items()}


def _from_json(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def read_text(params: Params, key: str = "text", limit: int = MessageLimit.MAX_TEXT_LENGTH) -> Formatted:
    """The visible text with its entities; may be empty, as a caption may. Not longer than `limit` UTF-16 units."""
    source = str(params.get(key, ""))
    mode = params.get("parse_mode" if key in ("text", "caption") else f"{key}_parse_mode")
    if mode is None:
        entities = params.get("entities" if key == "text" else f"{key}_entities", [])
        formatted = trim(source, [_checked_entity(entity, source) for entity in entities])
    elif str(mode).upper() == "HTML":
        formatted = parse_html(source)
    else:
        raise bad_request(f"unsupported parse_mode {mode!r} (Telegram knows Markdown too; this fake only HTML)")
    if utf16_length(formatted.text) > limit:
        raise bad_request("message is too long" if key == "text" else f"message {key} is too long")
    return formatted


def read_full_text(params: Params) -> Formatted:
    formatted = read_text(params)
    if not formatted.text:
        raise bad_request("message text is empty")
    return formatted


def _checked_entity(entity: Json, text: str) -> Json:
    offset, length = entity.get("offset"), entity.get("length")
    if not isinstance(offset, int) or not isinstance(length, int) or "type" not in entity:
        raise bad_request("can't parse MessageEntity: type, offset and length are needed")
    if offset < 0 or length < 1 or offset + length > utf16_length(text):
        raise bad_request(f"can't parse entities: entity beyond the text at offset {offset}")
    return entity


def inline_keyboard(params: Params) -> Json | None:
    """The inline keyboard of a call, or None when it has none; an empty one removes, so that is None too."""
    markup = params.get("reply_markup")
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("can't parse reply keyboard markup JSON object")
    rows = markup.get("inline_keyboard", [])
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    buttons = [button for row in rows for button in row]
    if len(buttons) > InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER or any(
        len(row) > InlineKeyboardMarkupLimit.BUTTONS_PER_ROW for row in rows
    ):
        raise bad_request("reply markup is too long")
    for button in buttons:
        _check_button(button)
    return {"inline_keyboard": [row for row in rows if row]} if buttons else None


def _check_button(button: Json) -> None:
    if not str(button.get("text", "")).strip():
        raise bad_request("can't parse inline keyboard button: Button text must be non-empty")
    actions = _BUTTON_ACTIONS & button.keys()
    if len(actions) != 1:
        raise bad_request(f"can't parse inline keyboard button: one action is needed, found {sorted(actions)}")
    if "callback_data" in button:
        size = len(str(button["callback_data"]).encode())
        if not InlineKeyboardButtonLimit.MIN_CALLBACK_DATA <= size <= InlineKeyboardButtonLimit.MAX_CALLBACK_DATA:
            raise bad_request("BUTTON_DATA_INVALID")
    if "copy_text" in button:
        size = utf16_length(str(button["copy_text"].get("text", "")))
        if not InlineKeyboardButtonLimit.MIN_COPY_TEXT <= size <= InlineKeyboardButtonLimit.MAX_COPY_TEXT:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
    if "url" in button and not re.match(r"(https?|tg)://\S+\Z", str(button["url"])):
        raise bad_request(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")


def reply_keyboard(params: Params) -> list[str] | None:
    """Labels of the keyboard below the typing field: new ones, [] to remove it, None to leave it."""
    markup = params.get("reply_markup")
    if not isinstance(markup, dict):
        return None
    if markup.get("remove_keyboard"):
        return []
    if "keyboard" not in markup:
        return None
    buttons = [button for row in markup["keyboard"] for button in row]
    labels = [button if isinstance(button, str) else str(button.get("text", "")) for button in buttons]
    if not labels or not all(label.strip() for label in labels):
        raise bad_request("can't parse keyboard button: Button text must be non-empty")
    return labels


def command_menu(params: Params) -> list[Json]:
    commands = params.get("commands")
    if not isinstance(commands, list):
        raise bad_request("can't parse commands JSON object")
    if len(commands) > BotCommandLimit.MAX_COMMAND_NUMBER:
        raise bad_request("too many commands specified")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", str(command.get("command", "")).removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= utf16_length(str(command.get("description", ""))) <= BotCommandLimit.MAX_DESCRIPTION:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return commands
