"""Evidence in a bucket of S3-compatible storage: read as a stream, never fetched whole first."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any, BinaryIO

from boto3.s3.transfer import TransferConfig
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import File
from storages.backends.s3 import S3Storage

from cases.errors import EvidenceStoreUnreachable


class _Body:
    """The body of an object; a connection that breaks is not a file that ends."""

    def __init__(self, body: Any) -> None:
        self._body = body

    def read(self, size: int = -1, /) -> bytes:
        try:
            return bytes(self._body.read(size if size >= 0 else None))
        except (BotoCoreError, OSError) as error:
            raise EvidenceStoreUnreachable from error


class EvidenceBucket(S3Storage):  # type: ignore[misc]  # the library has no types
    """Objects of one bucket; each is put whole, which is how such storage keeps it atomic."""

    def get_default_settings(self) -> dict[str, Any]:
        """Return the library's defaults, save that one transfer holds one part in memory, not ten."""
        return {**super().get_default_settings(), "transfer_config": TransferConfig(use_threads=False)}

    @contextmanager
    def reading(self, name: str) -> Iterator[BinaryIO]:
        """Give the object to read from; raises FileNotFoundError, or EvidenceStoreUnreachable."""
        try:
            body = self.bucket.Object(self._normalize_name(name)).get()["Body"]
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                raise FileNotFoundError(name) from error
            raise EvidenceStoreUnreachable from error
        except BotoCoreError as error:
            raise EvidenceStoreUnreachable from error
        with closing(body):
            yield _Body(body)  # type: ignore[misc]  # what is read from needs no more

    def _save(self, name: str, content: "File[Any]") -> str:
        try:
            return str(super()._save(name, content))
        except (BotoCoreError, ClientError) as error:
            raise EvidenceStoreUnreachable from error

    def delete(self, name: str) -> None:
        """Remove an object; raises EvidenceStoreUnreachable."""
        try:
            super().delete(name)
        except (BotoCoreError, ClientError) as error:
            raise EvidenceStoreUnreachable from error
