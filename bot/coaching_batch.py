"""`coach` and `check` on the command line: JSON lines for machines, a readable page for a person."""

from __future__ import annotations

import argparse

from bot.batch import read_comment, show, stream
from bot.coaching_door import check_lines, coach_lines
from bot.loading import load_models
from bot.settings import load_house, load_settings
from bot.views.checked import checked_screen
from bot.views.coached import coached_screen
from models.advice import advise
from models.coaching.coach import OwnReply
from models.coaching.post_check import PostCheck
from models.house import House
from models.marking.marker import Marker


def run(options: argparse.Namespace) -> int:
    settings = load_settings()
    house = load_house(settings.house_file)
    if options.which == "check":
        return _check(options, house)
    models = load_models(settings)
    if options.jsonl:
        stream(lambda lines: coach_lines(lines, models.classifier, models.draft_coach, house))
        return 0
    comment, reply = read_comment(options.comment or "", options.post), read_comment(options.text)
    if comment is None or reply is None:
        return 2
    (assessment,) = models.classifier.assess([comment])
    own = OwnReply(comment, assessment, advise(comment, assessment, house), reply.text)
    show(coached_screen(models.draft_coach.read([own], house)[0], reply.text))
    return 0


def _check(options: argparse.Namespace, house: House) -> int:
    checker = PostCheck(Marker.load())
    if options.jsonl:
        stream(lambda lines: check_lines(lines, checker, house))
        return 0
    post = read_comment(options.text)
    if post is None:
        return 2
    show(checked_screen(checker.read([post.text], house)[0], post.text))
    return 0
