"""Ledger: who saw or did what, when and why, in chains that show every later change."""
