"""Official layouts: one tree of parts becomes PDF and Word as the decree on papers asks."""
