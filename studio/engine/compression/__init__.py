"""Pictures in few bytes: a learnt transform, whole numbers coded by their frequencies, a file that says which network it needs."""
