"""Access: organisations, people, roles, and what each may do for which purpose."""
