"""Writers and readers of other people's formats."""
