"""`assess` and `draft` on the command line: JSON lines for machines, a readable page for a person."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator

from bot.coach import Consultation
from bot.door import assess_lines, draft_lines
from bot.incoming import Unreadable, check
from bot.running import build_composer
from bot.settings import load_house, load_settings
from bot.views.consultation import consultation_screen
from bot.views.screen import plain
from bot.views.unreadable import language_note, unreadable_screen
from models.advice import advise
from models.classifier import Classifier
from models.comment import Comment
from models.drafting.draft import Draft


def run(options: argparse.Namespace) -> int:
    settings = load_settings()
    house = load_house(settings.house_file)
    classifier = Classifier.load(error_rate=settings.error_rate)
    if options.jsonl:
        composer = build_composer(classifier)
        stream(
            lambda lines: (
                draft_lines(lines, classifier, composer, house)
                if options.drafts
                else assess_lines(lines, classifier, house)
            )
        )
        return 0

    given = options.text if options.text is not None else sys.stdin.read()
    comment = check(Comment(given.strip(), options.post, options.author))
    if isinstance(comment, Unreadable):
        sys.stderr.write(plain(unreadable_screen(comment).html) + "\n")
        return 2
    (assessment,) = classifier.assess([comment])
    advice = advise(assessment, house)
    drafts: list[Draft | None] = [None]
    if options.drafts:
        drafts = [*build_composer(classifier).draft(comment, assessment, advice, house, count=3)] or drafts
    note = language_note(comment)
    for draft in drafts:
        form = draft.channel if draft is not None else "public"
        consultation = Consultation(0, assessment, advice, draft, form)
        sys.stdout.write(plain(consultation_screen(consultation, note=note).html) + "\n")
    return 0


def stream(door: Callable[[Iterator[str]], Iterator[str]]) -> None:
    """JSON lines from stdin through a door to stdout, each as soon as it is there."""
    # A byte that is not UTF-8 must not stop the stream: it becomes a replacement sign in its own line.
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    # Half a surrogate pair in an id goes back as the JSON escape it came in.
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    for line in door(line for line in sys.stdin if line.strip()):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
