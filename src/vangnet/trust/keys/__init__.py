"""Keys: what tells who someone is lies sealed, and destroying a key destroys what it sealed."""
