"""What can be refused, each with a stable code and the sentence a person needs."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, Protocol

Param = str | int | float


class NamedProblem(Protocol):
    """One thing wrong at one place of a document (see cases.intake.problems)."""

    @property
    def pointer(self) -> str:
        """RFC 6901 pointer to the place."""

    @property
    def code(self) -> str:
        """Stable code."""

    @property
    def params(self) -> Mapping[str, Param]:
        """The values in the sentence."""

    @property
    def level(self) -> str:
        """`error` or `warning`."""

    @property
    def detail(self) -> str:
        """The English sentence, with the remedy."""


class MissingPart(Protocol):
    """One element without which a referral may not be issued (see cases.tracing)."""

    @property
    def element(self) -> str:
        """Stable name of the element."""

    @property
    def pointer(self) -> str:
        """Where it would stand."""

    @property
    def paragraph(self) -> str | None:
        """The paragraph that asks for it."""

    @property
    def remedy(self) -> str:
        """What to do about it."""


class DomainError(Exception):
    """A refusal that a person can act on; `sentence` is its English template, filled from `params`."""

    code: ClassVar[str] = "refused"
    sentence: ClassVar[str] = "This cannot be done."

    def __init__(self, **params: Param) -> None:
        self.params: Mapping[str, Param] = params
        super().__init__(self.sentence.format_map(params))


class NotFound(DomainError):
    """The object does not exist, or the officer may not know that it does."""

    code = "not_found"
    sentence = "There is no such {thing}."


class NotAllowed(DomainError):
    """The officer's role does not include the act."""

    code = "not_allowed"
    sentence = "Your role ({role}) does not include this."


class InvalidSubmission(DomainError):
    """A document that cannot be taken as it is; `problems` names each place."""

    code = "invalid"
    sentence = "The record cannot be taken as it is; each problem is named."

    def __init__(self, problems: Sequence[NamedProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__()


class Conflict(DomainError):
    """What is asked does not fit what has happened meanwhile."""

    code = "conflict"


class StaleVersion(Conflict):
    """The record was changed since the version that the change was made from."""

    code = "stale_version"
    sentence = "The record is at version {current}, the change was made from version {expected}; read it again."


class IdempotencyKeyReused(Conflict):
    """The key came with another body before."""

    code = "idempotency_key_reused"
    sentence = "This Idempotency-Key was used with another body; take a new key for a new request."


class IllegalTransition(Conflict):
    """The object's state does not allow the act."""

    code = "illegal_transition"
    sentence = "This is {state}; it cannot become {wanted}."


class AlreadyAsked(Conflict):
    """The same State is still being asked about the same item."""

    code = "already_asked"
    sentence = "{country} has an open referral on item {item} already; wait for its reply or close it."


class IncidentVoid(Conflict):
    """The letter tells of an incident that was recorded in error."""

    code = "incident_void"
    sentence = "{incident} was recorded in error; drop this draft, and write one that does not tell of it."


class OneIncidentOnly(Conflict):
    """A letter of that kind tells of one incident."""

    code = "one_incident_only"
    sentence = "A letter of the kind {kind} tells of one incident; draft it from each incident by itself."


class LevelNotHeld(Conflict):
    """What went out withheld more than is asked for now, and nothing else was kept of it."""

    code = "level_not_held"
    sentence = "The letter was issued at the level {issued}; it says nothing that {level} would show beyond that."


class ItemInReferral(Conflict):
    """A seized item that a referral names cannot be taken out of the record."""

    code = "item_in_referral"
    sentence = "Item {item} stands in referral {referral}; it cannot be taken out of the record."


class ItemHasDiversion(Conflict):
    """A seized item with a recorded point of diversion cannot be taken out of the record."""

    code = "item_has_diversion"
    sentence = "Item {item} has a point of diversion on record; it cannot be taken out of the record."


class ItemInCustody(Conflict):
    """A seized item with a chain of custody cannot be taken out of the record."""

    code = "item_in_custody"
    sentence = "Item {item} has a chain of custody; it cannot be taken out of the record."


class CustodyEnded(Conflict):
    """The chain of custody has ended; only what was wrong in it can still be said."""

    code = "custody_ended"
    sentence = "This was {ended}; only a correction can follow."


class NotInCustody(Conflict):
    """The thing is in nobody's hands that the system knows of, or in somebody's already."""

    code = "not_in_custody"
    sentence = "This is {ended}; only a new collection can bring it back into custody."


class AlreadyCollected(Conflict):
    """A thing in custody is not collected again; it is handed over."""

    code = "already_collected"
    sentence = "This is in custody already; hand it over instead."


class HandoverOpen(Conflict):
    """A handover waits for its answer."""

    code = "handover_open"
    sentence = "A handover to {to} waits for its answer; have it answered or take it back first."


class NoOpenHandover(Conflict):
    """The handover was answered before, taken back, or has lapsed."""

    code = "no_open_handover"
    sentence = "This handover can no longer be answered; it was answered, taken back, or has lapsed."


class NotOfferedToYou(Conflict):
    """The handover is offered to somebody else."""

    code = "not_offered_to_you"
    sentence = "This handover is offered to somebody else."


class NotTheHolder(Conflict):
    """Only the agency that holds a thing records what happens to it."""

    code = "not_the_holder"
    sentence = "{holder} holds this; it has to be handed over first."


class ReferralIncomplete(DomainError):
    """A referral lacks elements without which it may not be issued; `missing` names each."""

    code = "referral_incomplete"
    sentence = "The referral lacks what it needs to be issued; each missing element is named."

    def __init__(self, missing: Sequence[MissingPart]) -> None:
        self.missing = tuple(missing)
        super().__init__()


class SignInLinkInvalid(DomainError):
    """The one-time link is unknown, used or expired."""

    code = "sign_in_link_invalid"
    sentence = "This sign-in link was used or has expired; ask for a new one."


class RulebookMissing(DomainError):
    """No rulebook has been loaded into the database."""

    code = "rulebook_missing"
    sentence = "The rulebook {version} is not in the database; run: python manage.py load_reference"


class VersionNotKept(DomainError):
    """A result cannot be reached again: what it rests on was not kept, or this program reads it otherwise."""

    code = "version_not_kept"
    sentence = "The {what} {version} that the result rests on cannot be built again by this program."


class FactsErased(DomainError):
    """A result cannot be reached again, because who was named in its facts was erased when the time for it had come."""

    code = "facts_erased"
    sentence = "Names were erased from what run {run} weighed, on {on}: its result stands, and is not reached again."


class OnHold(Conflict):
    """Somebody has placed a legal hold, which stops erasure."""

    code = "on_hold"
    sentence = "A legal hold stands on this; it must be lifted first."


class NotOnHold(Conflict):
    """There is no hold to lift."""

    code = "not_on_hold"
    sentence = "No legal hold stands on this."


class NoSuchVersion(DomainError):
    """No rulebook of that version or digest was ever loaded."""

    code = "no_such_version"
    sentence = "No rulebook version {version} was loaded here."


class DemoForbidden(DomainError):
    """Demonstration data has no place in production."""

    code = "demo_forbidden"
    sentence = "Demonstration officers and data are refused by the production settings."


class SharedWithItself(Conflict):
    """An agency sees its own records already."""

    code = "shared_with_itself"
    sentence = "Your agency sees this already; name another."


class SharingAlreadyOver(Conflict):
    """The sharing would end before it begins."""

    code = "sharing_already_over"
    sentence = "The day until which it is shared lies in the past; give a later one, or none."


class AlreadyShared(Conflict):
    """The same is shared with the same agency already."""

    code = "already_shared"
    sentence = "This is shared with {agency} already; end that first to share it on other terms."


class FilterNameTaken(Conflict):
    """The officer keeps another thing under that name."""

    code = "filter_name_taken"
    sentence = "You keep a filter named “{name}” already; choose another name, or delete that one first."


class TooManyFilters(Conflict):
    """The officer keeps as many filters as are kept for one."""

    code = "too_many_filters"
    sentence = "You keep {limit} filters already; delete one that you no longer need."


class NotAPanel(Conflict):
    """A release goes to a body that the Council has mandated, and whose mandate is on record."""

    code = "not_a_panel"
    sentence = "{agency} is no panel or mission with a mandate on record; grant it sight of the incident instead."


class LinkedToItself(Conflict):
    """A record is the same event as itself."""

    code = "linked_to_itself"
    sentence = "An incident is not linked to itself; name the other record."


class NotCleared(NotAllowed):
    """The officer is not cleared for a caveat that the record would have."""

    code = "not_cleared"
    sentence = "You are not cleared for {caveats}; somebody who is must set it."


class EvidenceTooLarge(DomainError):
    """The file is larger than this installation takes."""

    code = "evidence_too_large"
    sentence = "The file has {size} bytes; at most {limit} are taken."


class EvidenceTooMany(DomainError):
    """The incident has as many files as this installation takes for one."""

    code = "evidence_too_many"
    sentence = "This incident has {count} files; at most {limit} are taken for one incident."


class EvidenceStoreFull(DomainError):
    """The agency's share of the storage is used up."""

    code = "evidence_store_full"
    sentence = "With these {size} bytes your agency would keep {wanted} bytes of evidence; {limit} are its share."


class ChunkTooLarge(DomainError):
    """One chunk of an upload is larger than what is taken at a time."""

    code = "chunk_too_large"
    sentence = "This chunk has {size} bytes; send at most {limit} at a time."


class ChunkTooSmall(DomainError):
    """A chunk that is not the last is smaller than what is worth keeping."""

    code = "chunk_too_small"
    sentence = "This chunk has {size} bytes; each but the last has at least {limit}."


class ChunkTooLong(DomainError):
    """The chunk reaches beyond the size that was announced."""

    code = "chunk_too_long"
    sentence = "This chunk would end at byte {end}; the file was announced with {size} bytes."


class WrongOffset(Conflict):
    """The chunk does not begin where the upload stands; `offset` says where that is."""

    code = "wrong_offset"
    sentence = "The upload stands at byte {offset}; send on from there."

    def __init__(self, *, offset: int) -> None:
        self.offset = offset
        super().__init__(offset=offset)


class EvidenceHashDiffers(DomainError):
    """What arrived is not what was announced."""

    code = "evidence_hash_differs"
    sentence = "What arrived has the SHA-256 {received}, announced was {stated}; nothing was kept. Send the file again."


class EvidenceNotGivenOut(Conflict):
    """The state of the evidence does not allow its content to leave."""

    code = "evidence_not_given_out"
    sentence = "This evidence is {state}; its content is not given out."


class EvidenceDamaged(Conflict):
    """The stored bytes are not those that were received."""

    code = "evidence_damaged"
    sentence = (
        "What is stored is no longer what was received (SHA-256 {stated}); it is blocked, and the alarm is recorded."
    )


class EvidenceStoreUnreachable(DomainError):
    """The storage of evidence does not answer; this says nothing of what it holds."""

    code = "evidence_store_unreachable"
    sentence = "The storage of evidence does not answer; try again in a few seconds."
    retry_after_s = 5


class ReleaseNeedsSupervisor(DomainError):
    """A file that cannot be freed of its metadata leaves only on a supervisor's word."""

    code = "release_needs_supervisor"
    sentence = "Metadata cannot be taken out of {media_type}; a supervisor must say that it is released with them."


class CopyNotMade(DomainError):
    """The picture could not be made anew within the limits."""

    code = "copy_not_made"
    sentence = "No released copy could be made of this picture: {why}."


class ItemHasEvidence(Conflict):
    """A seized item to which evidence is attached cannot be taken out of the record."""

    code = "item_has_evidence"
    sentence = "Evidence {evidence} is attached to item {item}; it cannot be taken out of the record."


class NothingToRead(Conflict):
    """No photograph of the item can be looked at."""

    code = "nothing_to_read"
    sentence = "There is no photograph of item {item} to read from; attach one to the item first."


class AlreadyRead(Conflict):
    """One officer is not both readers."""

    code = "already_read"
    sentence = "You have read the marks of item {item}; a colleague reads them the second time."


class ReadTwiceAlready(Conflict):
    """Two readers have given theirs."""

    code = "read_twice_already"
    sentence = "Two readers have read the marks of item {item}; their readings are to be settled first."


class NotReadTwice(Conflict):
    """There is nothing to settle before both readings are there."""

    code = "not_read_twice"
    sentence = "The marks of item {item} wait for {count} more readings; there is nothing to settle yet."


class ReadingsDiffer(Conflict):
    """What differs is not taken over as it is."""

    code = "readings_differ"
    sentence = "The two readings of item {item} differ; say which marks stand, and why."


class ThirdLookNeeded(NotAllowed):
    """Whoever read does not settle where the readings differ."""

    code = "third_look_needed"
    sentence = "You are one of the two readers of item {item}; another officer with the right to review settles."


class BundleKeyUnusable(DomainError):
    """The key that signs bundles cannot be used; a fault of the installation."""

    code = "bundle_key_unusable"
    sentence = "The key in BUNDLE_KEY_FILE cannot be used: {why}."


class TooManyAttempts(DomainError):
    """Somebody tried too often; even what is right is refused until the pause is over."""

    code = "too_many_attempts"
    sentence = "Too many attempts; try again in {minutes} min."

    def __init__(self, *, wait_s: int) -> None:
        self.retry_after_s = max(wait_s, 1)
        super().__init__(minutes=-(-self.retry_after_s // 60))


class SessionLocked(DomainError):
    """The session waits for the officer's PIN."""

    code = "session_locked"
    sentence = "This session is locked; unlock it with your PIN."


class SecondFactorNeeded(DomainError):
    """The agency or the role demands a second factor, and this session has none."""

    code = "second_factor_needed"
    sentence = "A second factor is required here; set one up under Account, or sign in with it."


class SessionNeeded(DomainError):
    """Only a person who is signed in may do this; a token may not make tokens."""

    code = "session_needed"
    sentence = "A token cannot do this; sign in and do it as a person."


class PinWrong(DomainError):
    """The PIN is not the officer's."""

    code = "pin_wrong"
    sentence = "This is not your PIN; {left} attempts are left."


class PinTooSimple(DomainError):
    """A PIN that is guessed first."""

    code = "pin_too_simple"
    sentence = "Choose a PIN of 6 to 12 digits that is no sequence, no repetition and no date."


class ScopeBeyondRights(DomainError):
    """A token may not do more than its officer."""

    code = "scope_beyond_rights"
    sentence = "A token can do no more than its officer; you do not have: {scopes}."


class NameTaken(Conflict):
    """Another officer has the name."""

    code = "name_taken"
    sentence = "There is an officer named {username} already; choose another name."


class NotYourself(Conflict):
    """What an administrator does to others only."""

    code = "not_yourself"
    sentence = "This is done by another administrator, never for oneself."


class NoSuccessor(Conflict):
    """Work goes to a colleague who is there to do it."""

    code = "no_successor"
    sentence = "{username} cannot take this over: name another, active officer of the agency."


class NotOpenWork(Conflict):
    """What was picked is not there to be handed over."""

    code = "not_open_work"
    sentence = "This is no open work of {username}: {references}."


class CaseClosed(Conflict):
    """The investigation has ended, or goes on in another case."""

    code = "case_closed"
    sentence = "{reference} is closed: reopen it, or act in the case that goes on."


class CaseMerged(Conflict):
    """A merged case stays merged; what goes on goes on in the other."""

    code = "case_merged"
    sentence = "{reference} was merged into another case, and stays merged: act in that one."


class CaseHasOpenTasks(Conflict):
    """A case ends when nothing is left to be done in it."""

    code = "case_has_open_tasks"
    sentence = "{reference} has open tasks; end them, or drop them with the reason."


class MergedWithItself(Conflict):
    """A case is merged into another one."""

    code = "merged_with_itself"
    sentence = "{reference} cannot be merged into itself; name the other case."


class OfficerHasLeft(Conflict):
    """The officer was deactivated and does not come back; a new account is made instead."""

    code = "officer_has_left"
    sentence = "{username} has been deactivated; invite the person under a new name."


class ReplyLinkInvalid(DomainError):
    """The link was revoked, has expired, or never existed; which of these is not told."""

    code = "reply_link_invalid"
    sentence = "This link does not open anything, or no longer does. Ask the office that sent it for a new one."


class NothingToClarify(Conflict):
    """Nothing was asked, and no answer stands that leaves something open."""

    code = "nothing_to_clarify"
    sentence = "This is {state}; there is nothing to clarify."


class NotProposed(Conflict):
    """No step of the chain names that State, or it was asked already."""

    code = "not_proposed"
    sentence = "No step names {country} as a State that is still to be asked about this item."


class ReplyOutOfOrder(Conflict):
    """An addressee's reply that may not follow what came before; what that was is not told here."""

    code = "reply_out_of_order"
    sentence = "This does not fit what was answered before. Write to the office that sent the request."


# --- approving, issuing and sending referrals -------------------------------------------------------------------------


class ApproverNeeded(NotAllowed):
    """Whoever wrote or checked a referral does not approve it."""

    code = "approver_needed"
    sentence = "You wrote or checked {referral}; another officer with the right to issue must approve it."


class ReferralChanged(Conflict):
    """The referral no longer says what was checked, or approved."""

    code = "referral_changed"
    sentence = "What {referral} says has changed since it was checked; check it again."


class DoNotTrace(Conflict):
    """There is a reason not to trace, and no supervisor has said why it is traced all the same."""

    code = "do_not_trace"
    sentence = "There are reasons not to trace ({warnings}); a supervisor must say why it is traced all the same."


class AlreadySuperseding(Conflict):
    """A letter is superseded by one draft at a time."""

    code = "already_superseding"
    sentence = "{draft} is already written to supersede this; issue or withdraw it first."


class NothingToAsk(Conflict):
    """No State can be asked about the items."""

    code = "nothing_to_ask"
    sentence = (
        "No item names a State to ask that is not being asked already, neither by manufacture nor by import mark."
    )


class LetterPatternUnusable(Conflict):
    """The agency's pattern gives its letters no numbers."""

    code = "letter_pattern_unusable"
    sentence = (
        "The pattern {pattern} cannot number a letter: it needs {{year}} and {{number}}, fills in {{committee}} where "
        "the agency has a committee number, and nothing else. An administrator must mend it."
    )


class ChannelNotOffered(Conflict):
    """The way is not set up in this installation."""

    code = "channel_not_offered"
    sentence = "Nothing can be sent by {channel} here; an administrator must set it up."


class AddressMissing(Conflict):
    """The letter bears no address for the way that it is to go."""

    code = "address_missing"
    sentence = "The letter names no e-mail address of whom it asks; supersede it, or send it another way."


class AlreadyQueued(Conflict):
    """The same letter waits already to be sent the same way."""

    code = "already_queued"
    sentence = "This waits already to be sent by {channel}."


class LetterAltered(Conflict):
    """What is kept of a letter is not what was issued."""

    code = "letter_altered"
    sentence = "What is kept of {referral} is no longer what was issued (SHA-256 {stated}); it is not given out."


class ContactKnown(Conflict):
    """There is a point of contact of that key already."""

    code = "contact_known"
    sentence = "The point of contact “{key}” is on record already; change that one."


class RegisterOvertaken(Conflict):
    """Another import of the same register has gone on or begun meanwhile."""

    code = "register_overtaken"
    sentence = "Another import of this register went on meanwhile; start this one again when that has ended."


class AgencyNotNamed(DomainError):
    """There are several agencies, and a register belongs to one."""

    code = "agency_not_named"
    sentence = "Say by --agency whose it is: {names}."


class NoSuchAgency(DomainError):
    """No agency has that name."""

    code = "no_such_agency"
    sentence = "There is no agency named “{name}”; there are: {names}."


class NotAnIarmsTrace(Conflict):
    """The form is that of one kind of referral."""

    code = "not_an_iarms_trace"
    sentence = "{reference} is no trace through iARMS; open a referral of the kind iarms_trace."


class NothingToPublish(Conflict):
    """Nothing is known of the year."""

    code = "nothing_to_publish"
    sentence = "There is no record of {year}, and a year without records is not a year of nothing."


class NothingToRevise(Conflict):
    """The figures are those of the last publication."""

    code = "nothing_to_revise"
    sentence = "These are the figures of {reference} already; there is nothing to revise."


class RevisionTellsTooMuch(Conflict):
    """Set against what was published before, the figures would tell of single cases, whatever is withheld."""

    code = "revision_tells_too_much"
    sentence = (
        "Too little has changed since the figures published before: the difference would tell of single cases. "
        "Publish again when more has changed."
    )
