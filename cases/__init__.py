"""The domain: incidents, screening, findings, referrals."""
