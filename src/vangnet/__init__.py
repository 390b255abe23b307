"""Vangnet: the protection chain for minors who are made to steal."""
