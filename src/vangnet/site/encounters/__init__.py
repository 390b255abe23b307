"""The doors of an encounter: the officer's intake, the advice, the timeline."""
