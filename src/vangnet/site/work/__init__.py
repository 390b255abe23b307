"""My work now: one list, by time of duty and by nothing else."""
