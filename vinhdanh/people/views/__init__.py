"""The pages of units, groups, persons, accounts, roles and imports."""
