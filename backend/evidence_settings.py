"""Where evidence is kept, as the environment says."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from backend import env
from backend.embedded.data_folder import data_folder_path


def files_folder(environ: Mapping[str, str]) -> Path:
    """Return where the application itself may write: what `make run` names, else the data folder's own place for it."""
    return Path(environ["CORDON_FILES"]) if environ.get("CORDON_FILES") else data_folder_path(environ) / "files"


def evidence_storage(folder: str) -> dict[str, Any]:
    """Return the storage of evidence: a bucket where CORDON_EVIDENCE_BUCKET names one, else that folder."""
    bucket = env.text("CORDON_EVIDENCE_BUCKET")
    if not bucket:
        return {"BACKEND": "cases.evidence_store.folder.EvidenceFolder", "OPTIONS": {"location": folder}}
    return bucket_storage(
        bucket,
        endpoint_url=env.text("CORDON_EVIDENCE_ENDPOINT") or None,
        region_name=env.text("CORDON_EVIDENCE_REGION") or None,
    )


def bucket_storage(bucket: str, **options: Any) -> dict[str, Any]:
    """Return a bucket as Django's storage; its keys are AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."""
    fixed = {
        "bucket_name": bucket,
        # Keys are random: what is there already is never replaced.
        "file_overwrite": False,
        "default_acl": None,
        "querystring_auth": True,
        "signature_version": "s3v4",
        "addressing_style": "path",
        "gzip": False,
    }
    return {"BACKEND": "cases.evidence_store.bucket.EvidenceBucket", "OPTIONS": {**fixed, **options}}
