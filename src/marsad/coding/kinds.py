"""What kind of actor somebody is: person, armed group, police ... (the vocabulary ``KINDS``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marsad.coding.blend import Blend
from marsad.coding.clusters import Cluster
from marsad.coding.document import Document
from marsad.coding.weights import Weights
from marsad.coding.wordclasses import classes

if TYPE_CHECKING:
    from marsad.knowledge import Knowledge

__all__ = ["features", "kind_of"]


def kind_of(document: Document, cluster: Cluster, knowledge: Knowledge) -> str:
    """The kind of an actor: from the packs where it is known, else by the table ``kind``."""
    for known in sorted(cluster.known):
        return knowledge.actors[known].kind
    if cluster.mentions and all(m.ent == "NORP" or m.form == "pronoun" for m in cluster.mentions):
        return "population"
    weights = Weights.load("kind")
    shares = Blend.load("kind").shares(weights.probabilities(features(document, cluster)), judge(document, cluster))
    return weights.labels[max(range(len(shares)), key=shares.__getitem__)]


def judge(document: Document, cluster: Cluster) -> list[float] | None:
    """The encoder's log-probabilities of each kind, by the mean over an actor's mentions that say most."""
    judged = document.judged("kind")
    if judged is None:
        return None
    telling = [m for m in cluster.mentions if m.form != "pronoun"] or cluster.mentions
    mean: list[float] = judged[[m.head for m in telling[:12]]].mean(axis=0).tolist()
    return mean


def features(document: Document, cluster: Cluster) -> list[str]:
    """What is seen of an actor's mentions, as names of weighted rules of the table ``kind``."""
    out = {f"sort={cluster.sort}", f"gender={cluster.gender}"}
    words = document.words
    for mention in cluster.mentions[:12]:
        head = words[mention.head]
        if mention.form == "name":
            out.add(f"ent={mention.ent or '-'}")
            inside = words[mention.first : mention.last]
            out.update(f"w={w.lower}" for w in inside)
            out.add(f"last={inside[-1].lower}")
            for name in classes(inside[-1].lower, "NOUN")[1][:3]:
                out.add(f"lh={name}")
            for word in words[max(0, mention.first - 3) : mention.first]:
                if word.sent == mention.sent:
                    out.add(f"b={word.lower}")
        elif mention.form == "description":
            lemma = head.lemma.lower()
            files, above = classes(lemma, "NOUN")
            number = "s" if head.tag in ("NNS", "NNPS") else ""
            out.update((f"h={lemma}", f"hn={lemma}|{number}"))
            out.update(f"f={name}|{number}" for name in files[:2])
            out.update(f"hh={name}|{number}" for name in above[:4])
            out.update(f"m={w.lower}" for w in words[mention.first : mention.last - 1])
        else:
            out.add(f"p={mention.lower}")
    return sorted(out)
