"""The ledger for who must account for it: who saw what, why and when; and whether it is whole."""
