"""Tests of usage: one file for each action."""
