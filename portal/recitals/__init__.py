"""Recitals: saying the pitch, typed or recorded, and what a coach and invited colleagues made of it."""
