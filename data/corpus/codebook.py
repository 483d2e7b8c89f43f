"""The labels of the codebook, in the order in which the network answers them."""

from __future__ import annotations

SPEAKERS = ("citizen", "troll", "unclear")
TONES = ("calm", "heated", "insulting", "hateful")
VIOLATIONS = [
    *("insult", "generalisation", "hate", "threat", "doxxing"),
    *("spam", "advertising", "misinformation", "off_topic", "shouting"),
]
EMOTIONS = ["anger", "fear", "sadness", "powerlessness", "indignation", "contempt", "none"]
CONCERNS = [
    "safety",
    "money",
    "mobility",
    "housing",
    "children_education",
    "identity_tradition",
    "migration",
    "gender_sexuality",
    "health_care",
    "environment_climate",
    "governance_trust",
    "nuisance_cleanliness",
    "international_conflict",
    "work_poverty",
    "discrimination",
    "animals",
    "other",
    "none",
]
# Finer hints that writers gave; those in HINTS are frequent enough to be learnt.
HINTS = [
    "support",
    "question",
    "criticism",
    "own_experience",
    "neutral",
    "grief",
    "rude_citizen",
    "swearing",
    "sarcasm_with_point",
    "worry_with_prejudice",
    "wrong_facts_good_faith",
    "opposition_politician",
    "short_bare",
    "group_mention",
    "quoted_hate",
    "counter_speech",
    "reports_hate",
    "individual_abuse",
    "polite_poison",
    "sealioning",
    "innuendo",
    "dog_whistle",
    "bait",
    "rumour",
    "derail",
    "ridicule",
    "name_mocking",
    "gloating",
    "dehumanising",
    "implicit_hate",
]
KINDS = frozenset(
    HINTS
    + [
        "slogan",
        "veiled_threat",
        "open_threat",
        "second_thoughts",
        "reclaimed",
        "non_protected_group",
        "object_sworn",
        "negated_hate",
        "hate_as_question",
        "hate_as_opinion",
        "long",
        "dialect",
        "second_language",
        "youth",
        "capitals",
        "leet",
        "spaced",
        "emoji",
        "emoji_code",
        "typos",
        "doxxing",
        "advert",
        "spam",
        "french_mixed",
    ]
)
