"""What the field knows: pure Python, no framework, no clock, no chance."""
