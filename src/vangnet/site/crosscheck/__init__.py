"""The pages of possible earlier encounters, and of the person who judges two of them."""
