"""The same comment as another hand would type it (case, accents, slips), or under a wrong post. Training only.

What a comment means does not hang on these, so the labels stay; only capitals change two of them, by the codebook.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace

from models.example import Example

SHARE_CAPITALS = 0.05
SHARE_LOWER = 0.10
SHARE_SLIPS = 0.12
SHARE_PLAIN = 0.06
SHARE_PADDED = 0.18
SHARE_EMOJI = 0.04
_WORDS_OF_A_SUBJECT = 6

# Said by anybody about anything: before or after a comment they change nothing about it. Many of them speak of the
# writer's own day, since a model that has seen few such takes any "ik" for a citizen.
_BEFORE = (
    "Goeiemorgen,",
    "Dag allemaal",
    "Beste,",
    "Hallo!",
    "Goeienavond.",
    "Even reageren.",
    "Hier ben ik nog eens.",
    "Net thuis van het werk.",
    "Ik lees hier al lang mee.",
    "Bij de koffie even gelezen.",
    "Voor wat het waard is:",
    "Amai, druk hier vandaag.",
    "Ik heb dit pas vanmorgen gezien, mijn gsm lag plat.",
    "Mijn zus stuurde mij deze pagina door.",
    "Ik kom zelden op Facebook, maar kijk.",
    "Zat net in de wachtzaal van de tandarts te scrollen.",
    "We zijn juist terug van een weekje Ardennen.",
    "Sorry voor de fouten, ik typ op de tablet van mijn vrouw.",
    "Ik ben geen schrijver, dus hou het mij ten goede.",
    "Eerst nog een gelukkig nieuwjaar aan iedereen.",
    "Mijn soep staat op, dus ik hou het kort.",
    "Goed gegeten en dan dit gelezen.",
    "Ik woon hier ondertussen ook al een hele tijd.",
    "Pas gepensioneerd en eindelijk tijd om alles te lezen.",
    "Mijn kleinzoon heeft mij getoond hoe dit werkt.",
    "De hond ligt hier naast mij te snurken.",
    "Ik was eigenlijk op zoek naar de openingsuren.",
    "Vroege shift gehad vandaag.",
    "Dag buren,",
    "Allez, ik ga ook eens iets zeggen.",
    "Ik volg deze pagina nog maar pas.",
    "Vandaag eindelijk eens tijd om te reageren.",
    "Ik sta hier aan de schoolpoort te wachten.",
    "Heb alles hierboven gelezen.",
    "Tussen twee vergaderingen door:",
    "Een mens heeft al eens wat tijd op zondag.",
    "Dank voor het bericht.",
    "Wij wonen al jaren in de buurt.",
    "Ik heb er een nachtje over geslapen.",
    "Zoals mijn moeder altijd zei: eerst ademen.",
)
_AFTER = (
    "Groetjes, Lut",
    "Mvg, Koen P.",
    "Vriendelijke groeten\nHilde",
    "Gr. Youssef",
    "Danny uit Zele",
    "Tot morgen.",
    "Prettig weekend nog.",
    "Zo, dat moest ik even kwijt.",
    "Ik ga nu eten maken.",
    "Het regent hier weer.",
    "Slaapwel",
    "Verstuurd vanaf mijn gsm",
    "Nog een fijne zondag allemaal!",
    "Bon, ik ben ermee weg.",
    "We zien wel.",
    "Nu eerst een koffie.",
    "Ik moet de kinderen gaan halen.",
    "Straks nog naar de voetbal.",
    "Mijn batterij is bijna plat.",
    "Tot daar mijn mening.",
    "Merci om te lezen.",
    "En nu terug aan het werk.",
    "Dat was het, prettige avond.",
    "Ik kom vrijdag nog eens kijken.",
    "De trein is daar, salut.",
    "Hartelijke groet vanuit Bilzen",
    "Marleen en Jos",
    "Sorry voor de lange tekst.",
)
# On their own they lean to neither side: both laugh, both despair.
_EMOJI = ("😅", "🙈", "🤷", "😬", "🙄", "😮", "👀", "😂", "😔", "🤔")


def vary(example: Example, chance: random.Random) -> Example:
    """The example itself, or one variation of it."""
    draw = chance.random()
    text = example.comment.text
    for share, change in (
        (SHARE_LOWER, _lower),
        (SHARE_SLIPS, _slips),
        (SHARE_PLAIN, _plain),
        (SHARE_PADDED, _padded),
        (SHARE_EMOJI, _with_emoji),
    ):
        if draw < share:
            return with_text(example, change(text, chance))
        draw -= share
    return _shouted(example) if draw < SHARE_CAPITALS else example


def with_text(example: Example, text: str) -> Example:
    return replace(example, comment=replace(example.comment, text=text))


def without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def misplace(example: Example, others: Sequence[Example], chance: random.Random) -> Example:
    """The comment under somebody else's post on another subject: off topic, whoever wrote it."""
    other = chance.choice(others)
    own, foreign = example.concern, other.concern
    if not example.comment.post or not other.comment.post or "none" in (own, foreign) or own == foreign:
        return example
    if len(example.comment.text.split()) < _WORDS_OF_A_SUBJECT:
        # "Goed gedaan" belongs under any post.
        return example
    misplaced = replace(example, comment=replace(example.comment, post=other.comment.post))
    return _also(misplaced, lambda labels: replace(labels, violations=_with(labels.violations, "off_topic")))


def _shouted(example: Example) -> Example:
    def louder(labels: Example) -> Example:
        tone = "heated" if labels.tone == "calm" else labels.tone
        return replace(labels, tone=tone, violations=_with(labels.violations, "shouting"))

    return _also(with_text(example, example.comment.text.upper()), louder)


def _also(example: Example, change: Callable[[Example], Example]) -> Example:
    """Change the labels of both readers."""
    changed = change(example)
    return replace(changed, second=change(changed.second)) if changed.second else changed


def _with(violations: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*violations, name]))


def _lower(text: str, _chance: random.Random) -> str:
    # A shout in capitals is a label of its own: it is left as it stands.
    return text if any(word.isupper() and len(word) > 3 for word in text.split()) else text.lower()


def _plain(text: str, _chance: random.Random) -> str:
    """No accents, no punctuation at the end."""
    return without_accents(text).rstrip(".!?… ") or text


def _padded(text: str, chance: random.Random) -> str:
    """Something harmless before it, after it, or both; on the same line or another."""
    side = chance.randrange(3)
    before = chance.sample(_BEFORE, chance.choice([1, 1, 2])) if side != 1 else []
    after = chance.sample(_AFTER, 1) if side != 0 else []
    return chance.choice(" \n").join([*before, text, *after])


def _with_emoji(text: str, chance: random.Random) -> str:
    return f"{text} {chance.choice(_EMOJI) * chance.randint(1, 3)}"


def _slips(text: str, chance: random.Random) -> str:
    """One slip per twelve words or so: letters swapped, doubled or left out inside a longer word."""
    words = text.split(" ")
    for _ in range(1 + len(words) // 12):
        place = chance.randrange(len(words))
        word = words[place]
        if len(word) < 4 or not word.isalpha():
            continue
        at = chance.randrange(1, len(word) - 1)
        swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        doubled = word[: at + 1] + word[at:]
        left_out = word[:at] + word[at + 1 :]
        words[place] = chance.choice([swapped, doubled, left_out])
    return " ".join(words)
