"""Which of the 250,000 pieces a Dutch coach needs.

Kept: every single character (so that nothing turns into `<unk>` that was not before), and the pieces that Dutch text
uses, most frequent first. The choice is stored as a text file beside this module: building the base needs no corpus.
"""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from tokenizers import Regex, Tokenizer, decoders, normalizers, pre_tokenizers, processors
from tokenizers.models import Unigram

PIECES_FILE = Path(__file__).parent / "pieces.txt.gz"
SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
SPACE = "▁"
UNKNOWN = SPECIAL.index("<unk>")


def build_tokenizer(pieces: list[tuple[str, float]]) -> Tokenizer:
    """The XLM-RoBERTa tokenizer over these (piece, log-probability) pairs; ids are list positions.

    A second segment gets token type 1, so that the network can tell the comment from the post above it.
    """
    # Five decimals cut texts up alike and make the stored file a third smaller.
    rounded = [(piece, round(score, 5)) for piece, score in pieces]
    tokenizer = Tokenizer(Unigram(rounded, unk_id=UNKNOWN))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement=SPACE, prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement=SPACE, prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s>:0 $A:0 </s>:0",
        pair="<s>:0 $A:0 </s>:0 </s>:1 $B:1 </s>:1",
        special_tokens=[("<s>", SPECIAL.index("<s>")), ("</s>", SPECIAL.index("</s>"))],
    )
    tokenizer.add_special_tokens(list(SPECIAL))
    return tokenizer


def choose_pieces(tokenizer: Tokenizer, texts: Iterable[str], all_pieces: list[str], size: int) -> list[str]:
    """The `size` pieces to keep: specials, single characters, then what `texts` use, by frequency."""
    counts: Counter[str] = Counter()
    for text in texts:
        # Comments shout and shrug at capitals: count the same text in the spellings people type.
        for variant in {text, text.lower(), text.upper()}:
            weight = 4 if variant == text else 1
            for piece in tokenizer.encode(variant, add_special_tokens=False).tokens:
                counts[piece] += weight
    single = [piece for piece in all_pieces if len(piece.removeprefix(SPACE)) <= 1]
    kept = dict.fromkeys([*SPECIAL, *single])
    known = set(all_pieces)
    for piece, _ in counts.most_common():
        if len(kept) >= size:
            break
        if piece in known:
            kept.setdefault(piece)
    return list(kept)


def read_lines(paths: Iterable[Path]) -> Iterator[str]:
    """Lines of plain or gzipped text files, undecodable bytes dropped."""
    for path in paths:
        opener = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rt", encoding="utf-8", errors="ignore") as stream:
            for line in stream:
                if stripped := str(line).strip():
                    yield stripped


def load_pieces(path: Path = PIECES_FILE) -> list[str]:
    """The stored choice, in id order."""
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as stream:
        return stream.read().split("\n")


def save_pieces(pieces: list[str], path: Path = PIECES_FILE) -> None:
    """Store the choice; the same pieces always give the same bytes."""
    path.write_bytes(gzip.compress("\n".join(pieces).encode("utf-8"), mtime=0))
