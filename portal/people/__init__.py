"""Running the portal: people, practices, roles, the audit log, the mail folder."""
