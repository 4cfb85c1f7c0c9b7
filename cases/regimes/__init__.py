"""Regimes as data: one YAML file a regime, read and validated into one version of the rulebook."""
