"""The pages of the gate: someone is here for the child, what is known, who decides, with whom it went."""
