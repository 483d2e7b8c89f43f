"""The fake is as strict as Telegram, through both doors; otherwise the tests that lean on it prove nothing."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity, ReplyParameters
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter

from tests.fake_telegram import FakeBotApi, InProcessRequest, User, tiny_bot
from tests.fake_telegram.tiny_bot import BUTTONS


@pytest.fixture
def api() -> FakeBotApi:
    return FakeBotApi()


@pytest.fixture
def jan(api: FakeBotApi) -> User:
    return User(api, "Jan")


@pytest.fixture(params=["in-process", "http"])
async def bot(api: FakeBotApi, request: pytest.FixtureRequest) -> AsyncIterator[Bot]:
    async with tiny_bot.behind(request.param, api) as builder, builder.build().bot as bot:
        yield bot


async def refuses(awaitable: Any, api: FakeBotApi, reason: str) -> None:
    with pytest.raises(BadRequest) as error:
        await awaitable
    assert reason.casefold() in str(error.value).casefold()
    assert len(api.violations) == 1
    assert reason.casefold() in api.violations[0].casefold()


class TestStrictness:
    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("a < b", 'Unsupported start tag "" at byte offset 2'),
            ("é <h1>Kop</h1>", 'Unsupported start tag "h1" at byte offset 3'),
            ("regel<br/>", 'Unsupported start tag "br/" at byte offset 5'),
            ("<b>vet", 'Can\'t find end tag corresponding to start tag "b"'),
            ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
            ("x</b>", "Unexpected end tag at byte offset 1"),
            ("<b", "Unclosed start tag at byte offset 0"),
            ("Jan & Piet", 'Unescaped "&" at byte offset 4'),
            ("&nbsp;", 'Unescaped "&" at byte offset 0'),
            ("2 > 1", 'Unescaped ">" at byte offset 2'),
            ('<span class="rood">x</span>', 'Tag "span" must have class "tg-spoiler"'),
            ("<a>x</a>", 'Tag "a" must have attribute "href"'),
            ("<b vet>x</b>", 'Expected equal sign in declaration of an attribute of the tag "b"'),
        ],
    )
    async def test_html_that_telegram_cannot_parse_is_refused(
        self, api: FakeBotApi, bot: Bot, jan: User, text: str, reason: str
    ) -> None:
        await refuses(bot.send_message(jan.id, text, parse_mode="HTML"), api, f"can't parse entities: {reason}")

    async def test_all_tags_that_telegram_allows_are_accepted_and_become_entities(
        self, api: FakeBotApi, bot: Bot, jan: User
    ) -> None:
        message = await bot.send_message(
            jan.id,
            "  😀<b>a</b><strong>b</strong><i>c</i><em>d</em><u>e</u><ins>f</ins><s>g</s><strike>h</strike><del>i</del>"
            '<span class="tg-spoiler">j</span><tg-spoiler>k</tg-spoiler><a href="https://x.be/?a=1&amp;b=2">l</a>'
            '<code>m</code><pre><code class="language-py">n</code></pre><blockquote>o</blockquote>'
            "<blockquote expandable>p</blockquote>&lt;&gt;&amp;&quot;&#39;&#x27;\n",
            parse_mode="HTML",
        )
        assert message.text == "😀abcdefghijklmnop<>&\"''"
        kinds = "bold bold italic italic underline underline strikethrough strikethrough strikethrough spoiler spoiler"
        rest = "text_link code pre blockquote expandable_blockquote"
        assert [entity.type for entity in message.entities] == f"{kinds} {rest}".split()
        assert message.parse_entity(message.entities[0]) == "a"
        assert message.entities[11].url == "https://x.be/?a=1&b=2"
        assert message.entities[13].language == "py"
        assert api.violations == []

    async def test_a_text_is_measured_in_utf16_units_after_the_tags_are_gone(
        self, api: FakeBotApi, bot: Bot, jan: User
    ) -> None:
        await bot.send_message(jan.id, f"<b>{'&amp;' * 4096}</b>", parse_mode="HTML")
        await bot.send_message(jan.id, "😀" * 2048)
        await refuses(bot.send_message(jan.id, "😀" * 2048 + "!"), api, "message is too long")

    @pytest.mark.parametrize(("text", "mode"), [("", None), (" \n ", None), ("<b> </b>", "HTML")])
    async def test_a_text_without_anything_to_see_is_refused(
        self, api: FakeBotApi, bot: Bot, jan: User, text: str, mode: str | None
    ) -> None:
        await refuses(bot.send_message(jan.id, text, parse_mode=mode), api, "message text is empty")

    async def test_markdown_is_refused_because_the_fake_cannot_check_it(
        self, api: FakeBotApi, bot: Bot, jan: User
    ) -> None:
        await refuses(bot.send_message(jan.id, "*vet*", parse_mode="MarkdownV2"), api, "unsupported parse_mode")

    async def test_an_entity_beyond_the_text_is_refused(self, api: FakeBotApi, bot: Bot, jan: User) -> None:
        entity = MessageEntity(MessageEntity.BOLD, offset=2, length=2)
        await refuses(bot.send_message(jan.id, "abc", entities=[entity]), api, "can't parse entities")

    async def test_callback_data_is_at_most_64_bytes(self, api: FakeBotApi, bot: Bot, jan: User) -> None:
        await bot.send_message(jan.id, "x", reply_markup=_one_button(callback_data="é" * 32))
        too_long = _one_button(callback_data="é" * 32 + "!")
        await refuses(bot.send_message(jan.id, "x", reply_markup=too_long), api, "BUTTON_DATA_INVALID")

    async def test_a_button_needs_something_to_do(self, api: FakeBotApi, bot: Bot, jan: User) -> None:
        await refuses(bot.send_message(jan.id, "x", reply_markup=_one_button()), api, "one action is needed")

    async def test_a_button_with_a_broken_link_is_refused(self, api: FakeBotApi, bot: Bot, jan: User) -> None:
        markup = _one_button(url="geen adres")
        await refuses(bot.send_message(jan.id, "x", reply_markup=markup), api, "Wrong HTTP URL")

    async def test_an_edit_that_changes_nothing_is_refused(self, api: FakeBotApi, bot: Bot, jan: User) -> None:
        message = await bot.send_message(jan.id, "<b>x</b>", parse_mode="HTML", reply_markup=BUTTONS)
        await message.edit_text("x", reply_markup=BUTTONS)
        await refuses(message.edit_text("x", reply_markup=BUTTONS), api, "message is not modified: ")

    async def test_an_edit_without_keyboard_takes_the_keyboard_away(self, bot: Bot, jan: User) -> None:
        message = await bot.send_message(jan.id, "x", reply_markup=BUTTONS)
        assert jan.screen[-1].buttons == ["✂️ Korter", "Kopieer"]
        await message.edit_text("y")
        assert jan.screen[-1].buttons == []

    async def test_removing_a_keyboard_twice_is_refused(self, api: FakeBotApi, bot: Bot, jan: User) -> None:
        message = await bot.send_message(jan.id, "x", reply_markup=BUTTONS)
        await message.edit_reply_markup(None)
        await refuses(message.edit_reply_markup(None), api, "message is not modified")

    async def test_an_unknown_message_can_not_be_edited_deleted_or_replied_to(
        self, api: FakeBotApi, bot: Bot, jan: User
    ) -> None:
        reply = ReplyParameters(99)
        for call, reason in [
            (bot.edit_message_text("x", jan.id, 99), "message to edit not found"),
            (bot.delete_message(jan.id, 99), "message to delete not found"),
            (bot.send_message(jan.id, "x", reply_parameters=reply), "message to be replied not found"),
            (bot.send_message(4, "x"), "chat not found"),
        ]:
            api.violations.clear()
            await refuses(call, api, reason)

    async def test_a_message_of_somebody_else_can_not_be_edited(self, api: FakeBotApi, bot: Bot, jan: User) -> None:
        message = await jan.sends("van mij")
        await refuses(bot.edit_message_text("x", jan.id, message.id), api, "message can't be edited")

    async def test_a_deleted_message_leaves_the_screen(self, bot: Bot, jan: User) -> None:
        message = await bot.send_message(jan.id, "weg ermee")
        await message.delete()
        assert jan.screen == []

    async def test_a_tap_that_never_was_can_not_be_answered(self, api: FakeBotApi, bot: Bot) -> None:
        await refuses(bot.answer_callback_query("17"), api, "query is too old")

    async def test_an_unknown_method_is_not_found_and_recorded(self, api: FakeBotApi, bot: Bot, jan: User) -> None:
        with pytest.raises(InvalidToken, match="Not Found"):
            await bot.send_dice(jan.id)
        assert len(api.violations) == 1
        assert api.violations[0].startswith("sendDice: ")

    async def test_a_wrong_token_is_unauthorized(self, api: FakeBotApi) -> None:
        bot = Bot("123456:wrong", request=InProcessRequest(api), get_updates_request=InProcessRequest(api))
        with pytest.raises(InvalidToken, match="Unauthorized"):
            await bot.get_me()

    async def test_the_command_menu_is_checked_and_kept_per_language(self, api: FakeBotApi, bot: Bot) -> None:
        await bot.set_my_commands([BotCommand("hulp", "Wat kan ik?")], language_code="nl")
        assert api.menu("nl") == {"hulp": "Wat kan ik?"}
        assert (await bot.get_my_commands(language_code="nl"))[0].command == "hulp"
        assert await bot.get_my_commands() == ()
        await refuses(bot.set_my_commands([BotCommand("Hulp!", "x")]), api, "BOT_COMMAND_INVALID")

    async def test_descriptions_have_a_limit(self, api: FakeBotApi, bot: Bot) -> None:
        await bot.set_my_description("é" * 512)
        await bot.set_my_short_description("kort", language_code="nl")
        assert api.descriptions["short_description", "nl"] == "kort"
        await refuses(bot.set_my_short_description("x" * 121), api, "short_description is too long")

    async def test_a_photo_can_be_uploaded_and_its_caption_is_checked(
        self, api: FakeBotApi, bot: Bot, jan: User
    ) -> None:
        await bot.send_photo(jan.id, b"not really a picture", caption="<b>Kijk</b>", parse_mode="HTML")
        assert jan.screen[-1].text == "Kijk"
        await refuses(bot.send_photo(jan.id, b"x", caption="x" * 1025), api, "message caption is too long")

    async def test_a_quiz_needs_a_right_answer(self, api: FakeBotApi, bot: Bot, jan: User) -> None:
        quiz = bot.send_poll(jan.id, "Wie?", ["a", "b"], type="quiz", correct_option_ids=[2])
        await refuses(quiz, api, "wrong correct option ID")

    async def test_a_chat_action_is_seen_and_checked(self, api: FakeBotApi, bot: Bot, jan: User) -> None:
        await bot.send_chat_action(jan.id, "typing")
        assert api.chat_actions == [(jan.id, "typing")]
        await refuses(bot.send_chat_action(jan.id, "dancing"), api, "wrong parameter action")


class TestFaults:
    @pytest.mark.parametrize(
        ("status", "description", "error"),
        [
            (403, "Forbidden: bot was blocked by the user", Forbidden),
            (502, "Bad Gateway", NetworkError),
            (400, "Bad Request: message can't be edited", BadRequest),
        ],
    )
    async def test_a_scripted_fault_strikes_once_and_is_no_violation(
        self, api: FakeBotApi, bot: Bot, jan: User, status: int, description: str, error: type[Exception]
    ) -> None:
        api.fail_next("sendMessage", status, description)
        with pytest.raises(error):
            await bot.send_message(jan.id, "x")
        await bot.send_message(jan.id, "x")
        assert api.violations == []

    async def test_flood_control_says_how_long_to_wait(
        self, api: FakeBotApi, bot: Bot, jan: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # Without it PTB 22.8 warns that retry_after will change its type, and a warning is an error here.
        monkeypatch.setenv("PTB_TIMEDELTA", "1")
        api.fail_next("sendMessage", 429, "Too Many Requests: retry after 7", retry_after=7, times=2)
        for _ in range(2):
            with pytest.raises(RetryAfter, match="Retry in 0:00:07"):
                await bot.send_message(jan.id, "x")
        await bot.send_message(jan.id, "x")


def _one_button(**action: Any) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("Knop", **action)]])
