"""`cordon bench`: how fast this installation is, measured on incidents that it generates itself."""
