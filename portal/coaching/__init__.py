"""Coaching: the queue of recitals that wait to be heard, scored and answered."""
