"""Where evidence lies: a folder of the installation's own, or a bucket of S3-compatible storage."""
