"""Estimates as people read them: one page that needs nothing else."""
