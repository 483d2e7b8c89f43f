"""`coach` and `check` on the command line: JSON lines for machines, a readable page for a person."""

from __future__ import annotations

import argparse
import sys

from bot.batch import stream
from bot.coaching_door import check_lines, coach_lines
from bot.incoming import Unreadable, check
from bot.running import build_composer
from bot.settings import load_house, load_settings
from bot.views.checked import checked_screen
from bot.views.coached import coached_screen
from bot.views.screen import Screen, plain
from bot.views.unreadable import unreadable_screen
from models.advice import advise
from models.classifier import Classifier
from models.coaching.coach import DraftCoach, OwnReply
from models.coaching.post_check import PostCheck
from models.comment import Comment
from models.house import House
from models.marking.marker import Marker


def run(options: argparse.Namespace) -> int:
    settings = load_settings()
    house = load_house(settings.house_file)
    if options.which == "check":
        return _check(options, house)
    classifier = Classifier.load(error_rate=settings.error_rate)
    coach = DraftCoach(Marker.load(), build_composer(classifier))
    if options.jsonl:
        stream(lambda lines: coach_lines(lines, classifier, coach, house))
        return 0
    comment, reply = _read(options.comment or "", options.post), _read(options.text)
    if comment is None or reply is None:
        return 2
    (assessment,) = classifier.assess([comment])
    own = OwnReply(comment, assessment, advise(assessment, house), reply.text)
    _show(coached_screen(coach.read([own], house)[0], reply.text))
    return 0


def _check(options: argparse.Namespace, house: House) -> int:
    checker = PostCheck(Marker.load())
    if options.jsonl:
        stream(lambda lines: check_lines(lines, checker, house))
        return 0
    post = _read(options.text)
    if post is None:
        return 2
    _show(checked_screen(checker.read([post.text], house)[0], post.text))
    return 0


def _read(given: str | None, post: str | None = None) -> Comment | None:
    """What was given, or else stands on stdin; None, with the reason on stderr, when it can't be read."""
    found = check(Comment((sys.stdin.read() if given is None else given).strip(), post))
    if isinstance(found, Unreadable):
        sys.stderr.write(plain(unreadable_screen(found).html) + "\n")
        return None
    return found


def _show(screen: Screen) -> None:
    sys.stdout.write(plain(screen.html) + "\n")
