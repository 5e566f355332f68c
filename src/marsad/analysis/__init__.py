"""What a series of events can and cannot tell: did it change, who answers whom, what if."""
