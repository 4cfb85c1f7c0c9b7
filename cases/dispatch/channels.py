"""Which ways are set up in this installation."""

from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from cases.bundle.signing import public_key_hex, signing_key
from cases.choices import DispatchChannel
from cases.dispatch.drop import FileDrop
from cases.dispatch.mail import Mail
from cases.dispatch.parcel import Channel
from cases.dispatch.push import Push
from cases.errors import ChannelNotOffered
from cases.signing import key_id_of


def is_offered(channel: DispatchChannel) -> bool:
    """Return whether the way is set up here."""
    return {
        DispatchChannel.EMAIL: bool(settings.EMAIL_HOST),
        DispatchChannel.FILE_DROP: bool(settings.DROP_FOLDER),
    }.get(channel, True)


def channel_of(channel: DispatchChannel) -> Channel:
    """Return the way by which parcels leave; raises ChannelNotOffered."""
    if is_offered(channel):
        if channel == DispatchChannel.EMAIL:
            return Mail(host=urlsplit(settings.SITE_URL).hostname or "localhost")
        if channel == DispatchChannel.FILE_DROP:
            return FileDrop(folder=Path(settings.DROP_FOLDER))
        if channel == DispatchChannel.HTTPS:
            key = signing_key(settings.BUNDLE_KEY_FILE)
            return Push(
                signing_key=key,
                key_id=key_id_of(public_key_hex(key)),
                private_hosts=frozenset(settings.PUSH_PRIVATE_HOSTS),
                ca_file=settings.PUSH_CA_FILE,
            )
    raise ChannelNotOffered(channel=channel.value)
