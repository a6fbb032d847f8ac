"""Units and their lineage, persons and their positions, the roles they hold."""
