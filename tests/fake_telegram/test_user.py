"""The `User` driver, with a real python-telegram-bot application on the other side of each door."""

from collections.abc import AsyncIterator

import pytest
from telegram import ReplyKeyboardMarkup

from . import FakeBotApi, User, supergroup, tiny_bot
from .tiny_bot import TinyBot


@pytest.fixture
def api() -> FakeBotApi:
    return FakeBotApi()


@pytest.fixture
def jan(api: FakeBotApi) -> User:
    return User(api, "Jan")


@pytest.fixture(params=["in-process", "http"])
async def running(api: FakeBotApi, request: pytest.FixtureRequest) -> AsyncIterator[TinyBot]:
    async with tiny_bot.behind(request.param, api) as builder, tiny_bot.running(builder) as application:
        yield application


@pytest.mark.usefixtures("running")
class TestUser:
    async def test_a_user_reads_the_visible_text_and_taps_a_button(self, api: FakeBotApi, jan: User) -> None:
        await jan.sends("/start")
        greeting = await jan.sees("Dag Jan & co")
        assert greeting.buttons == ["✂️ Korter", "Kopieer"]
        await jan.taps("korter")
        assert (await jan.sees("Dag!")).id == greeting.id
        assert await jan.sees_toast("Korter") == "Korter gemaakt"
        await jan.nothing_more(0.05)
        assert api.unanswered_taps == []
        assert api.violations == []

    async def test_a_copy_button_fills_the_clipboard(self, jan: User) -> None:
        await jan.sends("/start")
        await jan.sees("Dag Jan")
        await jan.taps("Kopieer")
        assert jan.clipboard == "Dag Piet"

    async def test_forged_callback_data_reaches_the_bot(self, jan: User) -> None:
        await jan.taps_data("draft:999:shorter")
        await jan.sees_toast("Dat mag niet")

    async def test_what_was_seen_before_an_action_does_not_count_after_it(self, jan: User) -> None:
        await jan.sends("/start")
        await jan.sees("Dag Jan")
        await jan.sees("& co")
        await jan.sends("hoi")
        with pytest.raises(AssertionError, match=r"Jan waited 0.1 s for 'Dag Jan'(?s:.*)hoi"):
            await jan.sees("Dag Jan", timeout=0.1)

    async def test_unread_messages_break_the_silence(self, jan: User) -> None:
        await jan.sends("hoi")
        with pytest.raises(AssertionError, match=r"got more: .*hoi"):
            await jan.nothing_more(2)

    async def test_replies_forwards_edits_and_media_arrive_as_such(self, api: FakeBotApi, jan: User) -> None:
        await jan.sends("een")
        first = await jan.sees("een")
        await jan.sends("twee", reply_to=first)
        await jan.sees("Antwoord op twee")
        for origin in ("hidden_user", "user", "channel"):
            await jan.forwards("boos!", sender_name="Piet", origin=origin)
            await jan.sees(f"{origin} boos!")
        message = await jan.sends("fuot")
        await jan.sees("fuot")
        await jan.edits(message, "fout")
        await jan.sees("Verbeterd: fout")
        await jan.sends_photo("bijschrift")
        await jan.sees("photo")
        await jan.sends_sticker()
        await jan.sees("sticker")
        await jan.sends_voice()
        await jan.sees("voice")
        assert api.violations == []

    async def test_a_vote_in_a_quiz_reaches_the_bot(self, jan: User) -> None:
        await jan.sends("/quiz")
        await jan.sees("Wie praat hier?")
        await jan.votes("Een burger")
        await jan.sees("Antwoord 1")

    async def test_a_button_below_the_typing_field_sends_its_text(self, jan: User, running: TinyBot) -> None:
        await running.bot.send_message(jan.id, "Kies", reply_markup=ReplyKeyboardMarkup([["👋 Stop"]]))
        await jan.taps("stop")
        await jan.sees("👋 Stop")

    async def test_a_missing_button_fails_with_what_is_shown(self, jan: User, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("tests.fake_telegram.user.PATIENCE", 0.1)
        await jan.sends("/start")
        await jan.sees("Dag Jan")
        with pytest.raises(AssertionError, match=r"no button 'Langer'(?s:.*)\[Kopieer\]"):
            await jan.taps("Langer")

    async def test_a_group_shares_one_screen_and_the_bot_only_gets_what_is_meant_for_it(self, api: FakeBotApi) -> None:
        group = supergroup()
        jan, mia = User(api, "Jan", chat=group), User(api, "Mia", chat=group)
        await jan.sends("gewoon gesprek")
        await jan.nothing_more(0.1)
        await jan.sends("/start")
        greeting = await mia.sees("Dag Jan")
        await mia.sends("en nu?", reply_to=greeting)
        await jan.sees("Antwoord op en nu?")
        await jan.sends("zeg @antwoordcoach_bot, help")
        await mia.sees("help")
        assert jan.screen == mia.screen

    async def test_with_privacy_mode_off_the_bot_reads_along_in_a_group(self, api: FakeBotApi) -> None:
        api.bot["can_read_all_group_messages"] = True
        jan = User(api, "Jan", chat=supergroup())
        await jan.sends("gewoon gesprek")
        await jan.sees("gewoon gesprek")
