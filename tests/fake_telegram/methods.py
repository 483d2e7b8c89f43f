"""The methods of the Bot API that this fake knows. Each takes the decoded parameters and returns Telegram's result."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from telegram.constants import (
    BotDescriptionLimit,
    CallbackQueryLimit,
    ChatAction,
    MessageLimit,
    PollLimit,
)

from .checks import Params, command_menu, inline_keyboard, read_full_text, read_text, reply_keyboard
from .entities import Formatted, Json, utf16_length
from .errors import bad_request
from .messages import photo

if TYPE_CHECKING:
    from .api import FakeBotApi

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


def get_me(api: FakeBotApi, params: Params) -> Json:
    return api.bot


def delete_webhook(api: FakeBotApi, params: Params) -> bool:
    if params.get("drop_pending_updates"):
        api.updates.clear()
    return True


def send_message(api: FakeBotApi, params: Params) -> Json:
    return _send(api, params, _content("text", read_full_text(params)))


def send_photo(api: FakeBotApi, params: Params) -> Json:
    if not params.get("photo"):
        raise bad_request("there is no photo in the request")
    caption = _content("caption", read_text(params, "caption", MessageLimit.CAPTION_LENGTH))
    return _send(api, params, {"photo": photo("sent"), **caption})


def send_poll(api: FakeBotApi, params: Params) -> Json:
    question = read_text(params, "question", PollLimit.MAX_QUESTION_LENGTH).text
    if not question:
        raise bad_request("poll question must be non-empty")
    explanation = read_text(params, "explanation", PollLimit.MAX_EXPLANATION_LENGTH).text
    options = [str(option["text"]).strip() for option in params.get("options", [])]
    if not 1 <= len(options) <= PollLimit.MAX_OPTION_NUMBER:
        raise bad_request(f"poll can't have {len(options)} options")
    if not all(1 <= utf16_length(option) <= PollLimit.MAX_OPTION_LENGTH for option in options):
        raise bad_request("poll options length must be between 1 and 100")
    quiz = params.get("type") == "quiz"
    correct = params.get("correct_option_ids", [])
    if quiz and not (correct and all(index in range(len(options)) for index in correct)):
        raise bad_request("wrong correct option ID specified")
    poll: Json = {
        "id": f"poll-{len(api.polls) + 1}",
        "question": question,
        "options": [{"text": text, "voter_count": 0, "persistent_id": str(i)} for i, text in enumerate(options)],
        "total_voter_count": 0,
        "is_closed": bool(params.get("is_closed")),
        "is_anonymous": params.get("is_anonymous", True),
        "type": "quiz" if quiz else "regular",
        "allows_multiple_answers": bool(params.get("allows_multiple_answers")),
        "allows_revoting": bool(params.get("allows_revoting")),
        "members_only": False,
        **({"correct_option_ids": correct} if quiz else {}),
        **({"explanation": explanation} if explanation else {}),
    }
    message = _send(api, params, {"poll": poll})
    api.polls[poll["id"]] = poll
    return message


def edit_message_text(api: FakeBotApi, params: Params) -> Json:
    content = _content("text", read_full_text(params))
    message = _editable(api, params)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    # Telegram takes the keyboard away when an edit comes without one.
    return _edit(api, message, content, inline_keyboard(params))


def edit_message_reply_markup(api: FakeBotApi, params: Params) -> Json:
    message = _editable(api, params)
    content: Json = {key: message[key] for key in ("text", "entities") if key in message}
    return _edit(api, message, content, inline_keyboard(params))


def delete_message(api: FakeBotApi, params: Params) -> bool:
    chat = _chat(api, params)
    if api.messages.pop((chat["id"], params.get("message_id", 0)), None) is None:
        raise bad_request("message to delete not found")
    return True


def send_chat_action(api: FakeBotApi, params: Params) -> bool:
    chat, action = _chat(api, params), params.get("action")
    if action not in set(ChatAction):
        raise bad_request("wrong parameter action in request")
    api.chat_actions.append((chat["id"], action))
    return True


def answer_callback_query(api: FakeBotApi, params: Params) -> bool:
    query_id = params.get("callback_query_id", "")
    if query_id not in api.taps:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if utf16_length(params.get("text", "")) > CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH:
        raise bad_request("MESSAGE_TOO_LONG")
    api.answers.setdefault(query_id, []).append(params)
    return True


def set_my_commands(api: FakeBotApi, params: Params) -> bool:
    api.commands[_menu(params)] = command_menu(params)
    return True


def get_my_commands(api: FakeBotApi, params: Params) -> list[Json]:
    return api.commands.get(_menu(params), [])


def set_my_description(api: FakeBotApi, params: Params) -> bool:
    return _describe(api, params, "description", BotDescriptionLimit.MAX_DESCRIPTION_LENGTH)


def set_my_short_description(api: FakeBotApi, params: Params) -> bool:
    return _describe(api, params, "short_description", BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH)


METHODS: dict[str, Callable[[FakeBotApi, Params], Any]] = {
    "getMe": get_me,
    "deleteWebhook": delete_webhook,
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendPoll": send_poll,
    "editMessageText": edit_message_text,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "sendChatAction": send_chat_action,
    "answerCallbackQuery": answer_callback_query,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "setMyDescription": set_my_description,
    "setMyShortDescription": set_my_short_description,
}


def _send(api: FakeBotApi, params: Params, content: Json) -> Json:
    chat = _chat(api, params)
    inline, below = inline_keyboard(params), reply_keyboard(params)
    if inline:
        content = {**content, "reply_markup": inline}
    message = api.new_message(chat, api.bot, content, reply_to=_reply_to(api, chat, params))
    if below is not None:
        api.keyboards[chat["id"]] = below
    api.show("new", message)
    return message


def _reply_to(api: FakeBotApi, chat: Json, params: Params) -> Json | None:
    reply = params.get("reply_parameters") or {}
    message = api.messages.get((chat["id"], reply.get("message_id", 0)))
    if reply and message is None and not reply.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return message


def _edit(api: FakeBotApi, message: Json, content: Json, markup: Json | None) -> Json:
    same_content = content == {key: message[key] for key in ("text", "entities") if key in message}
    if same_content and markup == message.get("reply_markup"):
        raise bad_request(NOT_MODIFIED)
    kept = {key: value for key, value in message.items() if key not in ("text", "entities", "reply_markup")}
    edited = {**kept, **content, "edit_date": api.now()}
    if markup:
        edited["reply_markup"] = markup
    api.messages[message["chat"]["id"], message["message_id"]] = edited
    api.show("markup" if same_content else "text", edited)
    return edited


def _editable(api: FakeBotApi, params: Params) -> Json:
    message = api.messages.get((_chat(api, params)["id"], params.get("message_id", 0)))
    if message is None:
        raise bad_request("message to edit not found")
    if message["from"]["id"] != api.bot["id"]:
        raise bad_request("message can't be edited")
    return message


def _chat(api: FakeBotApi, params: Params) -> Json:
    if "chat_id" not in params:
        raise bad_request("chat_id is empty")
    chat = api.chats.get(params["chat_id"])
    if chat is None:
        raise bad_request("chat not found")
    return chat


def _content(key: str, formatted: Formatted) -> Json:
    content: Json = {key: formatted.text} if formatted.text else {}
    if formatted.entities:
        content["entities" if key == "text" else f"{key}_entities"] = formatted.entities
    return content


def _menu(params: Params) -> tuple[str, str]:
    return (params.get("scope") or {}).get("type", "default"), params.get("language_code", "")


def _describe(api: FakeBotApi, params: Params, key: str, limit: int) -> bool:
    text = params.get(key, "")
    if utf16_length(text) > limit:
        raise bad_request(f"{key} is too long")
    api.descriptions[key, params.get("language_code", "")] = text
    return True
