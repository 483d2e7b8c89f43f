"""A real model through transformers, on request: GEMMA names a folder with a GGUF file (`pip install .[gguf]`)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.loading import Models, assemble
from models.advice import advise
from models.comment import Comment
from models.drafting.language.drafter import LanguageDrafter, LanguageModelError
from models.drafting.request import Request
from models.house import House

FOLDER = os.environ.get("GEMMA")


@pytest.mark.skipif(not FOLDER, reason="GEMMA names no folder")
def test_whatever_it_writes_a_draft_comes_out_that_may_be_sent(models: Models) -> None:
    from models.drafting.language.local import LocalModel

    file = next(Path(str(FOLDER)).glob("*.gguf"))
    served = assemble(models.classifier, models.marker, LanguageDrafter(LocalModel(str(FOLDER), file.name)))
    comment = Comment("Weer een uur staan wachten op de bus, schandalig!")
    (assessment,) = models.classifier.assess([comment])
    (draft,) = served.drafter.draft(
        Request(comment, assessment, advise(comment, assessment, House()), House(), count=1)
    )
    assert draft.text
    assert draft.refused or draft.source.startswith("taalmodel: ")


def test_a_model_that_is_not_there_is_named(tmp_path: Path) -> None:
    from models.drafting.language.local import LocalModel

    with pytest.raises(LanguageModelError, match="is niet te laden"):
        LocalModel(str(tmp_path))
