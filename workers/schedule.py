"""What is done again and again, and how often."""

from cases import outbox

# Half the age at which a queued run counts as forgotten, so that none waits much longer than that.
SWEEP_EVERY_S = 30.0
# Nothing of it is urgent: abandoned uploads wait days, a scanner that was away an hour.
EVIDENCE_EVERY_S = 600.0
# How long an audit entry can be altered or removed without its chain: seconds, not minutes.
LINK_EVERY_S = 5.0
# At once, as far as a letter is; what is daily goes with the first round of its day.
MAIL_EVERY_S = 120.0
# Readers add up what is not added up yet: this only keeps it little.
ADD_UP_EVERY_S = 60.0
DAILY_S = 86_400.0

BEAT_SCHEDULE = {
    "sweep screenings": {
        "task": outbox.SWEEP_SCREENINGS,
        "schedule": SWEEP_EVERY_S,
        # A sweep that waited longer than a round is done by the next.
        "options": {"queue": outbox.INTERACTIVE, "expires": SWEEP_EVERY_S},
    },
    "watch versions": {
        "task": outbox.WATCH_VERSIONS,
        "schedule": SWEEP_EVERY_S,
        "options": {"queue": outbox.BATCH, "expires": SWEEP_EVERY_S},
    },
    "sweep evidence": {
        "task": outbox.SWEEP_EVIDENCE,
        "schedule": EVIDENCE_EVERY_S,
        "options": {"queue": outbox.BATCH, "expires": EVIDENCE_EVERY_S},
    },
    "link audit": {
        "task": outbox.LINK_AUDIT,
        "schedule": LINK_EVERY_S,
        "options": {"queue": outbox.INTERACTIVE, "expires": LINK_EVERY_S},
    },
    # At once, as far as the broker is there; this is for what it missed.
    "tell holders of marks": {
        "task": outbox.TELL_HOLDERS,
        "schedule": SWEEP_EVERY_S,
        "options": {"queue": outbox.BATCH, "expires": SWEEP_EVERY_S},
    },
    "mail notifications": {
        "task": outbox.MAIL_NOTIFICATIONS,
        "schedule": MAIL_EVERY_S,
        "options": {"queue": outbox.OUTBOUND, "expires": MAIL_EVERY_S},
    },
    "sweep letters": {
        "task": outbox.SWEEP_LETTERS,
        "schedule": SWEEP_EVERY_S,
        "options": {"queue": outbox.OUTBOUND, "expires": SWEEP_EVERY_S},
    },
    "add up counts": {
        "task": outbox.ADD_UP_COUNTS,
        "schedule": ADD_UP_EVERY_S,
        "options": {"queue": outbox.BATCH, "expires": ADD_UP_EVERY_S},
    },
    "forget attempts": {
        "task": outbox.FORGET_ATTEMPTS,
        "schedule": DAILY_S,
        "options": {"queue": outbox.BATCH, "expires": DAILY_S},
    },
    "erase what is due": {
        "task": outbox.ERASE_DUE,
        "schedule": DAILY_S,
        "options": {"queue": outbox.BATCH, "expires": DAILY_S},
    },
    "watch replies": {
        "task": outbox.WATCH_REPLIES,
        "schedule": DAILY_S,
        "options": {"queue": outbox.BATCH, "expires": DAILY_S},
    },
    "watch obligations": {
        "task": outbox.WATCH_OBLIGATIONS,
        "schedule": DAILY_S,
        "options": {"queue": outbox.BATCH, "expires": DAILY_S},
    },
    "forget answers": {
        "task": outbox.FORGET_ANSWERS,
        "schedule": DAILY_S,
        "options": {"queue": outbox.BATCH, "expires": DAILY_S},
    },
}
