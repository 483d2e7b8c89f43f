"""Somebody's own reply or post, read on request: the same for Telegram and the terminal."""

from __future__ import annotations

import re

from bot.coach import Coach
from bot.incoming import Unreadable, check, parse
from bot.views.checked import checked_screen
from bot.views.coached import coached_screen
from bot.views.screen import Screen
from bot.views.unreadable import unreadable_screen
from models.comment import Comment
from prompts.texts import text

_REPLY = re.compile(r"^\s*antwoord\s*:", re.IGNORECASE | re.MULTILINE)


async def coached(coach: Coach, user_id: int, given: str, case_id: int | None) -> Screen:
    """Feedback on a reply: to the comment of a case, or to the comment that stands above `Antwoord:`."""
    parts = _REPLY.split(given, maxsplit=1)
    if not given.strip() or (case_id is None and len(parts) == 1):
        return Screen(text("coached.how"))
    comment: Comment | int | Unreadable = case_id if case_id is not None else parse(parts[0])
    reply = check(Comment(parts[-1].strip()))
    for read in (comment, reply):
        if isinstance(read, Unreadable):
            return unreadable_screen(read)
    assert isinstance(reply, Comment) and not isinstance(comment, Unreadable)
    return coached_screen(await coach.read_reply(user_id, comment, reply.text), reply.text)


async def checked(coach: Coach, user_id: int, given: str) -> Screen:
    """Feedback on a post."""
    if not given.strip():
        return Screen(text("checked.how"))
    post = check(Comment(given.strip()))
    if isinstance(post, Unreadable):
        return unreadable_screen(post)
    return checked_screen(await coach.check_post(user_id, post.text), post.text)
