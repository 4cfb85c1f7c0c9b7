"""Reports, notices and summaries on an incident, composed of the same parts as the referral letter."""
