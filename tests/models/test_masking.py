from __future__ import annotations

import pytest

from models.masking import mask, mask_author


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("bel mij op 0478 12 34 56 vandaag", "bel mij op [telefoon] vandaag"),
        ("bel +32 478/12.34.56", "bel [telefoon]"),
        ("011-22 33 44 is hun nummer", "[telefoon] is hun nummer"),
        ("mail naar jan.peeters@voorbeeld.be aub", "mail naar [e-mail] aub"),
        ("zijn plaat is 1-ABC-234", "zijn plaat is [nummerplaat]"),
        ("zie https://voorbeeld.be/x?y=1 of www.iets.be", "zie [link] of [link]"),
        ("stort op BE68 5390 0754 7034", "stort op [rekening]"),
        ("rijksregister 85.07.30-033.61", "rijksregister [rijksregisternummer]"),
        ("hij woont in de Kerkstraat 12 in Gent", "hij woont in de [adres] in Gent"),
        ("Lange Nieuwstraat 5b", "[adres]"),
        ("het was Marleen Van den Broeck die loog", "het was [naam] die loog"),
        ("vraag het aan Younes", "vraag het aan [naam]"),
        ("dank u @jan_p", "dank u [naam]"),
    ],
)
def test_personal_data_is_replaced_by_its_kind(said: str, kept: str) -> None:
    assert mask(said) == kept


@pytest.mark.parametrize(
    "said",
    [
        "in 2024 betaalden we 1250 euro per jaar",
        "lijn 17 rijdt om 8.30 uur, 3 keer per week",
        "de Kerkstraat is afgesloten",
        "600.000 euro voor 12 straten!",
        "artikel 444 van het strafwetboek",
        "van 18/03/2025 tot 20/03/2025",
    ],
)
def test_what_is_nobodys_stays(said: str) -> None:
    assert mask(said) == said


def test_a_displayed_name_is_kept_only_as_the_fact_that_there_was_one() -> None:
    assert mask_author("Jan Peeters") == "[naam]"
    assert mask_author(None) is None
