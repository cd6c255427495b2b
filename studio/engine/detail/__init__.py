"""Real pixels: pictures with four or sixteen times the pixels a side, in the hand that a network has learnt."""
