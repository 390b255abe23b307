"""What happened, who was met, what was seen."""
