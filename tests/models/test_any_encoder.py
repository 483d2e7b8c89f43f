"""Any transformers encoder can be the base: tiny random BERT and RoBERTa checkpoints are trained and reloaded."""

from __future__ import annotations

from pathlib import Path

import pytest
from tokenizers import Tokenizer, models, pre_tokenizers, processors
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast, RobertaConfig, RobertaModel

from models.checkpoint import load_checkpoint
from models.classifier import Classifier
from models.comment import Comment
from models.decision import DecisionPolicy
from models.encoders.reference import snap
from models.example import Example
from models.export import save_checkpoint
from models.training import Trainer, TrainingOptions, base_name, go_on_from, load_base

LABELS = {
    "speaker": ["citizen", "troll"],
    "tone": ["calm", "heated", "insulting", "hateful"],
    "violations": ["insult", "off_topic"],
    "emotion": ["anger", "none"],
    "concern": ["money", "none"],
    "kinds": ["question"],
}
ANGRY = Example(Comment("dom volk", "de post", "Jan"), "troll", "insulting", ("insult",), "anger", "none")
CALM = Example(Comment("een rustige vraag"), "citizen", "calm", (), "none", "money", ("question",))
DOUBT = Example(Comment("schande"), "unclear", "heated", (), "anger", "none")


def make_base(folder: Path, kind: str) -> Path:
    text = "<s> <pad> </s> <unk> dom volk een rustige vraag schande de post : naam jan ·"
    words = text.split(" ")
    tokenizer = Tokenizer(models.WordLevel({word: number for number, word in enumerate(words)}, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s>:1 $B:1 </s>:1", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, bos_token="<s>", eos_token="</s>", pad_token="<pad>", unk_token="<unk>"
    ).save_pretrained(folder)
    sizes = {"hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 32}
    if kind == "bert":
        BertModel(BertConfig(vocab_size=len(words), pad_token_id=1, **sizes)).save_pretrained(folder)
    else:
        config = RobertaConfig(vocab_size=len(words), pad_token_id=1, type_vocab_size=1, **sizes)
        RobertaModel(config).save_pretrained(folder)
    return folder


@pytest.mark.parametrize("kind", ["bert", "roberta"])
def test_an_encoder_is_trained_saved_and_read_back(tmp_path: Path, kind: str) -> None:
    network, tokenizer = load_base(str(make_base(tmp_path / "base", kind)), LABELS)
    options = TrainingOptions(epochs=30, batch_size=4, encoder_rate=1e-3, head_rate=1e-2, patience=30)
    trainer = Trainer(network, tokenizer, LABELS, options, progress=False)
    examples = [ANGRY, CALM, DOUBT] * 4
    history = trainer.fit(examples, examples)
    assert history[-1]["loss"] < history[0]["loss"]
    assert max(epoch["speaker"] for epoch in history) == 1.0

    snap(network.encoder)
    policy = DecisionPolicy({"0.10": (0.49, 0.51)}, {"insult": 0.5, "off_topic": 0.5})
    save_checkpoint(
        tmp_path / "out",
        network,
        tokenizer,
        labels=LABELS,
        temperature=1.0,
        policy=policy,
        base=kind,
        corpus_sha256="0",
    )
    found = {}
    for reference in (False, True):
        classifier = Classifier(load_checkpoint(tmp_path / "out", reference=reference))
        angry, calm = found[reference] = classifier.assess([ANGRY.comment, CALM.comment])
        assert (angry.speaker, calm.speaker) == ("troll", "citizen")
        assert angry.violations == ("insult",)
        assert calm.concern == "money"
    for compiled, plain in zip(found[False], found[True], strict=True):
        assert compiled.probabilities["troll"] == pytest.approx(plain.probabilities["troll"], abs=0.02)

    fresh, _ = load_base(str(tmp_path / "base"), LABELS)
    go_on_from(fresh, tmp_path / "out")
    going_on = Trainer(fresh, tokenizer, LABELS, TrainingOptions(epochs=1, encoder_rate=0, head_rate=0), progress=False)
    assert going_on.fit(examples, examples)[0]["speaker"] == 1.0


def test_a_folder_is_named_without_its_path(tmp_path: Path) -> None:
    assert base_name(str(make_base(tmp_path / "mijn-basis", "bert"))) == "mijn-basis"
    assert base_name("DTAI-KULeuven/robbert-2023-dutch-base") == "DTAI-KULeuven/robbert-2023-dutch-base"
