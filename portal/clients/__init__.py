"""The firm's clients and services, what each client uses, and who looks after whom."""
