"""The steps of the protection chain, in its order."""
