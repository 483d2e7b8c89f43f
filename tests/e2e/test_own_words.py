"""Follow-ups, other manners, one's own reply, one's own post, and the house, through the whole bot."""

from __future__ import annotations

import pytest

from bot.coach import Coach
from tests.fake_telegram import User

ANGRY = "Al drie keer gebeld over die stinkende container en niemand komt. Jullie lachen met ons."
STILL_ANGRY = "Ja ja, mooie woorden, maar er staat nog altijd niks. Belachelijk gewoon."

pytestmark = pytest.mark.usefixtures("running")


class TestAnsweringBack:
    async def test_the_case_is_remembered_nothing_is_said_twice_and_two_rounds_are_enough(
        self, jan: User, running: Coach
    ) -> None:
        await jan.sends(ANGRY)
        first = await jan.sees("Voorstel (openbaar)")
        await jan.sends(STILL_ANGRY, reply_to=first)
        second = await jan.sees("antwoord van dezelfde persoon")
        await jan.sends("Jullie luisteren niet. Schande!", reply_to=second)
        third = await jan.sees("antwoord van dezelfde persoon")
        assert "Twee keer heen en weer" in third.text
        drafts = [draft for case in (1, 2, 3) for draft in await running.store.drafts_of(case)]
        said = [text for draft in drafts for _, text in draft.steps]
        assert len(said) == len(set(said)) > 3

    async def test_an_answer_to_the_copied_text_is_known_as_one(self, jan: User, running: Coach) -> None:
        await jan.sends(ANGRY)
        await jan.sees("Voorstel")
        await jan.taps("Kopieerbaar")
        await jan.sends(STILL_ANGRY, reply_to=jan.screen[-1])
        await jan.sees("antwoord van dezelfde persoon")
        assert await running.store.thread_of(2) == [1, 2]


class TestOtherManners:
    @pytest.mark.parametrize("label", ["Voor de meelezers", "Klare taal", "Kordater", "Warmer", "Jij ↔ u", "Wij ↔ ik"])
    async def test_the_same_said_otherwise(self, jan: User, label: str) -> None:
        await jan.sends(ANGRY)
        first = await jan.sees("Voorstel (openbaar)")
        await jan.taps("Anders gezegd")
        await jan.sees("Hoe wil je het zeggen?")
        await jan.taps(label)
        other = await jan.sees("Voorstel (")
        assert other.id == first.id
        assert "Voorstel (openbaar)\n" not in other.text


class TestOwnReply:
    async def test_is_read_with_its_comment(self, jan: User) -> None:
        await jan.sends(f"/coach {ANGRY}\nAntwoord: Dag Jan, u overdrijft, zo erg is dat niet.")
        answer = await jan.sees("op 5")
        for part in ("⚠️", "➕", "Wat gebeurt er als je dit stuurt?", "Zo kan het ook"):
            assert part in answer.text

    async def test_is_read_as_an_answer_to_a_case(self, jan: User) -> None:
        await jan.sends(ANGRY)
        answer = await jan.sees("Voorstel")
        await jan.sends("/coach Dat is niet leuk, drie keer bellen voor niets. Wat is er gezegd?", reply_to=answer)
        await jan.sees("op 5")

    @pytest.mark.parametrize("text", ["/coach", "/coach Alleen dit", "/coach Antwoord: ja"])
    async def test_what_is_missing_is_said(self, jan: User, text: str) -> None:
        await jan.sends(text)
        await jan.sees("Antwoord:" if text != "/coach Antwoord: ja" else "Ik zie geen tekst")

    async def test_somebody_elses_case_is_refused(self, jan: User, running: Coach) -> None:
        await jan.sends(ANGRY)
        answer = await jan.sees("Voorstel")
        await running.store.forget(jan.id)
        await jan.sends("/coach Dat is niet leuk.", reply_to=answer)
        await jan.sees("heb ik niet meer")
        await jan.sends(STILL_ANGRY, reply_to=answer)
        await jan.sees("heb ik niet meer")


class TestOwnPost:
    async def test_is_checked_before_it_goes_out(self, jan: User) -> None:
        await jan.sends("/check Die asociale wegpiraten hebben weer lak aan iedereen. Schande!")
        answer = await jan.sees("op 3")
        for part in ("⚠️", "De zes vragen", "Beeld", "Medium", "Zo kan het ook"):
            assert part in answer.text

    async def test_without_a_text_it_says_how(self, jan: User) -> None:
        await jan.sends("/check")
        await jan.sees("met de tekst erachter")


class TestTheHouse:
    async def test_is_set_in_steps_and_used(self, jan: User) -> None:
        await jan.sends("/instellingen")
        await jan.sees("Zo antwoordt je organisatie")
        await jan.taps("Aanspreking")
        await jan.sees("Aanspreking: u")
        await jan.taps("Ondertekening")
        question = await jan.sees("Hoe onderteken je")
        await jan.sends("Team <Torenbeek> & co", reply_to=question)
        await jan.sees("Team <Torenbeek> & co")
        await jan.sends(ANGRY)
        await jan.sees("Voorstel")
        await jan.taps("Privébericht")
        private = await jan.sees("Voorstel (privébericht)")
        await jan.taps("Kopieerbaar")
        assert (await jan.sees("Team <Torenbeek> & co")).text.startswith("Dag,")
        assert " je " not in private.text.split("Voorstel (privébericht)")[1]

    async def test_subjects_go_to_a_colleague(self, jan: User) -> None:
        await jan.sends("/instellingen")
        await jan.sees("Zo antwoordt")
        await jan.taps("Onderwerpen voor een collega")
        question = await jan.sees("Welke onderwerpen")
        await jan.sends("onzin", reply_to=question)
        await jan.sees("Dat kan ik niet bewaren")
        await jan.sends("overlast en netheid = dienst Openbaar Domein", reply_to=question)
        await jan.sees("dienst Openbaar Domein")
        await jan.sends("Die container stinkt al weken, er ligt overal zwerfvuil rond. Vies!")
        await jan.sees("dienst Openbaar Domein")

    async def test_the_style_of_moderating_changes_the_advice(self, jan: User) -> None:
        await jan.sends("/beleid")
        await jan.sees("Hoe modereren jullie?")
        await jan.taps("Vooraf nakijken")
        await jan.sees("✅ vooraf nakijken")
        await jan.sends("Jullie zijn een bende debielen, die werken duren al een jaar voor mijn deur.")
        await jan.sees("laat de reactie niet door")

    async def test_is_forgotten_with_the_rest(self, jan: User, running: Coach) -> None:
        await running.set_house(jan.id, "name", "Torenbeek")
        await jan.sends("/vergeetmij")
        await jan.sees("bewaard")
        assert (await running.house_of(jan.id)).name == ""
