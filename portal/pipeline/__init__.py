"""The pipeline: referrals and cross-sell opportunities, their stages, and what came of them."""
