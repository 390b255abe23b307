"""A referral and its answer: who was asked to take over, by when, and what they said."""
