"""`make rules`: writes docs/rules.md from the published sentences, the golden cases and the regime files."""
