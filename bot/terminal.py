"""The same coach without Telegram: the same services and screens, read and typed in a terminal."""

from __future__ import annotations

import asyncio
import select
import sys
from collections.abc import Iterator
from typing import TextIO

from bot.coach import CaseGone, Coach, TextGone
from bot.incoming import Unreadable, parse
from bot.own_words import checked, coached
from bot.views.consultation import consultation_screen, more_screen, why_screen, wrong_screen
from bot.views.erased import erased_screen
from bot.views.screen import Button, Screen, plain
from bot.views.unreadable import language_note, unreadable_screen
from models.comment import Comment
from prompts.reading import labels
from prompts.texts import text

# Everybody at one terminal is the same user; Telegram ids are positive.
LOCAL_USER = 0


async def converse(coach: Coach, retention_days: int, stdin: TextIO = sys.stdin, stdout: TextIO = sys.stdout) -> None:
    """Read comments and choices until the end of input."""
    terminal = _Terminal(coach, retention_days, stdout)
    terminal.show(Screen(text("terminal_welcome")))
    messages = _messages(stdin, stdout)
    while (message := await asyncio.to_thread(next, messages, None)) is not None:
        await terminal.hear(message)
    terminal.show(Screen(text("terminal_bye")))


class _Terminal:
    def __init__(self, coach: Coach, retention_days: int, stdout: TextIO) -> None:
        self._coach, self._days, self._stdout = coach, retention_days, stdout
        self._buttons: list[Button] = []

    def show(self, screen: Screen) -> None:
        print(plain(screen.html), file=self._stdout)
        if screen.buttons:
            self._buttons = [button for row in screen.buttons for button in row]
            choices = " · ".join(f"{number} {button.label}" for number, button in enumerate(self._buttons, 1))
            print(plain(text("terminal_choices", choices=choices)), file=self._stdout)
        print(file=self._stdout, flush=True)

    async def hear(self, message: str) -> None:
        command = message.strip()
        if command.isdecimal() and 1 <= int(command) <= len(self._buttons):
            await self._press(self._buttons[int(command) - 1].data)
        elif command in ("/start", "/help"):
            self.show(Screen(text(command.removeprefix("/"))))
        elif command == "/privacy":
            self.show(Screen(text("privacy", days=self._days)))
        elif command == "/vergeetmij":
            self.show(erased_screen(await self._coach.forget(LOCAL_USER)))
        elif command.startswith("/coach"):
            self.show(await coached(self._coach, LOCAL_USER, command.removeprefix("/coach"), None))
        elif command.startswith("/check"):
            self.show(await checked(self._coach, LOCAL_USER, command.removeprefix("/check")))
        elif command.startswith("/"):
            self.show(Screen(text("unknown_command")))
        else:
            await self._comment(parse(message))

    async def _comment(self, parsed: Comment | Unreadable) -> None:
        if isinstance(parsed, Unreadable):
            return self.show(unreadable_screen(parsed))
        consultation = await self._coach.consider(LOCAL_USER, LOCAL_USER, parsed)
        self.show(consultation_screen(consultation, note=language_note(parsed)))

    async def _press(self, data: str) -> None:
        action, case, *value = data.split(":")
        try:
            self.show(await self._pressed(action, int(case), value[0] if value else ""))
        except CaseGone:
            self.show(Screen(text("case_gone")))
        except TextGone:
            self.show(Screen(text("text_gone")))

    async def _pressed(self, action: str, case: int, value: str) -> Screen:
        if action == "draft":
            consultation = await self._coach.redraft(case, LOCAL_USER, value)
            if consultation.draft is None:
                troll = consultation.assessment.speaker == "troll"
                return Screen(text("no_private_draft" if troll and value == "private" else "no_more_drafts"))
            return consultation_screen(consultation)
        if action == "copy":
            return Screen(text("bare", draft=await self._coach.draft_text(case, LOCAL_USER, int(value))))
        if action == "label":
            await self._coach.correct(case, LOCAL_USER, value)
            return Screen(text("wrong_thanks", speaker=labels()["speaker"][value]))
        consultation = await self._coach.recall(case, LOCAL_USER)
        if action == "more":
            return more_screen(consultation)
        if action == "why":
            return why_screen(consultation, self._coach.models.classifier.config.policy)
        return wrong_screen(consultation) if action == "wrong" else consultation_screen(consultation)


def _messages(stdin: TextIO, stdout: TextIO) -> Iterator[str]:
    """Messages as a person means them.

    At a keyboard, lines that arrive together were pasted together. From a pipe each line is a message, and header lines
    (`Post:`, `Naam:`) go with the line after them.
    """
    typed = stdin.isatty()
    while True:
        if typed:
            print(text("terminal_prompt"), end="", file=stdout, flush=True)
        line = stdin.readline()
        if not line:
            return
        while (typed and select.select([stdin], [], [], 0.05)[0]) or _is_header(line):
            more = stdin.readline()
            if not more:
                break
            line = line.rstrip("\n") + "\n" + more
        if line.strip() or typed:
            yield line.strip()


def _is_header(text: str) -> bool:
    """Whether the last line so far is a header, so that the comment is still to come."""
    return text.rstrip("\n").rsplit("\n", 1)[-1].lower().startswith(("post:", "naam:"))
