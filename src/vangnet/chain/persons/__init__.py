"""Claims about who someone is: sealed, with their source, never merged."""
