"""Files that people attach: looked at, made safe, kept once under the hash of their bytes."""
