"""How fast the portal answers, beside a bare Flask page on the same server; run with `./bench`, never as a test."""
