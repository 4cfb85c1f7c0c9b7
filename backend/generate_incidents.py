"""`cordon generate`: made-up incidents, one JSON object a line."""

from typing import BinaryIO

import orjson
from tqdm import tqdm

from cases.generate.incidents import incidents


def write_incidents(out: BinaryIO, *, count: int, seed: int) -> None:
    """Write so many incidents, the same for the same seed; progress goes to standard error where somebody watches."""
    for incident in tqdm(incidents(count, seed=seed), total=count, unit="incident", disable=None):
        out.write(orjson.dumps(incident, option=orjson.OPT_APPEND_NEWLINE))
    out.flush()
