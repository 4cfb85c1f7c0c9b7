"""What can be wrong with a request itself, whatever it is about."""

from cases.errors import DomainError, InvalidSubmission


class NotJson(DomainError):
    """The body is not JSON, or there is none where one is needed."""

    code = "not_json"
    sentence = "This is not JSON: {reason}."


class BodyTooLarge(DomainError):
    """The body has more bytes than are read."""

    code = "too_large"
    sentence = "The body has more than {limit} bytes; send less at a time."


class InvalidRequest(InvalidSubmission):
    """Body or query cannot be acted on as they are; `problems` says where and why."""

    sentence = "The request cannot be acted on; each problem is named."


class PreconditionMissing(DomainError):
    """A change must say which version it was made from."""

    code = "precondition_required"
    sentence = "Send If-Match with the ETag of the version that you changed."


class PreconditionUnreadable(DomainError):
    """If-Match holds something that never was an ETag of ours."""

    code = "precondition_failed"
    sentence = "If-Match holds no ETag of this record; read it again."


class NotAChunk(DomainError):
    """The bytes of an upload come under a media type of their own."""

    code = "unsupported_media_type"
    sentence = "Send the bytes with Content-Type: application/offset+octet-stream."
