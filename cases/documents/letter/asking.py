"""What the letter asks, by when, and how the answers will be used."""

from collections.abc import Iterator

from cases.documents.labels import label
from cases.documents.letter import phrases
from cases.documents.letter.blocks import Paragraphs
from cases.documents.letter.incidents import of_incident
from cases.documents.letter.opening import has_mandate, to_addressee
from cases.documents.printable import printable
from cases.documents.wording import Wording, to_say
from cases.tracing.content import ReferralContent
from cases.tracing.kinds import cites_the_iti
from cases.tracing.questions import QUESTION_SENTENCES, Question, questions_for


def add_questions(content: ReferralContent, wording: Wording, letter: Paragraphs) -> None:
    """Add the questions chosen by kind and item, then the officer's own."""
    letter.heading(wording.say("Information requested"))
    asks = (
        to_say("Information on the following points would be appreciated (ITI 20):")
        if cites_the_iti(content.kind)
        else to_say("Information on the following points would be appreciated:")
    )
    letter.numbered(wording.say(asks))
    letter.points(
        [
            *(_question(question, content, wording) for question in questions_for(content)),
            *(printable(text) for text in content.own_questions),
        ]
    )


def _question(question: Question, content: ReferralContent, wording: Wording) -> str:
    params: dict[str, object] = {"items": phrases.sentence_case(phrases.items_named(wording, question.lines))}
    papers = content.by_incident()[question.part or 0].papers
    for name, value in question.params:
        if name == "paper" and isinstance(value, int):
            paper = papers[value]
            params["paper"] = phrases.paper_named(wording, paper, label(wording, "paper", paper.kind) or "")
    return of_incident(content, question.part, wording.say(QUESTION_SENTENCES[question.code], **params), wording)


def add_reply(content: ReferralContent, wording: Wording, letter: Paragraphs) -> None:
    """Add the reply date, the use the information is put to, confidentiality and the courtesies."""
    letter.heading(wording.say("Reply, use of the information and confidentiality"))
    for text in (*_reply_by(content, wording), *_use(content, wording), *_courtesy(content, wording)):
        letter.numbered(text)


def _reply_by(content: ReferralContent, wording: Wording) -> Iterator[str]:
    if content.reply_requested_by is not None:
        yield wording.say("A reply is requested by {day}.", day=wording.day(content.reply_requested_by))
    else:
        yield wording.say("A reply is requested at the earliest convenience; no date is set.")
    if cites_the_iti(content.kind):
        yield wording.say(
            "Should the answer be delayed, restricted or refused, the reasons are requested (ITI 22 and 23); further "
            "information on the arms will be given on request (ITI 21)."
        )


def _use(content: ReferralContent, wording: Wording) -> Iterator[str]:
    if content.intended_use or not has_mandate(content):
        yield wording.say(
            to_say("Intended use of the information (ITI 17(c)): {use}")
            if cites_the_iti(content.kind)
            else to_say("Intended use of the information: {use}"),
            use=phrases.known(wording, content.intended_use),
        )
    if content.confidentiality == "given":
        yield wording.say(
            "The requesting authority undertakes to keep the information confidential, to use it for no other purpose, "
            "and not to pass it on without prior consent."
        )
    elif content.confidentiality == "cannot_be_given":
        yield wording.say("The requesting authority states that it cannot give an undertaking of confidentiality.")
    else:
        yield wording.say("Confidentiality undertaking: not stated yet.")
    if content.onward_use:
        yield wording.say(
            "Consent is requested to pass the information on to: {bodies}.", bodies=printable(content.onward_use)
        )


def _courtesy(content: ReferralContent, wording: Wording) -> Iterator[str]:
    if has_mandate(content):
        yield wording.say(
            "This letter is also an opportunity to reply: any comment or document on what it states will be recorded "
            "and shown together with it."
        )
        yield wording.say(
            "{body} avails itself of this opportunity to renew {to_addressee} the assurances of its highest "
            "consideration.",
            body=phrases.known(wording, content.issuing_body.name),
            to_addressee=to_addressee(content, wording),
        )
