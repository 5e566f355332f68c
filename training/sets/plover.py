"""From the event types of KAIROS and RAMS to PLOVER, where a trigger word makes the match sound.

The types of those sets cut the world otherwise than PLOVER does: a contact may be a meeting or a mere saying,
a death a killing or a heart attack. So each rule has the words that a trigger must begin with.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

__all__ = ["Rule", "actorlike", "rule_for"]


@dataclass(frozen=True, slots=True)
class Rule:
    """Types that match ``types`` with a trigger that matches ``words`` are ``type``, their arguments by role."""

    types: re.Pattern[str]
    words: re.Pattern[str]
    type: str
    roles: dict[str, str]


def _rule(types: str, words: str, type: str, **roles: str) -> Rule:
    sides = {"a": "actor", "r": "recipient"}
    return Rule(
        re.compile(types, re.I), re.compile(rf"(?:{words})", re.I), type, {k: sides[v] for k, v in roles.items()}
    )


ATTACK: Final = (
    "attack|assault|bomb(?!s$|er)|air ?strike|strike|blast|explo(?!sive)|detonat|shell|shoot|shot|fire[ds]?$|firing|"
    "fight|fought|battl|clash|skirmish|ambush|raid|offensive|invad|invasion|combat|stab|massacr|slaughter|poisoned|"
    "killed|killing|blew|blow|set off|hostilit|incursion|assassinat|arson|struck"
)
RULES: Final = (
    _rule(r"^conflict\.attack", ATTACK, "ASSAULT", attacker="a", target="r"),
    _rule(r"^conflict\.demonstrate", "protest|demonstrat|march|rall|riot|clash|strike|sit-in|unrest|uprising",
          "PROTEST", demonstrator="a", target="r"),
    _rule(r"^conflict\.yield\.(retreat|n/a)", "retreat|withdr|pull", "RETREAT", retreater="a", yielder="a"),
    _rule(r"^conflict\.yield\.(surrender|n/a)", "surrender|capitulat", "RETREAT",
          surrenderer="a", yielder="a", recipient="r"),
    _rule(r"^contact\.(requestcommand|commandorder|requestadvise)",
          "urg|demand|order|request|ask|call|appeal|plead|beg|command|instruct|insist", "REQUEST",
          communicator="a", recipient="r"),
    _rule(r"^contact\.threatencoerce", "threat|ultimatum", "THREATEN", communicator="a", recipient="r"),
    _rule(r"^contact\.(contact\.meet|discussion|negotiate|collaborate\.n/a)",
          "met\\b|meet|talks|negotiat|confer|visit|summit|discuss|dialogue|consult", "CONSULT"),
    _rule(r"^government\.agreements\.(accept|n/a)", "agreement|accord|treaty|deal\\b|sign", "SUPPORT"),
    _rule(r"^justice\.arrestjaildetain",
          "arrest|detain|detention|jail|imprison|custody|apprehend|round|captur|incarcerat|seiz", "COERCE",
          jailer="a", detainee="r"),
    _rule(r"^justice\.(chargeindict|initiatejudicialprocess\.(chargeindict|n/a))", "charg|indict|accus", "ACCUSE",
          prosecutor="a", defendant="r"),
    _rule(r"^justice\.investigat", "investigat|probe|inquir|inquest", "ACCUSE", investigator="a", defendant="r"),
    _rule(r"^justice\.(convict|sentence|judicialconsequences\.(convict|n/a))",
          "convict|sentenc|found guilty|guilty", "SANCTION",
          judgecourt="a", defendant="r"),
    _rule(r"^justice\.judicialconsequences\.(execute|n/a)", "execut|hang|behead", "ASSAULT",
          executioner="a", judgecourt="a", defendant="r"),
    _rule(r"^justice\.releaseparole", "releas|freed|free\\b|parol", "RETREAT", defendant="r"),
    _rule(r"^life\.die", "kill|murder|assassinat|slay|slain|massacr|slaughter|execut|behead|decapitat|shot|extermin",
          "ASSAULT", killer="a", victim="r"),
    _rule(r"^life\.injure\.(injurycausedbyviolentevents|unspecified|n/a)",
          "wounded$|wounding|injuring|injured$|tortur|attack|assault|beat|stab|rape[ds]?$|whip|kick|mutilat", "ASSAULT",
          injurer="a", victim="r"),
    _rule(r"^artifactexistence\.damagedestroy.*destroy|^artifactexistence\.damagedestroy\.n/a",
          "destroyed|demolish|ransack|torch", "ASSAULT", destroyer="a", damagerdestroyer="a"),
    _rule(r"^personnel\.endposition", "resign|quit\\b|step(ped|ping|s)? down", "RETREAT", employee="a"),
    _rule(r"^transaction\..*embargosanction", "sanctions|embargo", "SANCTION", preventer="a"),
    _rule(r"^transaction\..*giftgrantprovideaid", "provide aid|aid\\b|assist|suppl|relief", "AID",
          giver="a", beneficiary="r"),
)  # fmt: skip
"""The first rule that fits is taken. Sides of a meeting are both actors and recipients, so it names none;
the three places of an embargo's parties are filled too unevenly to tell who suffers it."""

THINGS: Final = frozenset(
    "accord account agreement aid airbase aircraft airport airports ambush apartment apology appeal area areas "
    "arena attack attacks bakery bar barracks base bases beach blast block bomb bomber bombing bridge building "
    "buildings bus buses cafe camp camps car cars casualties center centre change checkpoint checkpoints church "
    "churches cities city club coast comments complex compound convoy convoys corridor coup crackdown deal "
    "decision decisions device devices district districts duopoly dwelling election elections embassy enclave "
    "end explosion facilities facility factories factory farm field fields fighting fire fuselage genocide "
    "ground hall harm headquarters helicopter helicopters hideouts home homes hospital hospitals hotel house "
    "houses humankind illness indictments infrastructure installations jet jets land law laws legislation "
    "library life line lines locations market markets mass memo metro missile missiles mosque mosques motorcade "
    "neighborhood neighborhoods neighbourhood nightclub observers office offices outpost package palace paper "
    "pet pipeline places plane planes plant plants point points port position positions post posts power prison "
    "project projects property province railway region regions relations residence resolution restaurant "
    "restaurants road roads robbery school schools sea sector settlement settlements shelling ship ships shop "
    "shops shrine sickness site sites sky stadium station stations store stores street streets stronghold "
    "strongholds suburb subway synagogue system talks tank tanks target targets temple tenant tenure territory "
    "terrorism ties tomb tower town towns train trains truck trucks ultimatum university unrest uprising "
    "vehicle vehicles venue venues village villages violence visit voyage warehouse warehouses weapons "
    "wildfires world".split()
)
"""Heads of phrases that are no actors: things and places."""


def rule_for(type: str, trigger: str) -> Rule | None:
    """The rule that a type and its trigger come under, or None where PLOVER has no sound counterpart."""
    for rule in RULES:
        if rule.types.search(type) and rule.words.match(trigger):
            return rule
    return None


def actorlike(phrase: str) -> bool:
    """Whether a phrase may name an actor, judged by its last word before any postmodifier."""
    head = re.split(r"\s(?:of|in|on|at|for|who|which|that|with|from|near|like|–|—|,)\s|,|\(", phrase.strip())[0]
    words = re.findall(r"[^\W_][\w'’-]*", head)
    return bool(words) and words[-1].lower() not in THINGS and not words[-1].isdigit()
