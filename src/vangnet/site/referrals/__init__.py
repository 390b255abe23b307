"""Pages of referrals: ask another organisation to take over, and answer as the one that was asked."""
