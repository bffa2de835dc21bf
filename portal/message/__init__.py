"""The firm's message: pitches in numbered versions, made of claims."""
