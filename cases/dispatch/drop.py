"""Letters into a folder that another system empties."""

import os
from dataclasses import dataclass
from pathlib import Path

from cases.choices import DispatchState
from cases.dispatch.parcel import DeliveryFailed, Parcel


@dataclass(frozen=True, slots=True)
class FileDrop:
    """Writes each letter whole, or not at all, under a name of our own."""

    folder: Path

    def deliver(self, parcel: Parcel) -> DispatchState:
        """Write the letter beside the others; once it is there it is in the hands of whoever empties the folder."""
        place = self.folder / parcel.file_name
        unfinished = place.with_name(f".{place.name}.part")
        try:
            descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o640)
            with os.fdopen(descriptor, "wb") as file:
                file.write(parcel.document)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(place)
        except OSError as error:
            why = f"the folder did not take it ({error.strerror or type(error).__name__})"
            raise DeliveryFailed(why, is_final=False) from error
        return DispatchState.DELIVERED
