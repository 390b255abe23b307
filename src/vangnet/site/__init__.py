"""Doors: pages, programs and commands through which people reach the chain."""
