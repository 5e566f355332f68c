"""Which reports go back to one account: copies, reprints, rewrites, and texts that a machine has spun."""
