"""The gate's record: who asked for the child, what was checked, who decided, with whom the child went."""
