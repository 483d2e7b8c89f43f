"""The real console script as its own process: over HTTP as Telegram would, in the terminal, and as a machine door."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from data.corpus.codebook import VIOLATIONS
from tests.fake_telegram import TOKEN, FakeBotApi, User, serve

SCRIPT = shutil.which("antwoordcoach", path=str(Path(sys.executable).parent)) or "antwoordcoach"
ANGRY = "Mijn dochter is bijna omvergereden aan de schoolpoort en jullie doen niks!"
PATIENCE = 60


def environment(**settings: str) -> dict[str, str]:
    return {**os.environ, **settings}


@asynccontextmanager
async def started(api: FakeBotApi, **settings: str) -> AsyncIterator[Process]:
    url, stop = serve(api)
    process = await asyncio.create_subprocess_exec(
        SCRIPT, "run", env=environment(TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_URL=url, **settings), stderr=PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await asyncio.wait_for(process.wait(), 15)
        await stop()


def run(*arguments: str, stdin: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [SCRIPT, *arguments], input=stdin, capture_output=True, text=True, env=environment(**settings), timeout=120
    )


def door(command: str, *lines: str) -> list[dict[str, object]]:
    done = run(command, "--jsonl", stdin="".join(line + "\n" for line in lines))
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


async def test_the_bot_talks_over_http_stops_politely_and_remembers_after_a_restart() -> None:
    api = FakeBotApi()
    jan = User(api, "Jan")
    async with started(api) as process:
        await jan.sends(ANGRY)
        await jan.sees("Voorstel", timeout=PATIENCE)
    assert process.returncode == 0
    assert process.stderr is not None
    log = (await process.stderr.read()).decode()
    assert "dochter" not in log
    assert TOKEN not in log
    async with started(api):
        await jan.taps("Korter")
        await jan.sees("Voorstel (kort)", timeout=PATIENCE)
    assert api.violations == []


async def test_a_wrong_token_is_one_clear_line_and_exit_code_2() -> None:
    api = FakeBotApi(token="1:other")
    async with started(api) as process:
        await asyncio.wait_for(process.wait(), PATIENCE)
    assert process.returncode == 2
    assert process.stderr is not None
    lines = (await process.stderr.read()).decode().strip().splitlines()
    assert len(lines) == 1
    assert "TELEGRAM_BOT_TOKEN" in lines[0]
    assert TOKEN not in lines[0]


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"DATABASE_URL": "sqlite+aiosqlite:////proc/nowhere/x.db"}, "DATABASE_URL"),
        ({"RETENTION_DAYS": "nul"}, "RETENTION_DAYS"),
        ({"HOUSE_FILE": "bestaat-niet.yaml"}, "bestaat-niet.yaml"),
        ({"TELEGRAM_BOT_TOKEN": "1:x", "TELEGRAM_API_URL": "http://127.0.0.1:1/bot"}, "internetverbinding"),
    ],
)
def test_what_keeps_the_coach_from_starting_is_one_line_with_a_mend(settings: dict[str, str], named: str) -> None:
    done = run("run", **settings)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert named in done.stderr


def test_the_terminal_has_the_same_conversation() -> None:
    done = run("run", stdin=f"Post: Nieuwe fietsstraat\n{ANGRY}\n1\n4\n/privacy\n🤡\n/vergeetmij")
    assert done.returncode == 0, done.stderr
    shown = done.stdout
    for part in (
        "@BotFather",
        "burger",
        "Voorstel (openbaar)",
        "1 🔁 Ander voorstel",
        "Na 30 dagen",
        "Zonder woorden",
        "Gewist: 1 reactie",
    ):
        assert part in shown
    assert "<b>" not in shown


def test_the_door_answers_each_line_in_order_and_survives_bad_ones() -> None:
    rows = door(
        "assess",
        json.dumps({"id": "a", "comment": ANGRY, "post": "Nieuwe fietsstraat", "author": "Els"}),
        "geen json",
        "[1]",
        json.dumps({"id": 4}),
        json.dumps({"id": 5, "comment": "  "}),
        json.dumps({"id": 6, "comment": "x", "post": 3}),
        json.dumps({"id": 7, "comment": "x" * 30_000}),
        json.dumps({"id": 8, "comment": "🤡"}),
        json.dumps({"id": "\ud800", "comment": "Wat een prachtig buurtfeest was dat, bedankt allemaal"}),
    )
    assert [row["id"] for row in rows] == ["a", None, None, 4, 5, 6, 7, 8, "\ud800"]
    assert [row["error"] is None for row in rows] == [True] + [False] * 6 + [True] * 2
    first = rows[0]
    assert list(first) == (
        [
            "id",
            "speaker",
            "probabilities",
            "tone",
            "violations",
            "violation_probabilities",
            "emotion",
            "concern",
            "signs",
            "advice",
            "error",
        ]
    )
    assert first["speaker"] == "citizen"
    assert set(first["violation_probabilities"]) == set(VIOLATIONS)  # type: ignore[call-overload]
    assert set(first["probabilities"]) == {"citizen", "troll"}  # type: ignore[call-overload]
    assert {"reply", "audience", "channel", "actions", "why"} <= set(first["advice"])  # type: ignore[call-overload]
    assert all(set(sign) == {"text", "weight"} for sign in first["signs"])  # type: ignore[attr-defined]
    assert rows[1]["speaker"] is None


def test_who_allows_fewer_errors_gets_more_doubt() -> None:
    lines = "".join(
        json.dumps({"id": number, "comment": comment}) + "\n"
        for number, comment in enumerate((ANGRY, "Fijn zo.", "Wat kost dat?", "Proficiat aan alle vrijwilligers!"))
    )
    doubts = []
    for rate in ("0.5", "0.02"):
        done = run("assess", "--jsonl", stdin=lines, ERROR_RATE=rate)
        doubts.append([json.loads(line)["speaker"] for line in done.stdout.splitlines()].count("unclear"))
    assert doubts[0] < doubts[1] < 4


def test_drafts_come_best_first_with_their_steps() -> None:
    (row,) = door("draft", json.dumps({"id": 1, "comment": ANGRY}))
    drafts = row["drafts"]
    assert isinstance(drafts, list) and len(drafts) >= 3
    for draft in drafts:
        assert set(draft) == {"text", "channel", "steps", "source"}
        assert all(step["text"] in draft["text"] for step in draft["steps"])


def test_one_comment_on_the_command_line_is_printed_for_a_person() -> None:
    done = run("assess", ANGRY, "--post", "Nieuwe fietsstraat")
    assert done.returncode == 0
    assert "burger" in done.stdout
    assert "<b>" not in done.stdout
    assert run("assess", " ").returncode == 2


def test_help_imports_neither_torch_nor_telegram() -> None:
    code = "import sys; from bot.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass\n"
    code += "sys.exit(bool({'torch', 'transformers', 'telegram', 'sqlalchemy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0
