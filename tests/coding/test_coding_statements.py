from __future__ import annotations

import pytest
from coding_making import names, one, record, said, words

from marsad.coding.document import Document
from marsad.coding.drafts import Draft
from marsad.coding.parsing import parse
from marsad.coding.quotations import quotations
from marsad.coding.statements import statements
from marsad.wellformed import problems


def drafts(text: str) -> tuple[Document, list[Draft]]:
    document = parse(text)
    return document, statements(document, quotations(document))


@pytest.mark.parametrize(
    ("text", "content", "cue", "speaker"),
    [
        ('"We will not leave the town," Ruth Amsal said.', "We will not leave the town,", "said", "Ruth Amsal"),
        ("“We will not leave the town,” said Ruth Amsal.", "We will not leave the town,", "said", "Ruth Amsal"),
        ("'We will not leave the town,' Ruth Amsal said.", "We will not leave the town,", "said", "Ruth Amsal"),
        ('Ruth Amsal said: "We will not leave the town."', "We will not leave the town.", "said", "Ruth Amsal"),
        ('Ruth Amsal said, "We will not leave the town."', "We will not leave the town.", "said", "Ruth Amsal"),
        ('"Who will leave the town?" Ruth Amsal asked.', "Who will leave the town?", "asked", "Ruth Amsal"),
        (
            '"We will not leave," Ruth Amsal said, "until the army is gone."',
            "We will not leave, / until the army is gone.",
            "said",
            "Ruth Amsal",
        ),
        ('"We have nothing to say," a Western diplomat said.', "We have nothing to say,", "said", "a Western diplomat"),
    ],
)
def test_direct(text: str, content: str, cue: str, speaker: str) -> None:
    statement, found, who = one(text)
    assert (statement.manner, found, words(text, statement.cue), who) == ("direct", content, cue, speaker)
    assert words(text, statement.speaker_span) == speaker


@pytest.mark.parametrize(
    ("text", "content", "cue", "speaker"),
    [
        ("Ruth Amsal said that the army had left.", "the army had left", "said", "Ruth Amsal"),
        ("Ruth Amsal said the army had left.", "the army had left", "said", "Ruth Amsal"),
        ("The army had left, Ruth Amsal said.", "The army had left", "said", "Ruth Amsal"),
        ("The army, Ruth Amsal said, had left.", "The army / had left", "said", "Ruth Amsal"),
        (
            "According to the United Nations, the army left the town.",
            "the army left the town",
            "According to",
            "United Nations",
        ),
        (
            "The army left the town, according to a Western diplomat.",
            "The army left the town",
            "according to",
            "a Western diplomat",
        ),
        (
            "Ruth Amsal, the mayor of the town, said that the army had left.",
            "the army had left",
            "said",
            "Ruth Amsal",
        ),
    ],
)
def test_indirect(text: str, content: str, cue: str, speaker: str) -> None:
    statement, found, who = one(text)
    assert (statement.manner, found, words(text, statement.cue), who) == ("indirect", content, cue, speaker)


def test_a_reported_clause_with_words_in_marks_is_mixed() -> None:
    statement, content, who = one('Ruth Amsal said that the army was "a band of thieves" and should leave the town.')
    assert statement.manner == "mixed"
    assert content == 'the army was "a band of thieves" and should leave the town'
    assert who == "Ruth Amsal"


def test_the_marks_at_the_edges_of_a_mixed_statement_belong_to_it() -> None:
    statement, content, _ = one('Ruth Amsal said that the army had "murdered our sons".')
    assert (statement.manner, content) == ("mixed", 'the army had "murdered our sons"')


@pytest.mark.parametrize(
    "text",
    [
        "“ Stay down, or we ’ ll shoot you again, ” police said once Karel had been hit, according to the paper.",
        "Ruth Amsal said that the army had “ murdered our sons ” and should leave.",
        'The army " murdered our sons " , Ruth Amsal said that it should leave.',
    ],
)
def test_blanks_inside_the_marks_belong_to_no_statement(text: str) -> None:
    made = record("Two men did not have a gun.\n" + text)
    assert made.statements
    assert problems(made.to_json()) == []


def test_a_quotation_after_the_sentence_of_its_cue_goes_on_with_the_same_speaker() -> None:
    found = said(record('"We will not leave the town," Ruth Amsal said. "The army must go first."'))
    assert [(content, s.cue is None) for s, content, _ in found] == [
        ("We will not leave the town,", False),
        ("The army must go first.", True),
    ]
    assert len({s.speaker for s, _, _ in found}) == 1


def test_marks_opened_again_in_the_next_paragraph_go_on_with_the_same_speaker() -> None:
    text = (
        "“We saw the tanks come over the hill at dawn,” Ruth Amsal said. “They did not stop for us.\n\n"
        "“Then the shelling began and we ran to the river.”"
    )
    found = said(record(text))
    assert [content for _, content, _ in found][-1] == "Then the shelling began and we ran to the river."
    assert {who for _, _, who in found} == {"Ruth Amsal"}


def test_a_name_behind_a_description_is_the_speaker() -> None:
    text = "The Red Front's leader was wounded, its secretary, Ruth Amsal, said on Monday."
    assert one(text)[2] == "Ruth Amsal"


@pytest.mark.parametrize(
    "text",
    [
        'The Red Front issued a statement on Monday. "Our men have taken the bridge at Alpha," the statement said.',
        'The Red Front issued a statement on Monday that said: "Our men have taken the bridge at Alpha."',
        "A statement by the Red Front said that its men had taken the bridge at Alpha.",
        "The Red Front's statement said that its men had taken the bridge at Alpha.",
        "In a bulletin, the Red Front threatened us. The document said that its men had taken the bridge at Alpha.",
    ],
)
def test_a_document_speaks_for_its_issuer(text: str) -> None:
    [(_, _, who)] = [found for found in said(record(text)) if "bridge" in found[1]]
    assert "Red Front" in who.split("|")


def test_the_speaker_of_a_pronoun_is_the_one_named_before() -> None:
    found = record('Ruth Amsal is the mayor of Alpha. "We were lucky that nobody was hurt," she said.')
    [(statement, _, who)] = said(found)
    assert words(found.text, statement.speaker_span) == "she"
    assert "Ruth Amsal" in who.split("|")
    assert not statement.anonymous


@pytest.mark.parametrize(
    ("text", "anonymous"),
    [
        ("A spokesman said that the army had left.", True),
        ("Witnesses said that the police fired on the crowd.", True),
        ("Ruth Amsal said that the army had left.", False),
        ("The United Nations said that the army had left.", False),
    ],
)
def test_who_is_not_named_is_anonymous(text: str, anonymous: bool) -> None:
    assert one(text)[0].anonymous is anonymous


def test_a_block_of_paragraphs_is_one_statement_with_a_piece_for_each() -> None:
    text = (
        "The Ministry of Roads said in a statement:\n\n"
        "The bridge at Alpha is closed to all.\n\nWe ask everybody to stay at home."
    )
    document, found = drafts(text)
    [block] = [d for d in found if d.manner == "direct"]
    assert [words(text, piece) for piece in block.content] == [
        "The bridge at Alpha is closed to all.",
        "We ask everybody to stay at home.",
    ]
    assert block.speaker is not None
    assert document.words[block.speaker].text == "Ministry"


def test_a_transcript_names_its_speakers() -> None:
    text = "MR HADDAD: We fired at the rebels and at nobody else.\nMS AMSAL: That is what you always say to us, sir."
    document, found = drafts(text)
    direct = [d for d in found if d.manner == "direct"]
    assert [document.words[d.speaker].text for d in direct if d.speaker is not None] == ["HADDAD", "AMSAL"]


def test_a_recording_names_its_voices() -> None:
    text = (
        "The mayor spoke on the radio.\n\n(Begin recording) (Amsal) We will not leave the town.\n\n"
        "(Haddad, in progress) ...and nor will the army. (End recording)\n\nThe town is quiet."
    )
    document, found = drafts(text)
    direct = [d for d in found if d.manner == "direct"]
    assert [document.words[d.speaker].text for d in direct if d.speaker is not None] == ["Amsal", "Haddad"]


def test_a_recording_without_a_label_goes_on_with_who_spoke_before() -> None:
    text = "Ruth Amsal said that the army had left. (Begin recording) It was a bad day. (End recording)"
    *_, (statement, content, who) = said(record(text))
    assert (statement.manner, content) == ("direct", "It was a bad day.")
    assert "Ruth Amsal" in who.split("|")


def test_a_denial_is_a_statement_of_the_denier() -> None:
    statement, content, who = one("The rebels denied that they had shelled the town.")
    assert content == "they had shelled the town"
    assert "The rebels" in who.split("|")
    assert statement.manner == "indirect"


def test_an_event_in_a_statement_is_according_to_its_speaker() -> None:
    found = record("Ruth Amsal said that the army had shelled the town.")
    [event] = found.events
    assert names(found, event.according_to) == ["Ruth Amsal"]


def test_a_term_in_marks_is_no_statement() -> None:
    assert record('The rebels have called the hill "the Tooth" for years.').statements == ()


def test_a_quotation_goes_on_behind_its_cue_and_a_clause() -> None:
    _, content, who = one('"If they die, bombs will come," said Ruth Amsal, who sells soup, "and a bomb does not ask."')
    assert (content, who) == ("If they die, bombs will come, / and a bomb does not ask.", "Ruth Amsal")


def test_a_new_quotation_behind_a_colon_is_a_new_statement() -> None:
    found = said(record('"They will not even push," Ruth Amsal said, and then: "They are calling us traitors."'))
    assert [content for _, content, _ in found] == ["They will not even push,", "They are calling us traitors."]


def test_an_opening_mark_in_place_of_a_closing_one() -> None:
    text = "“I am sure that tankers are the key, “Amsal said. “If we do not get there, fighters will not.”"
    found = said(record(text))
    assert [content for _, content, _ in found] == [
        "I am sure that tankers are the key,",
        "If we do not get there, fighters will not.",
    ]
    assert all(who.endswith("Amsal") for _, _, who in found)


def test_any_verb_that_reports_is_used_once() -> None:
    statement, content, _ = one('"Nobody escaped. We gave them bus money," laughed Ruth Amsal.')
    assert (statement.manner, content) == ("direct", "Nobody escaped. We gave them bus money,")


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Rumours say that the general has fled to the coast.", "the general has fled to the coast"),
        ("The army, rumours say, is moving its guns to the coast.", "The army / is moving its guns to the coast"),
        (
            "The minister, Ruth Amsal, rejected reports that soldiers had shot at farmers.",
            "soldiers had shot at farmers",
        ),
    ],
)
def test_rumours_and_unnamed_reports_have_no_speaker(text: str, content: str) -> None:
    [statement] = [statement for statement, found, _ in said(record(text)) if found == content]
    assert statement.speaker is None
    assert statement.anonymous


def test_a_report_with_an_issuer_speaks_for_it() -> None:
    found = said(record("Reports by the Red Front said that its men had taken the bridge at Alpha."))
    [who] = [who for _, content, who in found if "bridge" in content]
    assert "Red Front" in who.split("|")


@pytest.mark.parametrize(
    "text",
    [
        'It was not that the state was absent, Ruth Amsal says. "It was everywhere at once, and nobody could stop it."',
        'Ruth Amsal, the mayor, denied that the army had left. "They are still at the bridge with their guns."',
    ],
)
def test_a_quotation_goes_on_from_what_was_just_reported(text: str) -> None:
    *_, (statement, _, who) = said(record(text))
    assert (statement.manner, statement.cue) == ("direct", None)
    assert "Ruth Amsal" in who.split("|")


@pytest.mark.parametrize(
    "between", ["", "The market was empty, and the shops were closed.\n\n"], ids=["next", "a paragraph between"]
)
def test_a_quotation_by_itself_goes_on_from_what_was_reported_before(between: str) -> None:
    text = (
        f"Ruth Amsal said that the army had left the town.\n\n{between}"
        '"Nobody will come here before the winter is over."\n\nThe army did not comment.'
    )
    [who] = [who for statement, _, who in said(record(text)) if statement.manner == "direct"]
    assert "Ruth Amsal" in who.split("|")


def test_a_quotation_does_not_go_on_from_a_clause_inside_what_was_reported() -> None:
    text = (
        "Soldiers heard the captain say that boats were closing in, the Ministry of Roads said. "
        '"They saw us and left the river at once."'
    )
    *_, (statement, _, who) = said(record(text))
    assert statement.manner == "direct"
    assert "Ministry of Roads" in who.split("|")


def test_a_quotation_does_not_go_on_from_an_earlier_paragraph() -> None:
    text = (
        "Ruth Amsal said that the army had left the town.\n\n"
        'The market was empty. "Nobody will come here before the winter is over."'
    )
    assert all(who == "" for statement, _, who in said(record(text)) if statement.manner == "direct")


@pytest.mark.parametrize(
    "text",
    [
        "No group has claimed responsibility for the attack in Bamako.",
        "No one claimed responsibility for the attack.",
        "Nobody claimed responsibility for the bombing in Quetta.",
        "No militant group immediately claimed responsibility for the blast in Lahore.",
        "None of the groups active in the area has claimed the attack.",
        "Neither group claimed responsibility for the shooting.",
    ],
)
def test_what_nobody_says_is_no_statement_and_nobody_no_actor(text: str) -> None:
    found = record(text)
    assert found.statements == ()
    assert [a.name for a in found.actors if a.name.split()[0].lower() in ("no", "nobody", "none", "neither")] == []
    assert [event.status for event in found.events] == ["happened"]
    assert [event.according_to for event in found.events] == [("author",)]
    assert [event.actors for event in found.events] == [()]


@pytest.mark.parametrize(
    "text",
    ["The Red Front has not said that it was behind the attack.", "The shelling claimed nine lives in the town."],
)
def test_what_was_not_said_is_no_statement(text: str) -> None:
    assert record(text).statements == ()


@pytest.mark.parametrize(
    "text",
    [
        "The minister, Ruth Amsal, declined to say whether the army had left.",
        "The army refused to say that its men had shot at farmers.",
    ],
)
def test_what_somebody_declines_to_say_is_no_statement(text: str) -> None:
    assert [s for s in record(text).statements if s.cue and words(text, s.cue) == "say"] == []


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("It was learned that the rebels had left the town.", "the rebels had left the town"),
        ("It has been said that the army will leave the town.", "the army will leave the town"),
        ("The town is quiet, said reports from Calidia.", "The town is quiet"),
    ],
)
def test_what_nobody_in_particular_says_has_no_speaker(text: str, content: str) -> None:
    [statement] = [statement for statement, found, _ in said(record(text)) if found == content]
    assert (statement.speaker, statement.anonymous) == (None, True)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The paper quoted General Ruth Amsal, who confirmed that the bridge was closed.", "Ruth Amsal"),
        ("The bridge was closed on Monday, said the head of the Roads Agency John Barker.", "John Barker"),
        ("The town fell silent, with Ruth Amsal stating that the bridge was closed.", "Ruth Amsal"),
        (
            "A communique issued by the Red Front denied the attack. The document says that the bridge is closed.",
            "Red Front",
        ),
        ("A ministry statement said that the bridge was closed.", "ministry"),
    ],
)
def test_who_speaks_behind_other_words(text: str, speaker: str) -> None:
    *_, (_, content, who) = said(record(text))
    assert "bridge" in content
    assert speaker in who.split("|")


@pytest.mark.parametrize(
    "text",
    [
        '"Nobody will come here before the winter," a leaflet said.',
        '"Nobody will come here before the winter," one survey said.',
    ],
)
def test_a_paper_is_no_speaker(text: str) -> None:
    [statement] = record(text).statements
    assert statement.speaker is None


@pytest.mark.parametrize("dash", ["—", "-", "–"])
def test_a_name_behind_a_dash_is_the_speaker(dash: str) -> None:
    text = f'It is cold.\n\n"Nobody will come here before the winter is over." {dash} Ruth Amsal, mayor\n\nSo it is.'
    [(statement, content, who)] = said(record(text))
    assert (statement.manner, content) == ("direct", "Nobody will come here before the winter is over.")
    assert who == "Ruth Amsal"


def test_the_word_before_a_colon_reports_the_quotation_behind_it() -> None:
    text = 'The paper quoted two critics, with Ruth Amsal saying: "The law is clumsy and will hurt us all."'
    [(_, who)] = [(words(text, s.cue), who) for s, _, who in said(record(text)) if s.manner == "direct"]
    assert who == "Ruth Amsal"


def test_a_clause_that_is_quoted_whole_may_report_another() -> None:
    text = 'The minister said that "in order to make it easier, Ruth Amsal has answered that she will do what she can."'
    found = {words(text, s.cue): (s.manner, content) for s, content, _ in said(record(text))}
    assert found["said"][0] == "direct"
    assert found["answered"] == ("indirect", "she will do what she can")


def test_words_in_marks_within_a_longer_reported_clause_are_mixed() -> None:
    _, content, _ = one('Judge Ruth Amsal said "there is not enough evidence" for a trial of the two men.')
    assert content == '"there is not enough evidence" for a trial of the two men'
    statement, content, _ = one('The suspect, who was arrested in May, "is very much involved," said Ruth Amsal.')
    assert (statement.manner, content) == ("mixed", 'The suspect, who was arrested in May, "is very much involved,"')
    statement, content, _ = one(
        'Ruth Amsal said the army should join the talks, "to clear up what happened in the war."'
    )
    assert statement.manner == "mixed"
    assert content == 'the army should join the talks, "to clear up what happened in the war."'


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("The Red Front asked the government to release ten prisoners.", "Red Front"),
        ("The rebels received Peru's call to release ten prisoners.", "Peru"),
        ("We call on the government to release ten prisoners.", "author"),
    ],
)
def test_what_is_asked_for_is_according_to_whoever_asks(text: str, who: str) -> None:
    found = record(text)
    [event] = [event for event in found.events if words(text, event.span) == "release"]
    assert event.status == "requested"
    assert who in names(found, event.according_to)[0].split("|")


def test_an_act_done_by_saying_so_is_according_to_the_author() -> None:
    found = record('Ruth Amsal spoke in the capital. "We condemn the attack on the town," she said.')
    [event] = [event for event in found.events if event.type == "ACCUSE"]
    assert event.according_to == ("author",)


def test_a_statement_that_is_provided_is_its_providers() -> None:
    text = (
        "The commander of the task force, Ruth Amsal, provided the following statement on the advance:\n\n"
        '"Our partners have begun to close in on the town."\n\nThe town is quiet.'
    )
    [(statement, _, who)] = said(record(text))
    assert words(text, statement.cue) == "provided"
    assert "Ruth Amsal" in who.split("|")
