"""`assess` and `draft` on the command line: JSON lines for machines, a readable page for a person."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator

from bot.coach import Consultation
from bot.door import assess_lines, draft_lines
from bot.incoming import Unreadable, check
from bot.loading import load_models
from bot.settings import load_house, load_settings
from bot.views.consultation import consultation_screen
from bot.views.screen import Screen, plain
from bot.views.unreadable import language_note, unreadable_screen
from models.advice import advise
from models.classifier import Classifier
from models.comment import Comment
from models.drafting.draft import Draft
from models.drafting.request import Request


def run(options: argparse.Namespace) -> int:
    settings = load_settings()
    house = load_house(settings.house_file)
    # Whoever only wants a verdict need not load what writes.
    models = load_models(settings) if options.drafts else None
    classifier = models.classifier if models else Classifier.load(error_rate=settings.error_rate)
    if options.jsonl:
        stream(
            lambda lines: (
                draft_lines(lines, classifier, models.drafter, house)
                if models
                else assess_lines(lines, classifier, house)
            )
        )
        return 0

    comment = read_comment(options.text, options.post, options.author)
    if comment is None:
        return 2
    (assessment,) = classifier.assess([comment])
    advice = advise(comment, assessment, house)
    drafts: list[Draft | None] = [None]
    if models:
        drafts = [*models.drafter.draft(Request(comment, assessment, advice, house))] or drafts
    note = language_note(comment)
    for draft in drafts:
        form = draft.channel if draft is not None else "public"
        show(consultation_screen(Consultation(0, assessment, advice, draft, form), note=note))
    return 0


def read_comment(given: str | None, post: str | None = None, author: str | None = None) -> Comment | None:
    """What was given, or else stands on stdin; None, with the reason on stderr, when it can't be read."""
    found = check(Comment((sys.stdin.read() if given is None else given).strip(), post, author))
    if isinstance(found, Unreadable):
        sys.stderr.write(plain(unreadable_screen(found).html) + "\n")
        return None
    return found


def show(screen: Screen) -> None:
    sys.stdout.write(plain(screen.html) + "\n")


def stream(door: Callable[[Iterator[str]], Iterator[str]]) -> None:
    """JSON lines from stdin through a door to stdout, each as soon as it is there."""
    # A byte that is not UTF-8 must not stop the stream: it becomes a replacement sign in its own line.
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    # Half a surrogate pair in an id goes back as the JSON escape it came in.
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    for line in door(line for line in sys.stdin if line.strip()):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
