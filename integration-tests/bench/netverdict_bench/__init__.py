"""Measures Netverdict beside the tools people would use instead; see ../README.md."""
