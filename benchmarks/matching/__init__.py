"""`make bench-matching`: the matcher's figures, beside those of its peers, in `benchmarks/matching.md`."""
