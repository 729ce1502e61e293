"""Papers for the day of a congress: summons, invitations, notice, lists, badges, tent cards, seat plan, report."""
