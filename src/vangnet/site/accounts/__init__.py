"""One's own account: who I am here, my password and my second proof; and who may come in at all."""
