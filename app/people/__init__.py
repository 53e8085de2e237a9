"""The people of a county: members, invitations, roles and what each may do."""
